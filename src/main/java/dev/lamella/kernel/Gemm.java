package dev.lamella.kernel;

/**
 * The general product of two row-major matrices on the heap.
 *
 * <p>Each element of the result is one chain of fused multiply-adds over k, in ascending order,
 * from +0 or from what c held.
 */
public abstract sealed class Gemm permits GemmScalar, GemmVector {

  Gemm() {}

  /**
   * Writes c = op(a) · op(b), or c += op(a) · op(b).
   *
   * @param a (m, k) with stride {@code as}, or (k, m) if transposed
   * @param b (k, n) with stride {@code bs}, or (n, k) if transposed
   * @param add whether to add to what c holds
   * @param c (m, n) with stride {@code cs}
   */
  public abstract void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      boolean add,
      float[] c,
      int co,
      int cs);
}
