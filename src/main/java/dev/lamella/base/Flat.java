package dev.lamella.base;

import java.util.Objects;

/** Rows of numbers, one after the other in one array. */
public final class Flat {
  /** The largest number of elements that every JVM allows in one array. */
  public static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private Flat() {}

  /**
   * Copies rows into one array.
   *
   * @param name of the rows, for a message
   * @param rows (rows, width)
   * @param width the length that each row needs
   * @param reason why it needs that, to end the sentence for a row of another length, such as
   *     {@code the network takes 4 inputs}
   * @return (rows, width)
   * @throws IllegalArgumentException if a row has another length, or all are too many for one array
   */
  public static float[] of(String name, float[][] rows, int width, String reason) {
    if ((long) rows.length * width > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s has %d rows of %d numbers, more than the %d that fit in one array; give some of them at a time"
              .formatted(name, rows.length, width, MAX_LENGTH));
    }
    float[] flat = new float[rows.length * width]; // (rows, width)
    for (int r = 0; r < rows.length; r++) {
      float[] row = Objects.requireNonNull(rows[r], name);
      if (row.length != width) {
        throw new IllegalArgumentException(
            "row %d of %s has %d numbers, but %s".formatted(r, name, row.length, reason));
      }
      System.arraycopy(row, 0, flat, r * width, width);
    }
    return flat;
  }
}
