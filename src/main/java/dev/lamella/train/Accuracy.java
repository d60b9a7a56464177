package dev.lamella.train;

/** {@link Metric#ACCURACY}. */
final class Accuracy implements Metric {

  @Override
  public String text() {
    return "accuracy";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public double row(
      Loss loss, float[] output, int outputOffset, float[] target, int targetOffset, int n) {
    if (n > 1 && !loss.binary()) {
      return highest(output, outputOffset, n) == highest(target, targetOffset, n) ? 1 : 0;
    }
    float threshold = threshold(loss);
    int right = 0;
    for (int i = 0; i < n; i++) {
      if (output[outputOffset + i] > threshold == target[targetOffset + i] > 0.5f) {
        right++;
      }
    }
    return (double) right / n;
  }

  /** What an output must be above to say yes. */
  static float threshold(Loss loss) {
    return loss.binary() && loss.takesLogits() ? 0 : 0.5f;
  }

  /** The place of the highest value, the first of equal ones. */
  static int highest(float[] values, int offset, int n) {
    int highest = 0;
    for (int i = 1; i < n; i++) {
      if (values[offset + i] > values[offset + highest]) {
        highest = i;
      }
    }
    return highest;
  }

  @Override
  public String toString() {
    return text();
  }
}
