package dev.lamella.train;

import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;
import java.util.function.IntUnaryOperator;

/** Which numbers a loss can have as targets; with others its value means nothing. */
enum TargetDomain {
  /** Any number, for errors that are differences. */
  ANY,
  /** From 0 on, for counts and rates. */
  NOT_NEGATIVE,
  /** From 0 to 1, the probability that each output stands for. */
  PROBABILITIES,
  /** From 0 to 1 with the sum 1, the probabilities of the classes of a row. */
  DISTRIBUTION;

  /** How far rounding may take the sum of a distribution from 1. */
  private static final double TOLERANCE = 1e-3;

  private static final int ROWS = 256; // looked at together

  /**
   * Checks the targets of a dataset; labels are always right here.
   *
   * @param what to call it
   * @param number what number to call each row by
   * @throws IllegalArgumentException if a target is out of range
   */
  void check(Loss loss, String what, Dataset data, IntUnaryOperator number) {
    if (this == ANY || data.hasLabels()) {
      return;
    }
    int outputs = data.outputs();
    int[] order = Permutation.identity(Math.min(ROWS, data.rows())); // (some rows)
    float[] some = new float[Math.multiplyExact(order.length, outputs)]; // (some rows, outputs)
    for (int from = 0; from < data.rows(); from += order.length) {
      int rows = Math.min(order.length, data.rows() - from);
      data.rows(from, from + rows).copyTargets(order, 0, rows, some, 0);
      int wrong = firstWrong(some, rows, outputs);
      if (wrong >= 0) {
        int row = number.applyAsInt(from + wrong);
        throw new IllegalArgumentException(
            sentence(loss, "row " + row + " of " + what, some, wrong, outputs));
      }
    }
  }

  /**
   * Checks the targets of a batch; allocates nothing.
   *
   * @param y (rows, outputs)
   * @throws IllegalArgumentException if a target is out of range
   */
  void check(Loss loss, float[] y, int rows, int outputs) {
    int wrong = this == ANY ? -1 : firstWrong(y, rows, outputs);
    if (wrong >= 0) {
      throw new IllegalArgumentException(
          sentence(loss, "row " + wrong + " of the batch", y, wrong, outputs));
    }
  }

  private int firstWrong(float[] y, int rows, int outputs) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < outputs; i++) {
        float target = y[r * outputs + i];
        if (!allows(target)) {
          return r;
        }
        sum += target;
      }
      if (this == DISTRIBUTION && !(Math.abs(sum - 1) <= TOLERANCE)) {
        return r;
      }
    }
    return -1;
  }

  private boolean allows(float target) {
    return switch (this) {
      case ANY -> true;
      case NOT_NEGATIVE -> target >= 0;
      case PROBABILITIES, DISTRIBUTION -> target >= 0 && target <= 1;
    };
  }

  private String sentence(Loss loss, String place, float[] y, int row, int outputs) {
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      float target = y[row * outputs + i];
      if (!allows(target)) {
        return place
            + " has the target "
            + target
            + (outputs == 1 ? "" : " in column " + i)
            + ", but the loss "
            + loss.text()
            + " takes "
            + (this == NOT_NEGATIVE ? "0 and more" : "0 to 1")
            + ": "
            + wayOut();
      }
      sum += target;
    }
    return "the targets of "
        + place
        + " sum to "
        + (float) sum
        + ", but the loss "
        + loss.text()
        + " takes the probabilities of the classes, which sum to 1: divide each row by its sum, or"
        + " use a binary cross-entropy where several classes may be true";
  }

  private String wayOut() {
    String numbers = "for numbers use the loss mse and a linear last layer";
    return switch (this) {
      case ANY, NOT_NEGATIVE -> numbers;
      case PROBABILITIES -> "write no as 0 and yes as 1; " + numbers;
      case DISTRIBUTION -> "write the probability of each class; " + numbers;
    };
  }
}
