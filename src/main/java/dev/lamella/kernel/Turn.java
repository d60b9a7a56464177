package dev.lamella.kernel;

/** The code that puts rows of few columns side by side, and one after the other again. */
abstract class Turn {

  /** The most columns that there is code for; the least is two. */
  static final int MOST = 4;

  Turn() {}

  /**
   * Puts rows side by side, as many whole vectors of them as there are.
   *
   * @param in (rows, columns) from {@code offset}
   * @param out (columns, {@link Across#ROWS})
   * @return how many rows that were
   */
  abstract int in(float[] in, int offset, int rows, float[] out);

  /**
   * Puts rows one after the other, as many whole vectors of them as there are.
   *
   * @param in (columns, {@link Across#ROWS})
   * @param out (rows, columns) from {@code offset}
   * @return how many rows that were
   */
  abstract int out(float[] in, int rows, float[] out, int offset);
}
