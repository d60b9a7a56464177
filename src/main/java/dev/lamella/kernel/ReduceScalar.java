package dev.lamella.kernel;

/** The reference: one row after the other. */
final class ReduceScalar extends Reduce {

  @Override
  public void softmax(
      float[] z, int zOffset, int zStride, float[] y, int yOffset, int yStride, int rows, int n) {
    for (int r = 0; r < rows; r++) {
      int yr = yOffset + r * yStride;
      float sum = exponentials(z, zOffset + r * zStride, y, yr, n);
      for (int i = yr; i < yr + n; i++) {
        y[i] = y[i] / sum;
      }
    }
  }

  @Override
  public void softmaxDerivative(
      float[] y,
      int yOffset,
      int yStride,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      int rows,
      int n) {
    for (int r = 0; r < rows; r++) {
      int yr = yOffset + r * yStride;
      int dr = deltaOffset + r * deltaStride;
      float mean = Sums.dot(delta, dr, y, yr, n);
      for (int i = 0; i < n; i++) {
        delta[dr + i] = y[yr + i] * (delta[dr + i] - mean);
      }
    }
  }

  @Override
  public void columnSums(
      float[] d,
      int offset,
      int stride,
      int rows,
      int fromColumn,
      int toColumn,
      float[] into,
      int intoOffset) {
    for (int c = fromColumn; c < toColumn; c++) {
      float sum = 0f;
      float lost = 0f;
      for (int r = 0; r < rows; r++) {
        float term = d[offset + r * stride + c];
        float next = sum + term;
        float added = next - sum;
        lost += (sum - (next - added)) + (term - added);
        sum = next;
      }
      into[intoOffset + c] = sum + lost;
    }
  }

  /** Writes y = exp(z - max z) for one row and returns their sum. */
  static float exponentials(float[] z, int zr, float[] y, int yr, int n) {
    float max = max(z, zr, n);
    for (int i = 0; i < n; i++) {
      y[yr + i] = ExpScalar.exp(z[zr + i] - max);
    }
    return Sums.sum(y, yr, n);
  }

  /**
   * Returns the largest element, passing over NaN. Which of two zeros wins makes no difference:
   * only differences from it are used, and exp(+0) = exp(-0).
   */
  static float max(float[] z, int zr, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = z[zr + i] > max ? z[zr + i] : max;
    }
    return max;
  }
}
