package dev.lamella.train;

/** {@link Metric#MAE} and {@link Metric#MSE}. */
final class MeanError implements Metric {

  private final String text;
  private final boolean squared;

  MeanError(String text, boolean squared) {
    this.text = text;
    this.squared = squared;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double row(
      Loss loss, float[] output, int outputOffset, float[] target, int targetOffset, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double error = (double) output[outputOffset + i] - target[targetOffset + i];
      sum += squared ? error * error : Math.abs(error);
    }
    return sum / n;
  }

  @Override
  public String toString() {
    return text;
  }
}
