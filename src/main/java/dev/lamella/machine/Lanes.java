package dev.lamella.machine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width that every vector kernel of this process uses.
 *
 * <p>The species is a {@code static final}, so that the compiler sees the width as a constant; a
 * species that arrives in a variable costs a factor of eight. The width is the widest one the
 * processor prefers, at most 16 lanes, unless {@code -Dlamella.lanes} forces 4, 8 or 16. {@link
 * VectorSupport} refuses every other width.
 */
public final class Lanes {

  /** The species of all float vectors. */
  public static final VectorSpecies<Float> SPECIES = choose(Integer.getInteger("lamella.lanes", 0));

  /** The number of floats in one vector. */
  public static final int COUNT = SPECIES.length();

  private Lanes() {}

  private static VectorSpecies<Float> choose(int lanes) {
    return switch (lanes) {
      case 4 -> FloatVector.SPECIES_128;
      case 8 -> FloatVector.SPECIES_256;
      case 16 -> FloatVector.SPECIES_512;
      default ->
          FloatVector.SPECIES_PREFERRED.length() > 16
              ? FloatVector.SPECIES_512
              : FloatVector.SPECIES_PREFERRED;
    };
  }

  /** Returns what gives lane l the lane whose number differs in one bit. */
  public static VectorShuffle<Float> partner(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % COUNT);
  }

  /** Returns the lanes whose number has a bit set. */
  public static VectorMask<Float> upper(int bit) {
    long lanes = 0;
    for (int lane = 0; lane < COUNT; lane++) {
      lanes |= (lane & bit) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(SPECIES, lanes);
  }
}
