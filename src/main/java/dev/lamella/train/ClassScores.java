package dev.lamella.train;

import dev.lamella.base.ArgMax;
import dev.lamella.data.Dataset;
import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How well a network knows each class: what the accuracy, one number for all, does not show.
 *
 * <p>Of the rows of a class, its <i>recall</i> is the share that the network finds; of the rows
 * that the network says are of the class, its <i>precision</i> is the share that are.
 */
public final class ClassScores {

  private final AtomicLongArray rows; // (classes): of the class
  private final AtomicLongArray answers; // (classes): said to be of the class
  private final AtomicLongArray right; // (classes): both

  private ClassScores(int classes) {
    rows = new AtomicLongArray(classes);
    answers = new AtomicLongArray(classes);
    right = new AtomicLongArray(classes);
  }

  /**
   * Asks a network about rows, on all processors.
   *
   * <p>The class of a row is its label or its highest target; the answer is the highest output, the
   * first of equal ones. One output tells two classes apart, 0 and 1, as it does for {@link
   * Metric#ACCURACY}.
   *
   * @param network what to ask
   * @param loss tells whether outputs are logits
   * @param data rows of the network's inputs and outputs
   * @return the scores of each class
   * @throws IllegalArgumentException if the rows or the loss do not fit the network, or each of
   *     several outputs is a yes or no of its own
   */
  public static ClassScores of(Network network, Loss loss, Dataset data) {
    if (loss.binary() && network.outputs() > 1) {
      throw new IllegalArgumentException(
          "the loss "
              + loss.text()
              + " takes each of the "
              + network.outputs()
              + " outputs for a yes or no of its own, but classes exclude each other: use a network"
              + " with one output, or a cross-entropy");
    }
    ClassScores scores = new ClassScores(Math.max(2, network.outputs()));
    Evaluation.of(network, loss, data, scores.new Counter());
    return scores;
  }

  /** {@return the number of classes} */
  public int classes() {
    return rows.length();
  }

  /**
   * Returns how many rows are of a class.
   *
   * @param label from 0
   * @return the rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public long rows(int label) {
    return rows.get(label);
  }

  /**
   * Returns how many rows the network says are of a class.
   *
   * @param label from 0
   * @return the answers
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public long answers(int label) {
    return answers.get(label);
  }

  /**
   * Returns the share of a class's rows that the network finds.
   *
   * @param label from 0
   * @return 0 to 1, or NaN where no row is of the class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int label) {
    return (double) right.get(label) / rows.get(label);
  }

  /**
   * Returns the share of the rows said to be of a class that are.
   *
   * @param label from 0
   * @return 0 to 1, or NaN where the network never answers so
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int label) {
    return (double) right.get(label) / answers.get(label);
  }

  /** {@return the classes that rows are of and that the network never answers, ascending} */
  public List<Integer> neverAnswered() {
    List<Integer> never = new ArrayList<>();
    for (int label = 0; label < classes(); label++) {
      if (rows(label) > 0 && answers(label) == 0) {
        never.add(label);
      }
    }
    return List.copyOf(never);
  }

  /** Counts rows, on whichever threads they are judged: sums of ones know no order. */
  private final class Counter implements Metric {
    @Override
    public String text() {
      return "class scores";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }

    @Override
    public double row(
        Loss loss, float[] output, int outputOffset, float[] target, int targetOffset, int n) {
      int truth = label(target, targetOffset, n, 0.5f);
      int answer = label(output, outputOffset, n, Accuracy.threshold(loss));
      rows.incrementAndGet(truth);
      answers.incrementAndGet(answer);
      if (truth == answer) {
        right.incrementAndGet(truth);
      }
      return truth == answer ? 1 : 0;
    }

    private static int label(float[] values, int offset, int n, float threshold) {
      return n == 1 ? (values[offset] > threshold ? 1 : 0) : ArgMax.of(values, offset, n);
    }
  }
}
