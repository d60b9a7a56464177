package dev.lamella.data;

import java.util.Arrays;

/**
 * What the rows should lead to: numbers, labels, or nothing when there is only something to ask.
 */
sealed interface Targets {
  /** The length of a row of targets; the number of classes for labels. */
  int width();

  /** Writes the targets of one row as floats, labels as one-hot. */
  void copy(int row, float[] into, int offset);

  /** Such as {@code labels of 10 classes}. */
  default String describe() {
    return switch (this) {
      case Labels labels -> "labels of " + labels.width() + " classes";
      case Numbers numbers -> numbers.width() + " numbers as target";
      case None none -> "no targets";
    };
  }

  /** Rows of numbers. */
  final class Numbers implements Targets {
    private final float[] values; // (rows, width)
    private final int width;

    Numbers(float[] values, int width) {
      this.values = values;
      this.width = width;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void copy(int row, float[] into, int offset) {
      System.arraycopy(values, row * width, into, offset, width);
    }
  }

  /** One class for each row. */
  final class Labels implements Targets {
    private final int[] values; // (rows), each in [0, classes)
    private final int classes;

    Labels(int[] values, int classes) {
      this.values = values;
      this.classes = classes;
    }

    int label(int row) {
      return values[row];
    }

    @Override
    public int width() {
      return classes;
    }

    @Override
    public void copy(int row, float[] into, int offset) {
      Arrays.fill(into, offset, offset + classes, 0);
      into[offset + values[row]] = 1;
    }
  }

  /** No targets: rows to predict. */
  record None() implements Targets {
    @Override
    public int width() {
      return 0;
    }

    @Override
    public void copy(int row, float[] into, int offset) {
      // No columns to write.
    }
  }
}
