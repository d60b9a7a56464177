package dev.lamella.kernel;

/** The code for the dot products of a number of rows with one vector. */
abstract class Dots {

  Dots() {}

  /**
   * Writes the virtual lanes of each row's dot product over whole sixteens of n.
   *
   * @param row the first row of a
   * @param x (n) from {@code xo}
   * @param lanes (rows, 16)
   */
  abstract void run(Rows a, int row, int n, float[] x, int xo, float[] lanes);
}
