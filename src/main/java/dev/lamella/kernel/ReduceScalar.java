package dev.lamella.kernel;

import dev.lamella.formula.Exp;
import java.util.Arrays;

/** The reference: one row after the other. */
final class ReduceScalar extends Reduce {

  @Override
  public void softmax(float[] y, int offset, int stride, int rows, int n) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      float sum = exponentials(y, row, y, row, n);
      for (int i = row; i < row + n; i++) {
        y[i] = y[i] / sum;
      }
      Arrays.fill(y, row + n, row + padded(n), 0f);
    }
  }

  @Override
  public void softmaxDerivative(float[] y, float[] delta, int offset, int stride, int rows, int n) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      float mean = Sums.dot(delta, row, y, row, n);
      for (int i = row; i < row + n; i++) {
        delta[i] = y[i] * (delta[i] - mean);
      }
      Arrays.fill(delta, row + n, row + padded(n), 0f);
    }
  }

  @Override
  public void columnSums(Rows d, int rows, int fromColumn, int toColumn, float[] into, int at) {
    for (int c = fromColumn; c < toColumn; c++) {
      float sum = 0f;
      float lost = 0f;
      for (int r = 0; r < rows; r++) {
        float term = d.array[d.at(r) + c];
        float next = sum + term;
        float added = next - sum;
        lost += (sum - (next - added)) + (term - added);
        sum = next;
      }
      into[at + c] = sum + lost;
    }
  }

  /** Writes y = exp(z - max z) for one row and returns their sum. */
  static float exponentials(float[] z, int zr, float[] y, int yr, int n) {
    float max = max(z, zr, n);
    for (int i = 0; i < n; i++) {
      y[yr + i] = Exp.exp(z[zr + i] - max);
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
