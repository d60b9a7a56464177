package dev.lamella.train;

/**
 * A metric of one output alone.
 *
 * @param metric what to measure
 * @param output of which output
 * @param text such as {@code mae_price}
 */
record OutputMetric(Metric metric, int output, String text) implements Metric {
  @Override
  public boolean higherIsBetter() {
    return metric.higherIsBetter();
  }

  @Override
  public double row(Loss loss, float[] outputs, int at, float[] target, int targetAt, int n) {
    return metric.row(loss, outputs, at + output, target, targetAt + output, 1);
  }
}
