package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * The contract of {@link MatVec}: the same bits as the reference, and the reference right to
 * rounding. Every matrix ends with the last element of its last row: a vector that reached past it
 * would throw.
 */
@Tag("kernels")
class MatVecTest {

  private static final double EPSILON = Math.ulp(1f) / 2;

  private final MatVec scalar = Kernels.scalar().matVec();
  private final MatVec active = Kernels.active().matVec();

  @Property(tries = 300)
  void rowsHaveTheBitsOfTheReference(
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean hostile,
      @ForAll long seed) {
    checkRows(m, n, slack, hostile, seed);
  }

  @Example
  void everyLengthOfARowHasTheBitsOfTheReference() {
    for (int m = 1; m <= 9; m++) {
      for (int n = 0; n <= 66; n++) {
        checkRows(m, n, n % 2, false, n);
      }
    }
  }

  private void checkRows(int m, int n, int slack, boolean hostile, long seed) {
    Rows a = matrix(m, n, slack, hostile, seed);
    float[] x = values(slack + n, hostile, seed + 1);
    float[] expected = Floats.random(seed + 2, m + 2 * slack);
    float[] actual = expected.clone();
    scalar.rows(m, n, a, x, slack, expected, slack);
    active.rows(m, n, a, x, slack, actual, slack);
    assertArrayEquals(expected, actual, () -> "(" + m + ", " + n + ") times x");
  }

  @Property(tries = 300)
  void columnsHaveTheBitsOfTheReference(
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(max = 300) int n,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean hostile,
      @ForAll long seed) {
    checkColumns(m, n, slack, hostile, seed);
  }

  @Example
  void everyNumberOfColumnsHasTheBitsOfTheReference() {
    for (int m = 0; m <= 9; m++) {
      for (int n = 1; n <= 66; n++) {
        checkColumns(m, n, n % 2, false, n);
      }
    }
  }

  /** With rows shorter than a vector, more than one of the last rows must not be read whole. */
  @Property(tries = 100)
  void fewColumnsHaveTheBitsOfTheReference(
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(min = 1, max = 17) int n,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean hostile,
      @ForAll long seed) {
    checkColumns(m, n, slack, hostile, seed);
  }

  private void checkColumns(int m, int n, int slack, boolean hostile, long seed) {
    Rows a = matrix(m, n, slack, hostile, seed);
    float[] x = values(slack + m, hostile, seed + 1);
    float[] expected = Floats.random(seed + 2, n + 2 * slack);
    float[] actual = expected.clone();
    scalar.columns(n, m, n, a, x, slack, expected, slack);
    active.columns(n, m, n, a, x, slack, actual, slack);
    assertArrayEquals(expected, actual, () -> "x times (" + m + ", " + n + ")");
  }

  @Property(tries = 200)
  void partsOfTheColumnsHaveTheBitsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 200) int whole,
      @ForAll @IntRange(max = 50) int m,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll boolean few,
      @ForAll long seed) {
    int n = few ? 1 + whole % 20 : whole;
    Rows a = matrix(m, n, 0, false, seed);
    float[] x = values(m, false, seed + 1);
    float[] expected = new float[n];
    float[] actual = new float[n];
    scalar.columns(n, m, n, a, x, 0, expected, 0);
    for (int part = 0; part < parts; part++) { // each a call, as threads would
      int from = n * part / parts;
      int to = n * (part + 1) / parts;
      Rows some = Rows.of(a.array(), a.at(0) + from, a.stride());
      active.columns(n, m, to - from, some, x, 0, actual, from);
    }
    assertArrayEquals(expected, actual);
  }

  @Property(tries = 100)
  void partsOfTheRowsHaveTheBitsOfTheWhole(
      @ForAll @IntRange(max = 50) int m,
      @ForAll @IntRange(max = 100) int n,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll long seed) {
    Rows a = matrix(m, n, 0, false, seed);
    float[] x = values(n, false, seed + 1);
    float[] expected = new float[m];
    float[] actual = new float[m];
    scalar.rows(m, n, a, x, 0, expected, 0);
    for (int part = 0; part < parts; part++) {
      int from = m * part / parts;
      int to = m * (part + 1) / parts;
      active.rows(to - from, n, Rows.of(a.array(), a.at(from), a.stride()), x, 0, actual, from);
    }
    assertArrayEquals(expected, actual);
  }

  /** A part of a product goes by the whole one's order, however few columns it has itself. */
  @Property(tries = 100)
  void theOrderIsThatOfTheWholeProduct(
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(min = 1, max = 16) int n,
      @ForAll long seed) {
    Rows a = matrix(m, n, 1, false, seed);
    float[] x = values(m, false, seed + 1);
    for (int whole : new int[] {n, 16, 17, 1000}) {
      float[] actual = new float[n];
      active.columns(whole, m, n, a, x, 0, actual, 0);
      float[] expected = new float[n];
      for (int j = 0; j < n; j++) {
        float[] chains = new float[4];
        for (int i = 0; i < m; i++) {
          int chain = whole > 16 ? 0 : i % 4;
          chains[chain] = Math.fma(x[i], a.array()[a.at(i) + j], chains[chain]);
        }
        expected[j] = ((chains[0] + chains[1]) + chains[2]) + chains[3];
      }
      assertArrayEquals(expected, actual, () -> "part of " + whole + " columns");
    }
  }

  /**
   * Higham, Accuracy and Stability of Numerical Algorithms (2002), 3.1: a sum of n products errs by
   * at most γₙ Σ|ax|, in whatever order.
   */
  @Property(tries = 60)
  void bothAreRightToRounding(
      @ForAll @IntRange(min = 1, max = 120) int m,
      @ForAll @IntRange(min = 1, max = 120) int n,
      @ForAll long seed) {
    Rows a = matrix(m, n, 1, false, seed);
    float[] x = values(Math.max(m, n), false, seed + 1);
    float[] y = new float[m];
    active.rows(m, n, a, x, 0, y, 0);
    for (int i = 0; i < m; i++) {
      checkRounding(y[i], n, a.array(), a.at(i), 1, x);
    }
    float[] z = new float[n];
    active.columns(n, m, n, a, x, 0, z, 0);
    for (int j = 0; j < n; j++) {
      checkRounding(z[j], m, a.array(), a.at(0) + j, a.stride(), x);
    }
  }

  private static void checkRounding(
      float actual, int terms, float[] a, int from, int step, float[] x) {
    double sum = 0;
    double norm = 0;
    for (int p = 0; p < terms; p++) {
      double term = (double) a[from + p * step] * x[p];
      sum += term;
      norm += Math.abs(term);
    }
    double gamma = (terms + 4) * EPSILON / (1 - (terms + 4) * EPSILON);
    assertTrue(
        Math.abs(actual - sum) <= gamma * norm + Float.MIN_VALUE,
        () -> "an element is off by more than its rounding");
  }

  /** A matrix whose array ends with its last element. */
  private static Rows matrix(int m, int n, int slack, boolean hostile, long seed) {
    int stride = n + slack;
    int length = slack + Math.max(0, m - 1) * stride + (m > 0 ? n : 0);
    return Rows.of(values(length, hostile, seed), slack, stride);
  }

  private static float[] values(int count, boolean hostile, long seed) {
    return hostile ? Floats.hostile(seed, count, 40) : Floats.random(seed, count);
  }
}
