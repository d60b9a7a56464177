package dev.lamella.train;

import dev.lamella.base.Words;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A number that people read to judge a network, averaged over rows; unlike a {@link Loss} it has no
 * gradient.
 *
 * <p>Rows are judged on several threads at once, so an implementation of one's own must not keep
 * state.
 */
public interface Metric {

  /**
   * The share of rows, 0 to 1, whose answer is right.
   *
   * <p>Several outputs: the highest output is at the highest target (the label); of equal ones the
   * first counts. One output, or a binary cross-entropy: each output is on the target's side of one
   * half (of 0 where the loss takes logits), and a row counts by its share of such outputs.
   */
  Metric ACCURACY = new Accuracy();

  /** The mean absolute error over all outputs of a row. */
  Metric MAE = new MeanError("mae", false);

  /** The mean squared error over all outputs of a row. */
  Metric MSE = new MeanError("mse", true);

  /**
   * Returns the metric that a word names: accuracy, mae or mse.
   *
   * @param word such as {@code accuracy}; upper and lower case are the same
   * @return the metric
   * @throws IllegalArgumentException if there is none; the message lists those that exist and
   *     suggests the nearest
   */
  static Metric of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "accuracy" -> ACCURACY;
      case "mae" -> MAE;
      case "mse" -> MSE;
      default ->
          throw new IllegalArgumentException(
              Words.unknown("metric", word, List.of("accuracy", "mae", "mse")));
    };
  }

  /**
   * Returns a metric of one output alone, where each is a number of its own.
   *
   * @param metric what to measure
   * @param output of which output, from 0
   * @param name of the output, which follows the metric's: {@code mae_price}
   * @return the metric
   */
  static Metric ofOutput(Metric metric, int output, String name) {
    Objects.requireNonNull(name, "name");
    return new OutputMetric(metric, output, metric.text() + "_" + name);
  }

  /**
   * {@return the text that {@link #of} reads: the column in a {@link History}, the word on a
   * progress line}
   */
  String text();

  /** {@return whether a higher value is the better one} */
  boolean higherIsBetter();

  /**
   * Judges one row.
   *
   * @param loss the loss of the training: tells whether outputs are logits
   * @param output the network's outputs
   * @param outputOffset where the row starts in {@code output}
   * @param target the targets; for labels 1 at the label, else 0
   * @param targetOffset where the row starts in {@code target}
   * @param n the outputs of a row
   * @return the row's value; the metric is the mean over rows
   */
  double row(Loss loss, float[] output, int outputOffset, float[] target, int targetOffset, int n);
}
