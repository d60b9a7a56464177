package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.machine.Memory;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Pack}: every float in its place, zeros beside them. */
@Tag("kernels")
class PackTest {

  private final Pack pack = Kernels.active().pack();

  @Property(tries = 100)
  void rowsStandInPanels(
      @ForAll @IntRange(max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 100) int units,
      @ForAll @IntRange(max = 3) int slack) {
    int stride = units + slack;
    float[] source = Floats.hostile(units, slack + inputs * stride, 7);
    Panels panels = filled(inputs, units);
    int cut = inputs / 3;
    pack.rows(source, slack, stride, 0, cut, panels);
    pack.rows(source, slack, stride, cut, inputs, panels);
    for (int k = 0; k < inputs; k++) {
      for (int u = 0; u < Panels.padded(units); u++) {
        float expected = u < units ? source[slack + k * stride + u] : 0f;
        assertEquals(expected, Memory.get(panels.memory(), panels.index(k, u)));
      }
    }
  }

  @Property(tries = 100)
  void columnsStandInPanelsAndComeBack(
      @ForAll @IntRange(min = 1, max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 100) int units,
      @ForAll @IntRange(max = 3) int slack) {
    int stride = inputs + slack;
    float[] source = Floats.random(units, slack + units * stride);
    Panels panels = filled(inputs, units);
    pack.columns(source, slack, stride, panels);
    for (int k = 0; k < inputs; k++) {
      for (int u = 0; u < Panels.padded(units); u++) {
        assertEquals(
            u < units ? source[slack + u * stride + k] : 0f,
            Memory.get(panels.memory(), panels.index(k, u)));
      }
    }
    float[] back = source.clone();
    pack.toColumns(panels, back, slack, stride);
    assertArrayEquals(source, back);
  }

  @Property(tries = 100)
  void theTransposeStandsInPanelsToo(
      @ForAll @IntRange(min = 1, max = 100) int inputs,
      @ForAll @IntRange(min = 1, max = 100) int units) {
    Panels from = Floats.panels(Floats.random(units, inputs * units), inputs, units);
    Panels into = filled(units, inputs);
    int cut = into.count() / 2;
    pack.transpose(from, into, 0, cut);
    pack.transpose(from, into, cut, into.count());
    for (int u = 0; u < units; u++) {
      for (int k = 0; k < Panels.padded(inputs); k++) {
        float expected = k < inputs ? Memory.get(from.memory(), from.index(k, u)) : 0f;
        assertEquals(expected, Memory.get(into.memory(), into.index(u, k)));
      }
    }
  }

  @Example
  void aBlockHoldsLayerAfterLayer() {
    PanelLayout layout = new PanelLayout(new int[] {784, 128}, new int[] {128, 10});
    assertEquals(0, layout.weights(0));
    assertEquals(784 * 128, layout.bias(0));
    assertEquals(784 * 128 + 128, layout.weights(1));
    assertEquals(784 * 128 + 128 + 128 * 16 + 16, layout.size());
  }

  /** Panels of 9s: packing has to write the zeros beside the matrix as well. */
  private static Panels filled(int inputs, int units) {
    Panels panels = Panels.zeros(inputs, units);
    for (long i = 0; i < Panels.floats(inputs, units); i++) {
      panels.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, 9f);
    }
    return panels;
  }
}
