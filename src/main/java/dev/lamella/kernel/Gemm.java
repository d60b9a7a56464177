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
   * @param a (m, k), or (k, m) if transposed
   * @param b (k, n), or (n, k) if transposed
   * @param add whether to add to what c holds
   * @param c (m, n)
   */
  public abstract void multiply(int m, int n, int k, Rows a, Rows b, boolean add, Rows c);
}
