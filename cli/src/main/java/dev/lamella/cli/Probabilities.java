package dev.lamella.cli;

/** Outputs of a classifier as people read them. */
final class Probabilities {
  private Probabilities() {}

  /**
   * Turns logits into probabilities, in place.
   *
   * @param row (outputs)
   * @param oneOfMany whether one class is true (softmax) or each output stands for itself (sigmoid)
   */
  static void ofLogits(float[] row, boolean oneOfMany) {
    if (!oneOfMany) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (1 / (1 + StrictMath.exp(-(double) row[i])));
      }
      return;
    }
    double highest = row[highest(row)];
    double[] powers = new double[row.length];
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      powers[i] = StrictMath.exp(row[i] - highest);
      sum += powers[i];
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (powers[i] / sum);
    }
  }

  /** The index of the highest value, the first of equal ones. */
  static int highest(float[] row) {
    int highest = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[highest]) {
        highest = i;
      }
    }
    return highest;
  }
}
