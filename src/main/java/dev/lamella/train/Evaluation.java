package dev.lamella.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a network answers rows: its mean loss and metrics.
 *
 * @param rows the rows asked
 * @param loss the mean loss
 * @param metrics the metrics by name, in the order they were asked for
 */
public record Evaluation(int rows, double loss, Map<String, Double> metrics) {

  /** Copies the metrics. */
  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns one metric.
   *
   * @param metric one of the trainer's metrics
   * @return its mean over the rows
   * @throws IllegalArgumentException if the trainer was not asked for it
   */
  public double metric(Metric metric) {
    Double value = metrics.get(metric.name());
    if (value == null) {
      throw new IllegalArgumentException(
          "the metric "
              + metric.name()
              + " was not measured, only "
              + metrics.keySet()
              + ": add it to the trainer's metrics");
    }
    return value;
  }
}
