package dev.lamella.kernel;

/**
 * The matrix products of a dense layer.
 *
 * <p>Rows (inputs, outputs, deltas) are row-major {@code float[]} on the heap with a stride;
 * weights are {@link Panels} off it. The order in which the terms of a sum are added depends on the
 * layer's shape alone, never on the number of rows, the width of a vector or the split over
 * threads:
 *
 * <ul>
 *   <li>a unit of a 32 units wide panel is one chain of fused multiply-adds over the inputs, in
 *       ascending order, from +0;
 *   <li>a unit of a 16 units wide panel is four such chains over the inputs k with k mod 4 = 0, 1,
 *       2, 3, folded as ((c0 + c1) + c2) + c3: with so few units in flight one chain would wait for
 *       its own latency;
 *   <li>a weight's gradient is one chain over the rows, in ascending order, from +0.
 * </ul>
 */
public abstract sealed class MatMul permits MatMulScalar, MatMulVector {

  MatMul() {}

  /**
   * Writes y = max(x · w + bias, lower bound) for some rows, all columns of y's panels with their
   * padding.
   *
   * @param x (rows, w.inputs)
   * @param from the first row, of x and of y
   * @param rows how many rows
   * @param w (inputs, units)
   * @param y (rows, padded units)
   */
  public abstract void forward(Rows x, int from, int rows, Panels w, Epilogue epilogue, Rows y);

  /**
   * Writes the sums of a layer for some of {@link Across#ROWS} rows that stand side by side. What
   * stands past the last row may become anything.
   *
   * @param x (inputs, ROWS)
   * @param y (units, ROWS)
   */
  public abstract void across(Across layer, int rows, float[] x, float[] y);

  /**
   * Puts at most {@link Across#ROWS} rows side by side.
   *
   * @param in (rows, columns) from {@code offset}
   * @param out (columns, ROWS)
   */
  public abstract void sideBySide(float[] in, int offset, int rows, int columns, float[] out);

  /**
   * Puts rows that stand side by side one after the other.
   *
   * @param in (columns, ROWS)
   * @param out (rows, columns) from {@code offset}, {@code stride} apart
   */
  public abstract void oneByOne(
      float[] in, int rows, int columns, float[] out, int offset, int stride);

  /**
   * Writes the gradient xᵀ · dy for some inputs, in panel order.
   *
   * @param x (dy.inputs, inputs)
   * @param dy (rows, units), the deltas packed as panels
   * @param inputs the inputs of the whole layer: the height of a panel of the gradient
   * @param g the gradient, panels of (inputs, units) from {@code gOffset}; entries of other inputs
   *     stay as they are
   */
  public abstract void gradient(
      Rows x, Panels dy, int inputs, int fromInput, int toInput, float[] g, int gOffset);

  /**
   * Returns how many inputs of a call of {@link #gradient} pay for what the call prepares: a
   * multiple of 32.
   */
  public abstract int gradientInputs();
}
