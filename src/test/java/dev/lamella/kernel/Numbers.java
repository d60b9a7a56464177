package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Numbers for the tests of the kernels, and how to compare them. */
final class Numbers {

  /** What breaks arithmetic that was not thought through. */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    1e-19f,
    -1e-30f,
    1f,
    -1f,
    88.8f,
    -88.8f,
    -103.5f,
    1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private Numbers() {}

  /** Returns normally distributed numbers of different sizes. */
  static float[] ordinary(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(6) - 3));
    }
    return values;
  }

  /** Returns ordinary numbers with special ones among them. */
  static float[] wild(int n, long seed) {
    float[] values = ordinary(n, seed);
    Random random = new Random(~seed);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(6) == 0) {
        values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return values;
  }

  /** Returns numbers from 0 to 1, both included now and then. */
  static float[] probabilities(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.clamp(random.nextFloat() * 1.02f - 0.01f, 0f, 1f);
    }
    return values;
  }

  static MemorySegment offHeap(float[] values) {
    MemorySegment memory = Memory.floats(values.length);
    for (int i = 0; i < values.length; i++) {
      Memory.set(memory, i, values[i]);
    }
    return memory;
  }

  static float[] onHeap(MemorySegment memory, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = Memory.get(memory, i);
    }
    return values;
  }

  /** Any NaN equals any NaN; otherwise every bit counts. */
  static void assertSameBits(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        assertEquals(expected[i], actual[i], what + ", element " + i);
      }
    }
  }

  /** Returns the distance in units in the last place that a float near {@code expected} has. */
  static double ulps(float actual, double expected) {
    float rounded = (float) expected;
    if (Double.isNaN(expected) || Float.isInfinite(rounded) || Float.isInfinite(actual)) {
      return Float.compare(actual, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(expected) - 23, -149));
    return Math.abs(actual - expected) / unit;
  }

  /** Returns a central difference of order 4. */
  static double slope(DoubleUnaryOperator f, double x) {
    double h = 1e-3;
    double near = f.applyAsDouble(x + h) - f.applyAsDouble(x - h);
    double far = f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h);
    return (8 * near - far) / (12 * h);
  }
}
