package dev.lamella.kernel;

/** The products of a row-major matrix on the heap and one vector. */
public abstract sealed class MatVec permits MatVecScalar, MatVecVector {

  /** The virtual lanes of a dot product, whatever the width of a vector. */
  static final int LANES = Sums.LANES;

  MatVec() {}

  /**
   * Writes the dot products of rows with x: y[i] = a[i] · x.
   *
   * <p>Order: that of {@link Sums}, each product and sum fused.
   *
   * @param a (m, n)
   * @param x (n)
   * @param y (m)
   */
  public abstract void rows(int m, int n, Rows a, float[] x, int xo, float[] y, int yo);

  /**
   * Writes the sum of rows weighted by x: y[j] = Σᵢ x[i] a[i][j].
   *
   * <p>Order: one chain over i, ascending, from +0; where the whole product has at most sixteen
   * columns, four chains by i mod 4, folded ((c0 + c1) + c2) + c3.
   *
   * @param whole the columns of the whole product, of which these n may be a part
   * @param a (m, n)
   * @param x (m)
   * @param y (n)
   */
  public abstract void columns(
      int whole, int m, int n, Rows a, float[] x, int xo, float[] y, int yo);
}
