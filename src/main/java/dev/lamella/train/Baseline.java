package dev.lamella.train;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.util.Arrays;
import java.util.List;

/**
 * The answer that needs no network: for numbers always their mean, for classes always the most
 * frequent one, with the shares of the classes as probabilities.
 *
 * <p>Measured on the same rows, by the same loss and metrics, it is what a network must beat to
 * have learned something. An accuracy of 0.98 says nothing where 98 of 100 rows are of one class.
 */
public final class Baseline {

  /** Probabilities are kept this far from 0 and 1, so that a class without rows has a loss. */
  private static final double LEAST = 1e-7;

  private final double[] means; // (outputs): of the targets; for labels the share of each class

  private Baseline(double[] means) {
    this.means = means;
  }

  /**
   * Finds the answer.
   *
   * @param data the rows to take it from, as a rule those that the network was trained on
   * @param outputs those of the network; one output tells two classes apart
   * @return the answer
   * @throws IllegalArgumentException if there are no rows or no targets, or rows have another
   *     number of targets
   */
  public static Baseline of(Dataset data, int outputs) {
    if (data.rows() == 0 || !data.hasTargets()) {
      throw new IllegalArgumentException(
          "the data has "
              + data.rows()
              + " rows and "
              + data.outputs()
              + " targets a row, but a baseline is a mean over targets: give it rows with targets");
    }
    boolean oneForTwo = data.hasLabels() && outputs == 1 && data.classes() <= 2;
    if (data.outputs() != outputs
        && !oneForTwo
        && !(data.hasLabels() && data.classes() < outputs)) {
      throw new IllegalArgumentException(
          "the data has "
              + data.outputs()
              + " targets a row, but the baseline was asked for "
              + outputs
              + " outputs: ask for as many as the data has");
    }
    double[] sums = new double[outputs];
    int[] row = new int[1];
    int[] label = new int[1];
    float[] targets = new float[data.outputs()];
    for (int r = 0; r < data.rows(); r++) {
      row[0] = r;
      if (data.hasLabels()) {
        data.copyLabels(row, 0, 1, label, 0);
        sums[oneForTwo ? 0 : label[0]] += oneForTwo ? label[0] : 1;
      } else {
        data.copyTargets(row, 0, 1, targets, 0);
        for (int i = 0; i < outputs; i++) {
          sums[i] += targets[i];
        }
      }
    }
    return new Baseline(Arrays.stream(sums).map(sum -> sum / data.rows()).toArray());
  }

  /**
   * Returns what is always answered.
   *
   * @param output from 0
   * @return the mean of its targets; for classes the share of the rows that are of this one
   * @throws IndexOutOfBoundsException if there is no such output
   */
  public double mean(int output) {
    return means[output];
  }

  /**
   * {@return the class that is always answered: of several outputs the most frequent, of equal ones
   * the first; of one output 1 if more than half of the rows are, else 0}
   */
  public int mostFrequent() {
    if (means.length == 1) {
      return means[0] > 0.5 ? 1 : 0;
    }
    int most = 0;
    for (int i = 1; i < means.length; i++) {
      most = means[i] > means[most] ? i : most;
    }
    return most;
  }

  /**
   * Measures the answer as {@link Evaluation#of} measures a network.
   *
   * @param loss the loss to measure
   * @param data rows of as many outputs
   * @param metrics what else to measure
   * @return the mean loss and the metrics
   * @throws IllegalArgumentException if the rows do not fit the outputs or the loss
   */
  public Evaluation evaluate(Loss loss, Dataset data, Metric... metrics) {
    return Evaluation.of(network(loss, data.inputs()), loss, data, metrics);
  }

  /** The network whose weights are 0 and whose biases make it answer so. */
  private Network network(Loss loss, int inputs) {
    Activation activation = loss.needed(Activation.LINEAR);
    Dense layer = new Dense(inputs, means.length, activation, true);
    float[] parameters = new float[Math.multiplyExact(inputs + 1, means.length)];
    for (int i = 0, bias = inputs * means.length; i < means.length; i++) {
      double p = Math.clamp(means[i], LEAST, 1 - LEAST);
      parameters[bias + i] =
          (float)
              (loss.binary()
                  ? StrictMath.log(p / (1 - p))
                  : loss.categorical() ? StrictMath.log(p) : means[i]);
    }
    return Network.of(List.of(layer), parameters);
  }
}
