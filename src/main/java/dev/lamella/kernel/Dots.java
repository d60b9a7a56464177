package dev.lamella.kernel;

/** The code for the dot products of a number of rows with one vector. */
abstract class Dots {

  /** Where scratch holds the last elements of x, those after whole sixteens. */
  static final int X = 0;

  /** Where scratch holds the last elements of up to eight rows, sixteen floats each. */
  static final int A = 16;

  /** Where scratch receives the sums, row r's at {@link Tiles#sumOf}. */
  static final int SUMS = A + 8 * 16;

  /** The floats of scratch. */
  static final int SCRATCH = SUMS + 16;

  Dots() {}

  /**
   * Writes each row's dot product into scratch.
   *
   * @param row the first row of a
   * @param x (n) from {@code xo}
   * @param copied whether the rows' last elements stand in scratch, because vectors would reach
   *     past a
   */
  abstract void run(Rows a, int row, int n, float[] x, int xo, float[] scratch, boolean copied);
}
