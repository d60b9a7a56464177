package dev.lamella.train;

import java.util.List;

/**
 * The sentences for a training whose numbers are no longer finite: where, likely why, the way out.
 */
final class Failures {

  private Failures() {}

  /**
   * Says what is wrong.
   *
   * @param what the place, such as {@code the loss of epoch 2, step 7 is NaN}
   * @param at with the {@code rows} of the batch
   */
  static String sentence(String what, Learner learner, double learningRate, Backprop at, int rows) {
    String cell = notFinite("input", at.inputs(), rows, learner.inputs(), learner.inputs());
    if (cell.isEmpty()) {
      cell = notFinite("target", at.targets(), rows, learner.outputs(), at.targetStride());
    }
    if (!cell.isEmpty()) {
      return what + ", because " + cell + ": leave such rows out; no weight was changed by them";
    }
    if (learner.steps() == 0) {
      return what
          + " before any weight was changed, so the numbers that come in are too large (the largest"
          + " input is "
          + largest(at.inputs(), rows * learner.inputs())
          + "): scale inputs and targets, or start with smaller weights";
    }
    return what
        + ", most likely because the learning rate "
        + (float) learningRate
        + " is too high and the weights grew without bound: use a lower one";
  }

  /** Says that steps without a bad loss have led to weights that are not finite. */
  static TrainingException grown(Learner learner) {
    return new TrainingException(
        "a weight is no longer finite after step "
            + learner.steps()
            + ", most likely because the learning rate is too high: use a lower one; the"
            + " trainer has gone back to the last good network",
        new History(learner.network(), List.of()));
  }

  private static String notFinite(String kind, float[] values, int rows, int columns, int stride) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float value = values[row * stride + column];
        if (!Float.isFinite(value)) {
          return "row "
              + row
              + " of the batch has the "
              + kind
              + " "
              + value
              + " in column "
              + column;
        }
      }
    }
    return "";
  }

  private static float largest(float[] values, int count) {
    float largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
