package dev.lamella.train;

import dev.lamella.data.Dataset;
import dev.lamella.net.Network;
import java.util.List;
import java.util.Objects;

/** Checks that rows fit the network that is to learn from them. */
final class Shapes {

  private Shapes() {}

  /**
   * Checks a dataset.
   *
   * @param what what to call it
   * @throws IllegalArgumentException if it does not fit the network, or a target not the loss
   */
  static void check(String what, Dataset data, Network network, Loss loss) {
    check(what, data, network);
    loss.domain().check(loss, "the " + what, data, row -> row);
  }

  private static void check(String what, Dataset data, Network network) {
    if (data.rows() == 0) {
      throw new IllegalArgumentException("the " + what + " has no rows: give it at least one");
    }
    if (data.inputs() != network.inputs()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " has "
              + data.inputs()
              + " inputs, but the network takes "
              + network.inputs()
              + ": build it for the data's inputs");
    }
    if (!data.hasTargets()) {
      throw new IllegalArgumentException(
          "the " + what + " has no targets to compare with: give it targets or labels");
    }
    if (data.hasLabels()) {
      checkLabels(what, data, network.outputs());
    } else if (data.outputs() != network.outputs()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " has "
              + data.outputs()
              + " targets a row, but the network has "
              + network.outputs()
              + " outputs: end it with "
              + data.outputs()
              + " units");
    }
  }

  /** A list of what was given; null is told with its place. */
  static <T> List<T> list(String what, T[] given) {
    Objects.requireNonNull(given, what + "s");
    for (int i = 0; i < given.length; i++) {
      Objects.requireNonNull(given[i], what + " " + i);
    }
    return List.of(given);
  }

  private static void checkLabels(String what, Dataset data, int outputs) {
    int classes = data.classes();
    int known = Math.max(2, outputs); // one output tells two classes apart
    if (classes <= known) {
      return; // fewer classes than outputs: rows of the missing classes are in another file
    }
    int[] row = new int[1];
    int[] label = new int[1];
    for (int r = 0; r < data.rows(); r++) {
      row[0] = r;
      data.copyLabels(row, 0, 1, label, 0);
      if (label[0] >= known) {
        throw new IllegalArgumentException(
            "row "
                + r
                + " of the "
                + what
                + " has the label "
                + label[0]
                + ", but the network has "
                + outputs
                + (outputs == 1 ? " output" : " outputs")
                + ": end it with "
                + classes
                + " units");
      }
    }
  }

  /**
   * Checks the length of a flat array of {@code rows} rows.
   *
   * @param name what to call the array
   * @param width the numbers of a row
   * @param kind what the network calls them
   * @throws IllegalArgumentException if it does not fit
   */
  static void check(String name, int length, int rows, int width, String kind) {
    if (rows < 1) {
      throw new IllegalArgumentException("the batch has " + rows + " rows: give it at least one");
    }
    if (length != (long) rows * width) {
      throw new IllegalArgumentException(
          name
              + " has "
              + length
              + " numbers, but "
              + rows
              + " rows of the network's "
              + width
              + " "
              + kind
              + " are "
              + (long) rows * width);
    }
  }

  /**
   * Checks the labels of a batch.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  static void checkLabels(int[] labels, int outputs) {
    int classes = Math.max(2, outputs);
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            "row "
                + r
                + " of the batch has the label "
                + labels[r]
                + ", but the network's labels go from 0 to "
                + (classes - 1)
                + ": correct the label, or end the network with more units");
      }
    }
  }
}
