package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Reduce}, and the order of {@link Sums}. */
@Tag("kernels")
class ReduceTest {

  private static final Reduce ACTIVE = Kernels.active().reduce();
  private static final Reduce SCALAR = Kernels.scalar().reduce();

  /** Half a unit in the last place of 1. */
  private static final double EPS = 0x1p-24;

  @Property
  void rowsGiveTheReferencesBits(
      @ForAll @IntRange(max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(max = 2) int gap,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll boolean tame,
      @ForAll long seed) {
    int stride = Reduce.padded(n) + 16 * gap;
    int size = offset + rows * stride;
    float[] z = tame ? Numbers.ordinary(size, seed) : Numbers.wild(size, seed);
    float[] expected = z.clone();
    SCALAR.softmax(expected, offset, stride, rows, n);
    ACTIVE.softmax(z, offset, stride, rows, n);
    Numbers.assertSameBits(expected, z, "softmax of " + n);
    float[] delta = Numbers.ordinary(size, seed + 1);
    float[] same = delta.clone();
    SCALAR.softmaxDerivative(z, delta, offset, stride, rows, n);
    ACTIVE.softmaxDerivative(z, same, offset, stride, rows, n);
    Numbers.assertSameBits(delta, same, "derivative of softmax of " + n);
  }

  @Property
  void columnsGiveTheReferencesBits(
      @ForAll @IntRange(max = 9) int rows,
      @ForAll @IntRange(max = 150) int columns,
      @ForAll @IntRange(max = 9) int from,
      @ForAll @IntRange(max = 9) int gap,
      @ForAll long seed) {
    int to = Math.max(from, columns);
    float[] d = Numbers.wild(3 + rows * (to + gap), seed);
    float[] expected = Numbers.ordinary(to + 7, seed);
    float[] actual = expected.clone();
    Rows all = Rows.of(d, 3, to + gap);
    SCALAR.columnSums(all, rows, from, to, expected, 4);
    ACTIVE.columnSums(all, rows, from, to, actual, 4);
    Numbers.assertSameBits(expected, actual, "column sums");
    for (int c = from; c < to; c++) {
      double sum = 0;
      double size = 0;
      for (int r = 0; r < rows; r++) {
        sum += d[3 + r * (to + gap) + c];
        size += Math.abs(d[3 + r * (to + gap) + c]);
      }
      if (size <= Float.MAX_VALUE) {
        // Rounded once, and nine times where only the rest is added up (Ogita, Rump, Oishi 2005).
        double tolerance = Math.ulp((float) sum) + size * 0x1p-40;
        assertEquals(sum, actual[4 + c], tolerance, "column " + c);
      } else if (!(size < Double.POSITIVE_INFINITY)) {
        assertFalse(Float.isFinite(actual[4 + c]), "column " + c);
      }
    }
  }

  @Property(tries = 200)
  void softmaxIsWhatItSays(@ForAll @IntRange(min = 1, max = 2000) int n, @ForAll long seed) {
    float[] z = Numbers.ordinary(n, seed);
    float[] y = Arrays.copyOf(z, Reduce.padded(n));
    ACTIVE.softmax(y, 0, y.length, 1, n);
    double max = Double.NEGATIVE_INFINITY;
    for (float v : z) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (float v : z) {
      sum += StrictMath.exp(v - max);
    }
    // An additions chain of a lane and the fold; exp twice (2 eps each); the division.
    double common = (n / 16 + 5 + 2 + 2 + 1) * EPS;
    for (int i = 0; i < n; i++) {
      double expected = StrictMath.exp(z[i] - max) / sum;
      // The rounding of z - max is an absolute error of the exponent.
      double allowed = (common + 2 * (max - z[i]) * EPS) * expected + Float.MIN_VALUE;
      assertEquals(expected, y[i], allowed);
    }
  }

  @Property(tries = 200)
  void softmaxDerivativeIsWhatItSays(
      @ForAll @IntRange(min = 1, max = 200) int n, @ForAll long seed) {
    float[] y = Numbers.ordinary(Reduce.padded(n), seed);
    ACTIVE.softmax(y, 0, y.length, 1, n);
    float[] delta = Numbers.ordinary(y.length, ~seed);
    float[] before = delta.clone();
    ACTIVE.softmaxDerivative(y, delta, 0, y.length, 1, n);
    double mean = 0;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      mean += (double) y[i] * before[i];
      norm += Math.abs((double) y[i] * before[i]);
    }
    for (int i = 0; i < n; i++) {
      double expected = y[i] * (before[i] - mean);
      double allowed = y[i] * ((n / 16 + 6) * norm + 3 * Math.abs(before[i])) * EPS;
      assertEquals(expected, delta[i], allowed + Float.MIN_VALUE);
    }
  }

  @Example
  void hugeLogitsDoNotOverflow() {
    float[] y = Arrays.copyOf(new float[] {3e38f, 0, -3e38f}, 16);
    ACTIVE.softmax(y, 0, 16, 1, 3);
    Numbers.assertSameBits(Arrays.copyOf(new float[] {1, 0, 0}, 16), y, "huge");
    y = Arrays.copyOf(new float[] {0, Float.NaN, 1}, 16);
    ACTIVE.softmax(y, 0, 16, 1, 3);
    float[] none = {Float.NaN, Float.NaN, Float.NaN};
    Numbers.assertSameBits(Arrays.copyOf(none, 16), y, "NaN");
  }

  @Property
  void sumsHaveSixteenLanesAndOneFold(
      @ForAll @IntRange(max = 200) int n,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll long seed) {
    float[] a = Numbers.ordinary(offset + n, seed);
    float[] b = Numbers.ordinary(offset + n, ~seed);
    float[] sums = new float[16];
    float[] dots = new float[16];
    for (int i = 0; i < n; i++) {
      sums[i % 16] += a[offset + i];
      dots[i % 16] = Math.fma(a[offset + i], b[offset + i], dots[i % 16]);
    }
    assertEquals(fold(sums), Sums.sum(a, offset, n));
    assertEquals(fold(dots), Sums.dot(a, offset, b, offset, n));
  }

  private static float fold(float[] lanes) {
    float[] s = Arrays.copyOf(lanes, 16);
    for (int width = 8; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        s[i] += s[i + width];
      }
    }
    return s[0];
  }
}
