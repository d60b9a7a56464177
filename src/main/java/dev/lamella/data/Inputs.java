package dev.lamella.data;

import dev.lamella.kernel.Kernels;

/**
 * Where the numbers of the rows stand: rows of equal length, one after the other.
 *
 * <p>Bytes stay bytes until a batch is gathered; a file of 60,000 images costs 47 MB and not 188.
 */
sealed interface Inputs {
  /** The number of rows. */
  int rows();

  /** The length of a row. */
  int width();

  /** Writes {@code scale} times the numbers of one row to {@code into} from {@code offset}. */
  void copy(int row, float scale, float[] into, int offset);

  /** Refuses a factor that makes a number infinite; bytes and small factors keep all finite. */
  default void requireInRange(float scale) {
    if (this instanceof Floats floats && !(Math.abs(scale) <= 1)) {
      floats.requireFinite(scale);
    }
  }

  /** Rows of floats. */
  final class Floats implements Inputs {
    private final float[] values; // (rows, width)
    private final int rows;
    private final int width;

    Floats(float[] values, int rows, int width) {
      this.values = values;
      this.rows = rows;
      this.width = width;
    }

    /** Refuses numbers that are too large once multiplied. */
    void requireFinite(float scale) {
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i] * scale)) {
          throw new IllegalArgumentException(
              "row %d, column %d of the inputs is %s, too large for a float once multiplied by %s; correct it, or leave the row out"
                  .formatted(i / width, i % width, values[i], scale));
        }
      }
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void copy(int row, float scale, float[] into, int offset) {
      int from = row * width;
      if (scale == 1) {
        System.arraycopy(values, from, into, offset, width);
        return;
      }
      for (int i = 0; i < width; i++) {
        into[offset + i] = values[from + i] * scale;
      }
    }
  }

  /** Rows of unsigned bytes, 0 to 255. */
  final class Bytes implements Inputs {
    private final byte[] values; // (rows, width)
    private final int rows;
    private final int width;

    Bytes(byte[] values, int rows, int width) {
      this.values = values;
      this.rows = rows;
      this.width = width;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void copy(int row, float scale, float[] into, int offset) {
      Kernels.active().convert().bytes(values, row * width, scale, 0, into, offset, width);
    }
  }
}
