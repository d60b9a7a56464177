package dev.lamella.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.Rows;
import dev.lamella.parallel.Workers;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * {@link Blas}: the meaning of the BLAS against a double oracle, and the same bits however it is
 * computed.
 */
@Tag("kernels")
class BlasTest {

  private static final double EPSILON = Math.ulp(1f) / 2;

  @Property(tries = 200)
  void sgemmIsRightToRounding(
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 50) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll @IntRange(max = 2) int slack,
      @ForAll long seed) {
    Matrix a = new Matrix(transA ? k : m, transA ? m : k, slack, seed);
    Matrix b = new Matrix(transB ? n : k, transB ? k : n, slack, seed + 1);
    Matrix c = new Matrix(m, n, slack, seed + 2);
    float alpha = seed % 3 == 0 ? 1f : -0.5f;
    float beta = seed % 2 == 0 ? 0f : seed % 5 == 0 ? 1f : 0.25f;
    float[] before = c.values.clone();
    Blas.sgemm(
        transA, transB, m, n, k, alpha, a.values, slack, a.stride, b.values, slack, b.stride, beta,
        c.values, slack, c.stride);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double norm = 0;
        for (int p = 0; p < k; p++) {
          double term = (transA ? a.at(p, i) : a.at(i, p)) * (transB ? b.at(j, p) : b.at(p, j));
          sum += term;
          norm += Math.abs(term);
        }
        double old = beta == 0 ? 0 : beta * (double) before[slack + i * c.stride + j];
        double bound = (k + 4) * EPSILON * (Math.abs(alpha) * norm + Math.abs(old)) * 1.01;
        assertTrue(
            Math.abs(alpha * sum + old - c.at(i, j)) <= bound,
            "an element is off by more than its rounding");
      }
    }
    for (int i = 0; i < m; i++) { // what lies between the rows of C is not touched
      for (int j = n; j < c.stride && slack + i * c.stride + j < before.length; j++) {
        assertEquals(before[slack + i * c.stride + j], c.values[slack + i * c.stride + j]);
      }
    }
  }

  @Property(tries = 60)
  void sgemmHasTheSameBitsWithAnyThreadsAndKernels(
      @ForAll @IntRange(min = 1, max = 150) int m,
      @ForAll @IntRange(min = 1, max = 150) int n,
      @ForAll @IntRange(min = 1, max = 120) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll long seed) {
    Matrix a = new Matrix(transA ? k : m, transA ? m : k, 0, seed);
    Matrix b = new Matrix(transB ? n : k, transB ? k : n, 0, seed + 1);
    Matrix c = new Matrix(m, n, 0, seed + 2);
    float[] expected = c.values.clone();
    if (m == 1 && !transA && !transB && !add) {
      Kernels.scalar().matVec().columns(n, k, n, b.rows(), a.values, 0, expected, 0);
    } else {
      Kernels.scalar()
          .gemm()
          .multiply(
              m,
              n,
              k,
              a.rows().transposed(transA),
              b.rows().transposed(transB),
              add,
              Rows.of(expected, 0, n));
    }
    for (int threads : new int[] {1, 2, 3, 7}) {
      float[] actual = c.values.clone();
      try (Workers workers = Workers.of(threads)) {
        Blas.sgemm(
            transA,
            transB,
            m,
            n,
            k,
            1f,
            a.values,
            0,
            a.stride,
            b.values,
            0,
            b.stride,
            add ? 1f : 0f,
            actual,
            0,
            n,
            workers);
      }
      assertArrayEquals(expected, actual, threads + " threads");
    }
  }

  @Property(tries = 5)
  void longProductsAreCutWithoutAChangeOfBits(
      @ForAll @IntRange(min = 1020, max = 1600) int k, @ForAll boolean transA, @ForAll long seed) {
    Matrix a = new Matrix(transA ? k : 19, transA ? 19 : k, 0, seed);
    Matrix b = new Matrix(k, 300, 0, seed + 1);
    float[] expected = new float[19 * 300];
    float[] actual = new float[19 * 300];
    Kernels.scalar()
        .gemm()
        .multiply(
            19, 300, k, a.rows().transposed(transA), b.rows(), false, Rows.of(expected, 0, 300));
    Blas.sgemm(
        transA, false, 19, 300, k, 1f, a.values, 0, a.stride, b.values, 0, 300, 0f, actual, 0, 300);
    assertArrayEquals(expected, actual);
  }

  @Property(tries = 200)
  void sgemvIsRightToRounding(
      @ForAll @IntRange(max = 50) int m,
      @ForAll @IntRange(max = 90) int n,
      @ForAll boolean trans,
      @ForAll @IntRange(min = -2, max = 2) int incX,
      @ForAll @IntRange(min = -2, max = 2) int incY,
      @ForAll long seed) {
    int xStep = incX == 0 ? 1 : incX;
    int yStep = incY == 0 ? 1 : incY;
    Matrix a = new Matrix(m, n, 1, seed);
    int terms = trans ? m : n;
    int results = trans ? n : m;
    float[] x = new Matrix(1, terms * 2 + 1, 0, seed + 1).values;
    float[] y = new Matrix(1, results * 2 + 1, 0, seed + 2).values;
    float[] before = y.clone();
    float beta = seed % 2 == 0 ? 0f : 0.75f;
    float alpha = seed % 3 == 0 ? 1f : 2f;
    Blas.sgemv(trans, m, n, alpha, a.values, 1, a.stride, x, 1, xStep, beta, y, 1, yStep);
    for (int i = 0; i < results; i++) {
      double sum = 0;
      double norm = 0;
      for (int p = 0; p < terms; p++) {
        double term =
            (trans ? a.at(p, i) : a.at(i, p)) * x[1 + (xStep > 0 ? p : p - terms + 1) * xStep];
        sum += term;
        norm += Math.abs(term);
      }
      int at = 1 + (yStep > 0 ? i : i - results + 1) * yStep;
      double old = beta * (double) before[at];
      double bound = (terms + 4) * EPSILON * (alpha * norm + Math.abs(old)) * 1.01;
      assertTrue(
          Math.abs(alpha * sum + old - y[at]) <= bound,
          "an element is off by more than its rounding");
    }
  }

  @Property(tries = 60)
  void sgemvHasTheSameBitsWithAnyThreadsAndKernels(
      @ForAll @IntRange(min = 1, max = 200) int m,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll boolean trans,
      @ForAll long seed) {
    Matrix a = new Matrix(m, n, 0, seed);
    float[] x = new Matrix(1, trans ? m : n, 0, seed + 1).values;
    float[] expected = new float[trans ? n : m];
    if (trans) {
      Kernels.scalar().matVec().columns(n, m, n, a.rows(), x, 0, expected, 0);
    } else {
      Kernels.scalar().matVec().rows(m, n, a.rows(), x, 0, expected, 0);
    }
    for (int threads : new int[] {1, 2, 3, 7}) {
      float[] actual = new float[expected.length];
      try (Workers workers = Workers.of(threads)) {
        Blas.sgemv(trans, m, n, 1f, a.values, 0, n, x, 0, 1, 0f, actual, 0, 1, workers);
      }
      assertArrayEquals(expected, actual, threads + " threads");
    }
  }

  @Example
  void betaZeroDoesNotReadC() {
    float[] c = {Float.NaN};
    Blas.sgemm(
        false, false, 1, 1, 1, 2f, new float[] {3f}, 0, 1, new float[] {4f}, 0, 1, 0f, c, 0, 1);
    assertEquals(24f, c[0]);
  }

  @Example
  void wrongSizesAreTold() {
    float[] six = new float[6];
    assertMessage(
        "the rows of A are 2 floats apart, but a row has 3; give a leading dimension of at least 3",
        () -> Blas.sgemm(false, false, 2, 2, 3, 1f, six, 0, 2, six, 0, 2, 0f, six, 0, 2));
    assertMessage(
        "C of (2, 2) with leading dimension 2 at offset 3 ends at 7, but its array has 6 floats; give a larger array or a smaller shape",
        () -> Blas.sgemm(false, false, 2, 2, 3, 1f, six, 0, 3, six, 0, 2, 0f, six, 3, 2));
    assertMessage(
        "n is -1, but a matrix has 0 or more rows and columns; give the size of the product",
        () -> Blas.sgemv(false, 2, -1, 1f, six, 0, 3, six, 0, 1, 0f, six, 0, 1));
    assertMessage(
        "the increment of x is 0, but its 3 elements need places of their own; give 1 for neighbours",
        () -> Blas.sgemv(false, 2, 3, 1f, six, 0, 3, six, 0, 0, 0f, six, 0, 1));
    assertMessage(
        "y of 2 elements with increment 9 at offset 0 ends at 10, but its array has 6 floats; give a larger array or a smaller size",
        () -> Blas.sgemv(false, 2, 3, 1f, six, 0, 3, six, 0, 1, 0f, six, 0, 9));
  }

  private static void assertMessage(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  /** Rows of random floats, {@code slack} floats before and between them. */
  private static final class Matrix {
    final float[] values;
    final int stride;
    final int slack;

    Matrix(int rows, int columns, int slack, long seed) {
      this.slack = slack;
      this.stride = columns + slack;
      this.values = new float[slack + rows * stride];
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextDouble() * 2 - 1);
      }
    }

    double at(int i, int j) {
      return values[slack + i * stride + j];
    }

    Rows rows() {
      return Rows.of(values, slack, stride);
    }
  }
}
