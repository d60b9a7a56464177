package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link MatMul#across}: the bits of {@link MatMul#forward}, layer by layer. */
@Tag("kernels")
class AcrossTest {

  private final MatMul scalar = Kernels.scalar().matMul();
  private final MatMul active = Kernels.active().matMul();

  @Property(tries = 300)
  void hasTheBitsOfForwardAndOfTheReference(
      @ForAll @IntRange(max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 70) int units,
      @ForAll @IntRange(min = 1, max = Across.ROWS) int rows,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean withBias,
      @ForAll boolean rectify,
      @ForAll boolean hostile,
      @ForAll long seed) {
    check(inputs, units, rows, slack, withBias, rectify, hostile ? 50 : 0, seed);
  }

  @Example
  void everyNumberOfUnitsHasTheBitsOfForward() {
    for (int units = 1; units <= 70; units++) {
      for (int inputs : new int[] {0, 1, 2, 3, 4, 7, 16}) {
        int rows = 1 + (units * 7 + inputs) % Across.ROWS;
        check(inputs, units, rows, 1, units % 2 == 0, units % 3 == 0, 0, units);
      }
    }
  }

  private void check(
      int inputs,
      int units,
      int rows,
      int slack,
      boolean withBias,
      boolean rectify,
      int oneIn,
      long seed) {
    int weights = slack;
    int bias = weights + units * inputs + slack;
    float[] parameters = values(bias + units, oneIn, seed); // nothing behind the last bias
    float bound = rectify ? 0f : Float.NEGATIVE_INFINITY;
    Across layer = new Across(parameters, weights, withBias ? bias : -1, inputs, units, bound);
    float[] x = values(slack + rows * inputs, oneIn, seed + 1);

    int stride = Panels.padded(units);
    float[] padded = new float[rows * stride];
    Panels panels = Panels.zeros(inputs, units);
    Kernels.scalar().pack().columns(parameters, weights, inputs, panels);
    Epilogue after = new Epilogue(withBias ? bias(parameters, bias, units) : null, 0, bound);
    Rows in = Rows.of(x, slack, inputs);
    active.forward(in, 0, rows, panels, after, Rows.of(padded, 0, stride));
    float[] expected = new float[rows * units];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(padded, r * stride, expected, r * units, units);
    }

    float[] side = new float[inputs * Across.ROWS];
    Arrays.fill(side, Float.NaN); // what stands past the last row means nothing
    active.sideBySide(x, slack, rows, inputs, side);
    String what = layer.units() + " units of " + inputs + " inputs, " + rows + " rows";
    assertArrayEquals(expected, across(active, layer, rows, side), what);
    assertArrayEquals(expected, across(scalar, layer, rows, side), what + ", scalar");
  }

  /** The sums, row after row. */
  private static float[] across(MatMul by, Across layer, int rows, float[] side) {
    float[] y = new float[layer.units() * Across.ROWS];
    by.across(layer, rows, side, y);
    float[] result = new float[rows * layer.units()];
    by.oneByOne(y, rows, layer.units(), result, 0, layer.units());
    return result;
  }

  @Property(tries = 200)
  void inAndOutAreInverse(
      @ForAll @IntRange(max = Across.ROWS) int rows,
      @ForAll @IntRange(max = 10) int columns,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll long seed) {
    float[] source = values(offset + rows * columns + offset, 10, seed);
    float[] side = new float[columns * Across.ROWS];
    Arrays.fill(side, 7f);
    active.sideBySide(source, offset, rows, columns, side);
    for (int k = 0; k < columns; k++) {
      for (int r = 0; r < Across.ROWS; r++) {
        float expected = r < rows ? source[offset + r * columns + k] : 7f;
        assertEquals(expected, side[k * Across.ROWS + r]);
      }
    }
    float[] back = source.clone();
    Arrays.fill(back, offset, offset + rows * columns, 7f);
    active.oneByOne(side, rows, columns, back, offset, columns);
    assertArrayEquals(source, back);
  }

  private static float[] values(int count, int oneIn, long seed) {
    return oneIn > 0 ? Floats.hostile(seed, count, oneIn) : Floats.random(seed, count);
  }

  private static MemorySegment bias(float[] parameters, int from, int units) {
    MemorySegment bias = Memory.floats(Panels.padded(units));
    for (int u = 0; u < units; u++) {
      Memory.set(bias, u, parameters[from + u]);
    }
    return bias;
  }
}
