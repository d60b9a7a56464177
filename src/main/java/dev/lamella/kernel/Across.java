package dev.lamella.kernel;

/**
 * A layer of a tiny network, for rows that go across the lanes of a vector: {@link #ROWS} rows at a
 * time stand side by side, input after input, and each weight meets one input of all of them.
 *
 * <p>A sum has the terms and the order that {@link MatMul} gives it, so its bits are the same.
 *
 * @param parameters holds weights (units, inputs) and biases (units) as PyTorch orders them
 * @param weights where the weights start
 * @param bias where the biases start; negative for none
 * @param lowerBound 0 for a rectifier, negative infinity for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Across(
    float[] parameters, int weights, int bias, int inputs, int units, float lowerBound) {

  /** The rows that stand side by side. */
  public static final int ROWS = 64;

  /** Returns the units whose sums have one chain; the sums of those after them have four. */
  int wide() {
    int rest = units % Panels.WIDTH;
    return rest <= Panels.NARROW ? units - rest : units;
  }

  /** The bias of a unit; adding -0 changes no float. */
  float bias(int unit) {
    return bias < 0 ? -0f : parameters[bias + unit];
  }

  /** {@link MatMul#sideBySide} for the rows from {@code first} on. */
  static void in(float[] in, int offset, int first, int rows, int columns, float[] out) {
    for (int r = first; r < rows; r++) {
      int from = offset + r * columns;
      for (int k = 0; k < columns; k++) {
        out[k * ROWS + r] = in[from + k];
      }
    }
  }

  /** {@link MatMul#oneByOne} for the rows from {@code first} on. */
  static void out(
      float[] in, int first, int rows, int columns, float[] out, int offset, int stride) {
    for (int r = first; r < rows; r++) {
      int to = offset + r * stride;
      for (int k = 0; k < columns; k++) {
        out[to + k] = in[k * ROWS + r];
      }
    }
  }
}
