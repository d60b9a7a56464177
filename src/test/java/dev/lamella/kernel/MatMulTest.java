package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * The contract of {@link MatMul}: the same bits as the reference, and the reference right to
 * rounding.
 */
@Tag("kernels")
class MatMulTest {

  private static final double EPSILON = Math.ulp(1f) / 2;

  private final MatMul scalar = Kernels.scalar().matMul();
  private final MatMul active = Kernels.active().matMul();

  @Property(tries = 150)
  void forwardHasTheBitsOfTheReference(
      @ForAll @IntRange(max = 45) int rows,
      @ForAll @IntRange(max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 100) int units,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean withBias,
      @ForAll boolean rectify,
      @ForAll boolean hostile,
      @ForAll long seed) {
    int stride = inputs + slack;
    float[] x = values(hostile, seed, slack + rows * stride);
    Panels w = Floats.panels(values(hostile, seed + 1, inputs * units), inputs, units);
    MemorySegment bias = withBias ? bias(units, seed + 2) : null;
    Epilogue after = new Epilogue(bias, 0, rectify ? 0f : Float.NEGATIVE_INFINITY);
    int yStride = Panels.padded(units) + slack;
    float[] expected = new float[slack + rows * yStride];
    float[] actual = new float[slack + rows * yStride];
    Rows in = Rows.of(x, slack, stride);
    int from = rows / 3; // two calls, as two threads would
    scalar.forward(in, 0, rows, w, after, Rows.of(expected, slack, yStride));
    active.forward(in, 0, from, w, after, Rows.of(actual, slack, yStride));
    active.forward(in, from, rows - from, w, after, Rows.of(actual, slack, yStride));
    assertArrayEquals(expected, actual);
  }

  @Property(tries = 30)
  void longPanelsAreCutWithoutAChangeOfBits(
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll @IntRange(min = 200, max = 2100) int inputs,
      @ForAll @IntRange(min = 1, max = 70) int units,
      @ForAll long seed) {
    float[] x = Floats.random(seed, rows * inputs);
    Panels w = Floats.panels(Floats.random(seed + 1, inputs * units), inputs, units);
    int yStride = Panels.padded(units);
    float[] expected = new float[rows * yStride];
    float[] actual = new float[rows * yStride];
    Rows in = Rows.of(x, 0, inputs);
    Epilogue rectify = new Epilogue(null, 0, 0f);
    scalar.forward(in, 0, rows, w, rectify, Rows.of(expected, 0, yStride));
    active.forward(in, 0, rows, w, rectify, Rows.of(actual, 0, yStride));
    assertArrayEquals(expected, actual);
  }

  @Property(tries = 60)
  void aRowDoesNotDependOnTheRowsBesideIt(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(max = 60) int inputs,
      @ForAll @IntRange(min = 1, max = 150) int units,
      @ForAll long seed) {
    float[] x = Floats.random(seed, rows * inputs);
    Panels w = Floats.panels(Floats.random(seed + 1, inputs * units), inputs, units);
    MemorySegment bias = bias(units, seed + 2);
    int stride = Panels.padded(units);
    float[] together = new float[rows * stride];
    float[] alone = new float[rows * stride];
    Epilogue after = new Epilogue(bias, 0, 0f);
    Rows in = Rows.of(x, 0, inputs);
    active.forward(in, 0, rows, w, after, Rows.of(together, 0, stride));
    for (int r = 0; r < rows; r++) {
      active.forward(in, r, 1, w, after, Rows.of(alone, 0, stride));
    }
    assertArrayEquals(together, alone);
  }

  /**
   * Higham, Accuracy and Stability of Numerical Algorithms (2002), 3.1: a sum of n products errs by
   * at most γₙ Σ|xw|.
   */
  @Property(tries = 60)
  void forwardIsRightToRounding(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 300) int inputs,
      @ForAll @IntRange(min = 1, max = 50) int units,
      @ForAll long seed) {
    float[] x = Floats.random(seed, rows * inputs);
    float[] w = Floats.random(seed + 1, inputs * units);
    int stride = Panels.padded(units);
    float[] y = new float[rows * stride];
    Panels panels = Floats.panels(w, inputs, units);
    active.forward(Rows.of(x, 0, inputs), 0, rows, panels, Epilogue.NONE, Rows.of(y, 0, stride));
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        double sum = 0;
        double norm = 0;
        for (int k = 0; k < inputs; k++) {
          double term = (double) x[r * inputs + k] * w[k * units + u];
          sum += term;
          norm += Math.abs(term);
        }
        double gamma = (inputs + 3) * EPSILON / (1 - (inputs + 3) * EPSILON);
        assertTrue(
            Math.abs(y[r * stride + u] - sum) <= gamma * norm + Float.MIN_VALUE,
            () -> "an element is off by more than its rounding");
      }
    }
  }

  @Property(tries = 100)
  void gradientHasTheBitsOfTheReference(
      @ForAll @IntRange(max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 45) int inputs,
      @ForAll @IntRange(min = 1, max = 100) int units,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean hostile,
      @ForAll long seed) {
    float[] x = values(hostile, seed, slack + rows * (inputs + slack));
    Panels dy = Floats.panels(values(hostile, seed + 1, rows * units), rows, units);
    float[] expected = new float[slack + (int) Panels.floats(inputs, units)];
    float[] actual = expected.clone();
    Rows in = Rows.of(x, slack, inputs + slack);
    scalar.gradient(in, dy, inputs, 0, inputs, expected, slack);
    int cut = (int) Math.floorMod(seed, inputs + 1L); // two parts, as two threads would
    active.gradient(in, dy, inputs, 0, cut, actual, slack);
    active.gradient(in, dy, inputs, cut, inputs, actual, slack);
    assertArrayEquals(expected, actual);
  }

  @Example
  void aPartOfTheGradientLeavesTheRestAlone() {
    Panels dy = Floats.panels(Floats.random(1, 5 * 70), 5, 70);
    float[] g = new float[(int) Panels.floats(20, 70)];
    Arrays.fill(g, 7f);
    active.gradient(Rows.of(Floats.random(2, 5 * 20), 0, 20), dy, 20, 3, 12, g, 0);
    for (int i = 0; i < g.length; i++) {
      int input = i % (20 * 32) / (i < 2 * 20 * 32 ? 32 : 16);
      boolean inside = input >= 3 && input < 12;
      assertEquals(!inside, g[i] == 7f, "element " + i);
    }
  }

  @Example
  void nothingTimesNothingIsTheBias() {
    MemorySegment bias = bias(3, 5);
    float[] y = new float[2 * 16];
    Epilogue after = new Epilogue(bias, 0, Float.NEGATIVE_INFINITY);
    active.forward(Rows.of(new float[0], 0, 0), 0, 2, Panels.zeros(0, 3), after, Rows.of(y, 0, 16));
    for (int u = 0; u < 3; u++) {
      assertEquals(Memory.get(bias, u), y[16 + u]);
    }
  }

  private static float[] values(boolean hostile, long seed, int count) {
    return hostile ? Floats.hostile(seed, count, 10) : Floats.random(seed, count);
  }

  private static MemorySegment bias(int units, long seed) {
    MemorySegment bias = Memory.floats(Panels.padded(units));
    float[] values = Floats.random(seed, units);
    for (int u = 0; u < units; u++) {
      Memory.set(bias, u, values[u]);
    }
    return bias;
  }
}
