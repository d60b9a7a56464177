package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;

/** The code that transposes a block of eight rows, from the heap or from off it. */
abstract class Transpose {

  /** The rows of a block. */
  static final int ROWS = 8;

  Transpose() {}

  /**
   * Transposes one block of eight rows of as many columns as a vector has lanes.
   *
   * @param heap the source, where it stands on the heap
   * @param memory the source, where it does not
   * @param from where the source starts, in floats
   * @param stride from one row of the source to the next, in floats
   * @param into receives columns as rows of eight, off the heap
   * @param to where they start, in bytes
   * @param step from one of them to the next, in bytes
   */
  abstract void block(
      float[] heap,
      MemorySegment memory,
      long from,
      long stride,
      MemorySegment into,
      long to,
      long step);
}
