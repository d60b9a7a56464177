package dev.lamella.kernel;

/** A register tile: the code for one {@link TileShape}. */
abstract class Tile {

  Tile() {}

  /**
   * Computes one tile of c.
   *
   * @param p what all tiles of the product share
   * @param a where the tile's rows of a start
   * @param b where the tile's columns of b start: bytes off the heap, floats on it
   * @param bias where the columns' bias starts, in bytes
   * @param c where the tile starts in c
   * @param k how many terms each sum has
   */
  abstract void run(ProductVector p, int a, long b, long bias, int c, int k);
}
