package dev.lamella.train;

import dev.lamella.base.ArgMax;

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
      return ArgMax.of(output, outputOffset, n) == ArgMax.of(target, targetOffset, n) ? 1 : 0;
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

  @Override
  public String toString() {
    return text();
  }
}
