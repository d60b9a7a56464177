package dev.lamella.math;

import dev.lamella.parallel.Workers;

/**
 * The products of dense linear algebra, for callers who want only those: row-major, single
 * precision, with the meaning of the BLAS (Lawson, Hanson, Kincaid and Krogh, 1979; Dongarra, Du
 * Croz, Duff and Hammarling, 1990).
 *
 * <p>A matrix is a part of a {@code float[]}: element (i, j) stands at {@code offset + i * ld + j}.
 * Results have the same bits for every thread count, every vector width and the scalar kernels: the
 * order in which terms are added depends on the shape alone. The arrays of inputs and output must
 * not overlap.
 */
public final class Blas {

  private Blas() {}

  /**
   * Computes C = alpha · op(A) · op(B) + beta · C in the calling thread.
   *
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m the rows of op(A) and C
   * @param n the columns of op(B) and C
   * @param k the columns of op(A), the rows of op(B)
   * @param alpha the factor of the product
   * @param a (m, k), or (k, m) if transposed
   * @param offA where A starts in {@code a}
   * @param lda the distance of two rows of A
   * @param b (k, n), or (n, k) if transposed
   * @param offB where B starts in {@code b}
   * @param ldb the distance of two rows of B
   * @param beta the factor of what C holds; with 0, C is written without being read
   * @param c (m, n), read and written
   * @param offC where C starts in {@code c}
   * @param ldc the distance of two rows of C
   * @throws IllegalArgumentException if a size is negative, a distance is shorter than a row, or a
   *     matrix reaches past its array
   */
  public static void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int offA,
      int lda,
      float[] b,
      int offB,
      int ldb,
      float beta,
      float[] c,
      int offC,
      int ldc) {
    sgemm(
        transA,
        transB,
        m,
        n,
        k,
        alpha,
        a,
        offA,
        lda,
        b,
        offB,
        ldb,
        beta,
        c,
        offC,
        ldc,
        Workers.single());
  }

  /**
   * Computes C = alpha · op(A) · op(B) + beta · C with a group of workers; small products stay in
   * the calling thread.
   *
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m the rows of op(A) and C
   * @param n the columns of op(B) and C
   * @param k the columns of op(A), the rows of op(B)
   * @param alpha the factor of the product
   * @param a (m, k), or (k, m) if transposed
   * @param offA where A starts in {@code a}
   * @param lda the distance of two rows of A
   * @param b (k, n), or (n, k) if transposed
   * @param offB where B starts in {@code b}
   * @param ldb the distance of two rows of B
   * @param beta the factor of what C holds; with 0, C is written without being read
   * @param c (m, n), read and written
   * @param offC where C starts in {@code c}
   * @param ldc the distance of two rows of C
   * @param workers the threads to share the product
   * @throws IllegalArgumentException if a size is negative, a distance is shorter than a row, or a
   *     matrix reaches past its array
   */
  public static void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int offA,
      int lda,
      float[] b,
      int offB,
      int ldb,
      float beta,
      float[] c,
      int offC,
      int ldc,
      Workers workers) {
    Check.size("m", m);
    Check.size("n", n);
    Check.size("k", k);
    Check.matrix("A", transA ? k : m, transA ? m : k, a, offA, lda);
    Check.matrix("B", transB ? n : k, transB ? k : n, b, offB, ldb);
    Check.matrix("C", m, n, c, offC, ldc);
    if (m == 0 || n == 0) {
      return;
    }
    boolean inPlace = alpha == 1f && (beta == 0f || beta == 1f);
    float[] product = inPlace ? c : new float[Math.multiplyExact(m, n)]; // (m, n)
    if (alpha != 0f) {
      Products products = Products.ofThread();
      products.a.set(a, offA, lda).transposed(transA);
      products.b.set(b, offB, ldb).transposed(transB);
      products.c.set(product, inPlace ? offC : 0, inPlace ? ldc : n);
      try {
        products.multiply(workers, m, n, k, inPlace && beta == 1f);
      } finally {
        products.release();
      }
    }
    if (inPlace) {
      return;
    }
    for (int i = 0; i < m; i++) {
      combine(n, alpha, product, i * n, beta, c, offC + i * ldc, 1);
    }
  }

  /**
   * Computes y = alpha · op(A) · x + beta · y in the calling thread.
   *
   * @param trans whether op(A) is the transpose of A
   * @param m the rows of A
   * @param n the columns of A
   * @param alpha the factor of the product
   * @param a (m, n)
   * @param offA where A starts in {@code a}
   * @param lda the distance of two rows of A
   * @param x n elements, or m if transposed
   * @param offX where x starts; with a negative increment, where its last element stands
   * @param incX the distance of two elements of x, not 0
   * @param beta the factor of what y holds; with 0, y is written without being read
   * @param y m elements, or n if transposed, read and written
   * @param offY where y starts; with a negative increment, where its last element stands
   * @param incY the distance of two elements of y, not 0
   * @throws IllegalArgumentException if a size is negative, a distance is shorter than a row or 0,
   *     or an operand reaches past its array
   */
  public static void sgemv(
      boolean trans,
      int m,
      int n,
      float alpha,
      float[] a,
      int offA,
      int lda,
      float[] x,
      int offX,
      int incX,
      float beta,
      float[] y,
      int offY,
      int incY) {
    sgemv(trans, m, n, alpha, a, offA, lda, x, offX, incX, beta, y, offY, incY, Workers.single());
  }

  /**
   * Computes y = alpha · op(A) · x + beta · y with a group of workers; small products stay in the
   * calling thread.
   *
   * @param trans whether op(A) is the transpose of A
   * @param m the rows of A
   * @param n the columns of A
   * @param alpha the factor of the product
   * @param a (m, n)
   * @param offA where A starts in {@code a}
   * @param lda the distance of two rows of A
   * @param x n elements, or m if transposed
   * @param offX where x starts; with a negative increment, where its last element stands
   * @param incX the distance of two elements of x, not 0
   * @param beta the factor of what y holds; with 0, y is written without being read
   * @param y m elements, or n if transposed, read and written
   * @param offY where y starts; with a negative increment, where its last element stands
   * @param incY the distance of two elements of y, not 0
   * @param workers the threads to share the product
   * @throws IllegalArgumentException if a size is negative, a distance is shorter than a row or 0,
   *     or an operand reaches past its array
   */
  public static void sgemv(
      boolean trans,
      int m,
      int n,
      float alpha,
      float[] a,
      int offA,
      int lda,
      float[] x,
      int offX,
      int incX,
      float beta,
      float[] y,
      int offY,
      int incY,
      Workers workers) {
    Check.size("m", m);
    Check.size("n", n);
    int terms = trans ? m : n;
    int results = trans ? n : m;
    Check.matrix("A", m, n, a, offA, lda);
    Check.vector("x", terms, x, offX, incX);
    Check.vector("y", results, y, offY, incY);
    float[] dense = x;
    int offDense = offX;
    if (incX != 1) {
      dense = new float[terms];
      offDense = 0;
      for (int i = 0; i < terms; i++) {
        dense[i] = x[Check.first(terms, offX, incX) + i * incX];
      }
    }
    boolean inPlace = alpha == 1f && beta == 0f && incY == 1;
    float[] product = inPlace ? y : new float[results];
    if (alpha != 0f) {
      Products products = Products.ofThread();
      products.a.set(a, offA, lda).transposed(trans);
      try {
        products.multiply(workers, m, n, dense, offDense, product, inPlace ? offY : 0);
      } finally {
        products.release();
      }
    }
    if (inPlace) {
      return;
    }
    combine(results, alpha, product, 0, beta, y, Check.first(results, offY, incY), incY);
  }

  /**
   * y = alpha · product + beta · y; with beta 0, y is not read, so that a NaN in it does not
   * survive.
   */
  private static void combine(
      int n, float alpha, float[] product, int offset, float beta, float[] y, int offY, int incY) {
    for (int i = 0; i < n; i++) {
      float scaled = alpha * product[offset + i];
      int at = offY + i * incY;
      y[at] = beta == 0f ? scaled : Math.fma(beta, y[at], scaled);
    }
  }
}
