package dev.lamella.kernel;

/**
 * Sums that run along rows or down columns: softmax, its derivative, the bias gradient.
 *
 * <p>Sums along a row follow {@link Sums}; sums down a column are one chain over the rows. Rows of
 * n are padded to a multiple of 16 floats.
 */
public abstract sealed class Reduce permits ReduceScalar, ReduceVector {

  Reduce() {}

  /**
   * Turns y into exp(y - max y) / sum(exp(y - max y)) for each row; Bridle 1990. Columns from
   * {@code n} to the next multiple of 16 become 0. A row with NaN or +infinity becomes NaN.
   *
   * @param y (rows, n) from {@code offset} with stride {@code stride}
   * @param n at least 1
   */
  public abstract void softmax(float[] y, int offset, int stride, int rows, int n);

  /**
   * Turns the loss's derivative by the softmax into its derivative by the logits: delta = y (delta
   * - sum(delta y)) for each row. Columns of delta from {@code n} to the next multiple of 16 become
   * 0.
   *
   * @param y (rows, n) the softmax, 0 in its padding
   * @param delta (rows, n) at the same place, from {@code offset} with stride {@code stride}
   * @param n at least 1
   */
  public abstract void softmaxDerivative(
      float[] y, float[] delta, int offset, int stride, int rows, int n);

  /**
   * Writes into[at + c] = the sum of column c, for {@code fromColumn} <= c < {@code toColumn}: one
   * chain of additions over the rows in ascending order, from +0, and a second one over what each
   * of them lost to rounding (Sum2 of Ogita, Rump and Oishi 2005).
   *
   * <p>Deltas of one size and both signs often cancel, as those of the absolute error do. What
   * rounding would leave of them, Adam would scale up to a whole step.
   *
   * @param d (rows, columns) from row 0 on
   * @param into (columns) from {@code at}; entries of other columns stay as they are
   */
  public abstract void columnSums(
      Rows d, int rows, int fromColumn, int toColumn, float[] into, int at);

  /** Returns the end of a row of n with its padding. */
  static int padded(int n) {
    return (n + Sums.LANES - 1) / Sums.LANES * Sums.LANES;
  }
}
