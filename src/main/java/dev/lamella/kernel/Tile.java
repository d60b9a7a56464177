package dev.lamella.kernel;

/** A register tile: the code for one {@link TileShape}. */
abstract class Tile {

  Tile() {}

  /**
   * Computes one tile of c. Arrays are handed over, not kept in {@code p}: to write a reference to
   * the heap, as often as once a tile, costs more than a small tile.
   *
   * @param p what all tiles of the product share
   * @param a holds the first factor
   * @param ao where the tile's rows of a start
   * @param b the second factor, where it stands on the heap
   * @param bo where the tile's columns of b start: bytes off the heap, floats on it
   * @param c holds the result
   * @param co where the tile starts in c
   * @param k how many terms each sum has
   */
  abstract void run(
      ProductVector p, float[] a, int ao, float[] b, long bo, float[] c, int co, int k);
}
