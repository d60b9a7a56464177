package dev.lamella.kernel;

/**
 * What is constant in a register tile: everything that its loop must not find in a variable.
 *
 * @param rows the rows of c, whose elements of a are broadcast
 * @param vectors the vectors of columns: 1, 2, 4 or 8; at most 16 sums in all
 * @param columns whether the rows of a are neighbours in memory, so that a stands in columns
 * @param store how b stands in memory
 * @param every 1, or 4 for one of the four chains of a narrow panel: every fourth term
 * @param epilogue whether bias and lower bound follow
 */
record TileShape(int rows, int vectors, boolean columns, Store store, int every, boolean epilogue) {

  /** How the second factor stands in memory. */
  enum Store {
    /** Off the heap, in a panel of 32 columns. */
    WIDE(0),
    /** Off the heap, in a panel of 16 columns. */
    NARROW(1),
    /** On the heap, just the columns of the tile. */
    STRIP(2),
    /** On the heap, in rows of the caller. */
    ROWS(3);

    final int number;

    Store(int number) {
      this.number = number;
    }
  }
}
