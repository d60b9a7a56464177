package dev.lamella.kernel;

/**
 * Rows of floats in an array: row r starts at {@code offset + r * stride}.
 *
 * <p>Its owner points it at one array after the other, so that a call with arrays of a user
 * allocates nothing; a kernel that was handed one reads it and never keeps it.
 */
public final class Rows {

  /** An array of so few floats may be kept. */
  private static final int SMALL = 4096;

  private static final float[] NOTHING = {};

  float[] array;
  int offset;
  int stride;
  boolean transposed;

  private Rows(float[] array, int offset, int stride) {
    this.array = array;
    this.offset = offset;
    this.stride = stride;
  }

  /** Returns rows that start at {@code offset}, {@code stride} floats from one to the next. */
  public static Rows of(float[] array, int offset, int stride) {
    return new Rows(array, offset, stride);
  }

  /** Points at other rows. */
  @SuppressWarnings("ReferenceEquality") // the same array: most often it is, and writing costs
  public Rows set(float[] array, int offset, int stride) {
    if (this.array != array) {
      this.array = array;
    }
    this.offset = offset;
    this.stride = stride;
    this.transposed = false;
    return this;
  }

  /**
   * Lets go of an array that is worth it: whoever waits for work does not hold a batch of its
   * caller.
   */
  public void release() {
    if (array.length > SMALL) {
      array = NOTHING;
    }
  }

  /** Says whether a general product takes the matrix of these rows transposed. */
  public Rows transposed(boolean whether) {
    this.transposed = whether;
    return this;
  }

  /** Returns whether a general product takes the matrix of these rows transposed. */
  public boolean isTransposed() {
    return transposed;
  }

  /** Returns the array that the rows stand in. */
  public float[] array() {
    return array;
  }

  /** Returns where a row starts. */
  public int at(int row) {
    return offset + row * stride;
  }

  /** Returns the floats from one row to the next. */
  public int stride() {
    return stride;
  }
}
