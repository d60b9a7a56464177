package dev.lamella.data;

import dev.lamella.base.Flat;

/** Checks of arrays that hold rows: (rows, width), one row after the other. */
final class Arrays2d {
  static final int MAX_LENGTH = Flat.MAX_LENGTH;

  private Arrays2d() {}

  /** One array of equally long rows; the first row tells the width. */
  static float[] flat(String name, float[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(name + " has no rows; there is nothing to learn from");
    }
    int width = rows[0].length;
    return Flat.of(
        name, rows, width, "row 0 has %d; all rows need the same length".formatted(width));
  }

  /** Rows of numbers rounded to float. */
  static float[][] floats(String name, double[][] rows) {
    float[][] floats = new float[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      float[] row = new float[rows[r].length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) rows[r][i];
        if (Float.isInfinite(row[i]) && Double.isFinite(rows[r][i])) {
          throw new IllegalArgumentException(
              "row %d, column %d of %s is %s, too large for a float; scale the column, or leave it out"
                  .formatted(r, i, name, rows[r][i]));
        }
      }
      floats[r] = row;
    }
    return floats;
  }

  /** The number of rows in a flat array, all finite. */
  static int rows(String name, float[] values, int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "a row of %s needs at least 1 number, not %d".formatted(name, width));
    }
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " has no rows; there is nothing to learn from");
    }
    if (values.length % width != 0) {
      throw new IllegalArgumentException(
          "%s has %d numbers, which do not make whole rows of %d"
              .formatted(name, values.length, width));
    }
    int bad = nonFinite(values);
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "row %d, column %d of %s is %s; only finite numbers can be learned from"
              .formatted(bad / width, bad % width, name, values[bad]));
    }
    return values.length / width;
  }

  /** The index of the first NaN or infinity, or -1. */
  static int nonFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Each row of inputs needs what it should lead to. */
  static void requireRows(int rows, int others, String what) {
    if (rows != others) {
      throw new IllegalArgumentException(
          "%d rows of inputs stand beside %d %s; each row needs one".formatted(rows, others, what));
    }
  }

  static void requireLabels(int[] labels, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("labels need at least 1 class, not " + classes);
    }
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            "row %d has label %d, but %d classes have the labels 0 to %d"
                .formatted(r, labels[r], classes, classes - 1));
      }
    }
  }
}
