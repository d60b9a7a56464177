package dev.lamella.kernel;

/** The products of a row-major matrix on the heap and one vector. */
public abstract sealed class MatVec permits MatVecScalar, MatVecVector {

  /** The virtual lanes of a dot product, whatever the width of a vector. */
  static final int LANES = 16;

  MatVec() {}

  /**
   * Writes the dot products of rows with x: y[i] = a[i] · x.
   *
   * <p>Order: lane l of sixteen is one chain of fused multiply-adds over j = l, l + 16, ... from
   * +0; the lanes fold as s[l] += s[l + 8], then 4, 2, 1.
   *
   * @param a (m, n) with stride {@code as}
   * @param x (n)
   * @param y (m)
   */
  public abstract void rows(
      int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo);

  /**
   * Writes the sum of rows weighted by x: y[j] = Σᵢ x[i] a[i][j].
   *
   * <p>Order: one chain over i, ascending, from +0; where the whole product has at most sixteen
   * columns, four chains by i mod 4, folded ((c0 + c1) + c2) + c3.
   *
   * @param whole the columns of the whole product, of which these n may be a part
   * @param a (m, n) with stride {@code as}
   * @param x (m)
   * @param y (n)
   */
  public abstract void columns(
      int whole, int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo);
}
