package dev.lamella.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Aligned memory off the heap, for weight panels and everything that stands beside them. */
public final class Memory {

  /** One cache line, and one 512-bit vector: arrays on the heap never start at such an address. */
  private static final long ALIGNMENT = 64;

  /** The class of a segment outside the heap; see {@link #checkNative}. */
  private static final Class<?> NATIVE = floats(1).getClass();

  private Memory() {}

  /**
   * Returns {@code count} zero floats, freed when the segment becomes unreachable.
   *
   * @param count how many floats, not negative
   */
  public static MemorySegment floats(long count) {
    return Arena.ofAuto().allocate(Math.max(1, count) * Float.BYTES, ALIGNMENT);
  }

  /** Returns float {@code index} of the memory. */
  public static float get(MemorySegment memory, long index) {
    return memory.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  /** Sets float {@code index} of the memory. */
  public static void set(MemorySegment memory, long index, float value) {
    memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }

  /**
   * Tells the compiler the exact class of a segment, once at the top of a kernel.
   *
   * <p>Vector access to a segment goes through a virtual call. Where anything else in the process
   * has ever used vectors on a segment over a heap array, the profile of that call is polluted and
   * every kernel slows by a factor of two to seven; after this check the class is known exactly,
   * whatever the profile says.
   */
  public static MemorySegment checkNative(MemorySegment memory) {
    if (memory.getClass() != NATIVE) {
      throw new IllegalArgumentException(
          "the memory of a kernel is a "
              + memory.getClass()
              + ", but it must be a "
              + NATIVE
              + "; take it from Memory.floats");
    }
    return memory;
  }
}
