package dev.lamella.kernel;

/**
 * Sums that run along rows or down columns: softmax, its derivative, the bias gradient.
 *
 * <p>Sums along a row follow {@link Sums}; sums down a column are one chain over the rows.
 */
public abstract sealed class Reduce permits ReduceScalar, ReduceVector {

  Reduce() {}

  /**
   * Writes y = exp(z - max z) / sum(exp(z - max z)) for each row; Bridle 1990. Columns from {@code
   * n} on stay as they are. A row with NaN or +infinity becomes NaN.
   *
   * @param z (rows, n) with stride {@code zStride}
   * @param y (rows, n) with stride {@code yStride}; may be z itself
   * @param n at least 1
   */
  public abstract void softmax(
      float[] z, int zOffset, int zStride, float[] y, int yOffset, int yStride, int rows, int n);

  /**
   * Turns the loss's derivative by the softmax into its derivative by the logits: delta = y (delta
   * - sum(delta y)) for each row.
   *
   * @param y (rows, n) the softmax, with stride {@code yStride}
   * @param delta (rows, n) with stride {@code deltaStride}
   * @param n at least 1
   */
  public abstract void softmaxDerivative(
      float[] y,
      int yOffset,
      int yStride,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      int rows,
      int n);

  /**
   * Writes into[intoOffset + c] = the sum of column c, for {@code fromColumn} <= c < {@code
   * toColumn}: one chain of additions over the rows in ascending order, from +0, and a second one
   * over what each of them lost to rounding (Sum2 of Ogita, Rump and Oishi 2005).
   *
   * <p>Deltas of one size and both signs often cancel, as those of the absolute error do. What
   * rounding would leave of them, Adam would scale up to a whole step.
   *
   * @param d (rows, columns) with stride {@code stride}
   * @param into (columns) from {@code intoOffset}; entries of other columns stay as they are
   */
  public abstract void columnSums(
      float[] d,
      int offset,
      int stride,
      int rows,
      int fromColumn,
      int toColumn,
      float[] into,
      int intoOffset);
}
