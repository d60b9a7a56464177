package dev.lamella.kernel;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;

/**
 * A matrix of (inputs, units) floats kept off the heap in panels of 32 units.
 *
 * <p>Panel {@code j} holds units [32 j, 32 j + 32) as (inputs, 32), one input's 32 weights side by
 * side: a kernel walks down a panel with a constant stride, which is what lets the compiler drop
 * its range checks. Where at most 16 units are left, the last panel is (inputs, 16). Columns past
 * the last unit are padding: always zero.
 *
 * @param memory off the heap, 64-byte aligned
 * @param offset where the first panel starts, in floats; a multiple of 16
 * @param inputs the rows of the matrix, not negative
 * @param units the columns of the matrix, not negative
 */
public record Panels(MemorySegment memory, long offset, int inputs, int units) {

  /** The units of a whole panel. */
  public static final int WIDTH = 32;

  /** The units of a last panel that has at most so many. */
  public static final int NARROW = 16;

  /** Returns a matrix of zeros in memory of its own. */
  public static Panels zeros(int inputs, int units) {
    return new Panels(Memory.floats(floats(inputs, units)), 0, inputs, units);
  }

  /**
   * Returns the columns that {@code units} units take with their padding: 0, or a multiple of 16.
   */
  public static int padded(int units) {
    int rest = units % WIDTH;
    return units - rest + (rest == 0 ? 0 : rest <= NARROW ? NARROW : WIDTH);
  }

  /** Returns the floats that such a matrix takes. */
  public static long floats(int inputs, int units) {
    return (long) inputs * padded(units);
  }

  /** Returns the number of panels. */
  public int count() {
    return (units + WIDTH - 1) / WIDTH;
  }

  /** Returns the number of whole, 32 units wide panels; at most one narrow panel follows them. */
  int wide() {
    return padded(units) / WIDTH;
  }

  /** Returns the width of a panel: 32 or 16. */
  int width(int panel) {
    return panel < wide() ? WIDTH : NARROW;
  }

  /** Returns where a panel starts, in floats. */
  long start(int panel) {
    return offset + (long) panel * WIDTH * inputs;
  }

  /** Returns where the weight from an input to a unit stands, in floats. */
  long index(int input, int unit) {
    int panel = unit / WIDTH;
    return start(panel) + (long) input * width(panel) + unit % WIDTH;
  }
}
