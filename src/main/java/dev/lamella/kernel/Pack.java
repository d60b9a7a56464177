package dev.lamella.kernel;

import dev.lamella.machine.Memory;

/**
 * Moving matrices between rows on the heap and {@link Panels} off it. Nothing is rounded: every
 * variant moves the same bits.
 */
public abstract sealed class Pack permits PackScalar, PackVector {

  Pack() {}

  /**
   * Packs rows [fromRow, toRow) of a row-major matrix, padding included.
   *
   * @param source (into.inputs, into.units): row k starts at {@code offset + k * stride}
   */
  public abstract void rows(
      float[] source, int offset, int stride, int fromRow, int toRow, Panels into);

  /**
   * Packs a matrix that stands transposed, as PyTorch keeps a weight.
   *
   * @param source (into.units, into.inputs): unit u starts at {@code offset + u * stride}
   */
  public abstract void columns(float[] source, int offset, int stride, Panels into);

  /**
   * Writes some panels of the transpose, padding included.
   *
   * @param from (inputs, units)
   * @param into (units, inputs)
   * @param fromPanel the first panel of {@code into}
   * @param toPanel one past the last panel of {@code into}
   */
  public abstract void transpose(Panels from, Panels into, int fromPanel, int toPanel);

  /**
   * Writes the matrix transposed, without padding: the opposite of {@link #columns}.
   *
   * @param into (from.units, from.inputs): unit u starts at {@code offset + u * stride}
   */
  public final void toColumns(Panels from, float[] into, int offset, int stride) {
    for (int u = 0; u < from.units(); u++) {
      for (int k = 0; k < from.inputs(); k++) {
        into[offset + u * stride + k] = Memory.get(from.memory(), from.index(k, u));
      }
    }
  }
}
