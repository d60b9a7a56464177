package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a product does with a sum before it is written: max(sum + bias, lower bound).
 *
 * @param bias off the heap, one float a unit with the padding of {@link Panels}, or null for none
 * @param offset where the first unit's bias stands, in floats
 * @param lowerBound 0 for a rectifier, negative infinity for none
 */
public record Epilogue(@Nullable MemorySegment bias, long offset, float lowerBound) {

  /** Sums as they are. */
  public static final Epilogue NONE = new Epilogue(null, 0, Float.NEGATIVE_INFINITY);

  /** Returns whether sums stay as they are. */
  boolean isNone() {
    return bias == null && lowerBound == Float.NEGATIVE_INFINITY;
  }
}
