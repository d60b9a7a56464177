package dev.lamella.train;

import dev.lamella.data.Dataset;
import dev.lamella.net.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How well a network answers rows: its mean loss and metrics.
 *
 * @param rows the rows asked
 * @param loss the mean loss
 * @param metrics the metrics by name, in the order they were asked for
 */
public record Evaluation(int rows, double loss, Map<String, Double> metrics) {

  /** Rows at a time: enough for the products, and for every thread. Bits do not depend on it. */
  private static final int BATCH = 512;

  /** Copies the metrics. */
  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Asks a network about rows, on all processors.
   *
   * @param network what to ask
   * @param loss the loss to measure
   * @param data rows of the network's inputs and outputs
   * @param metrics what else to measure
   * @return the mean loss and the metrics
   * @throws IllegalArgumentException if the rows or the loss do not fit the network
   */
  public static Evaluation of(Network network, Loss loss, Dataset data, Metric... metrics) {
    Objects.requireNonNull(metrics, "metrics");
    return Trainer.of(network, loss, Sgd.of(0)).batchSize(BATCH).metrics(metrics).evaluate(data);
  }

  /**
   * Returns one metric.
   *
   * @param metric one of the trainer's metrics
   * @return its mean over the rows
   * @throws IllegalArgumentException if the trainer was not asked for it
   */
  public double metric(Metric metric) {
    Double value = metrics.get(metric.text());
    if (value == null) {
      throw new IllegalArgumentException(
          "the metric "
              + metric.text()
              + " was not measured, only "
              + metrics.keySet()
              + ": add it to the trainer's metrics");
    }
    return value;
  }
}
