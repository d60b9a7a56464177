package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

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

  /** The {@code floor} that leaves every output as it is. */
  public static final float NO_FLOOR = Float.NEGATIVE_INFINITY;

  MatMul() {}

  /**
   * Writes y = max(x · w + bias, floor), all columns of y's panels with their padding.
   *
   * @param x (rows, w.inputs) with stride {@code xStride}
   * @param w (inputs, units)
   * @param bias (padded units) from {@code biasOffset}, or null for none
   * @param floor 0 for a rectifier, {@link #NO_FLOOR} for none
   * @param y (rows, padded units) with stride {@code yStride}
   */
  public abstract void forward(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      Panels w,
      @Nullable MemorySegment bias,
      long biasOffset,
      float floor,
      float[] y,
      int yOffset,
      int yStride);

  /**
   * Writes the gradient xᵀ · dy for some panels and inputs, in panel order.
   *
   * @param x (rows, inputs) with stride {@code xStride}, rows = {@code dy.inputs()}
   * @param dy (rows, units), the deltas packed as panels
   * @param inputs the inputs of the whole layer: the height of a panel of the gradient
   * @param g the gradient, panels of (inputs, units) from {@code gOffset}; entries of other panels
   *     and inputs stay as they are
   */
  public abstract void gradient(
      float[] x,
      int xOffset,
      int xStride,
      Panels dy,
      int fromPanel,
      int toPanel,
      int inputs,
      int fromInput,
      int toInput,
      float[] g,
      int gOffset);
}
