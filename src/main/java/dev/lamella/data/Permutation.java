package dev.lamella.data;

/**
 * An order of rows drawn from a seed: the same on every Java and every machine.
 *
 * <p>Fisher and Yates's shuffle in Durstenfeld's form (Algorithm 235, 1964), driven by SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Both are written
 * out here because the JDK leaves the algorithms behind its own generators and {@code
 * Collections.shuffle} open.
 */
public final class Permutation {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Permutation() {}

  /**
   * The rows in their own order.
   *
   * @param rows number of rows
   * @return 0, 1, ... rows - 1
   */
  public static int[] identity(int rows) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * The rows in a random order.
   *
   * @param rows number of rows
   * @param seed equal seeds give equal orders
   * @return each of 0, 1, ... rows - 1 once
   */
  public static int[] of(int rows, long seed) {
    int[] order = identity(rows);
    shuffle(order, seed);
    return order;
  }

  /**
   * Brings the elements of {@code order} into a random order, in place.
   *
   * @param order what to shuffle
   * @param seed equal seeds make equal exchanges
   */
  public static void shuffle(int[] order, long seed) {
    long state = seed;
    for (int i = order.length - 1; i > 0; i--) {
      state += GOLDEN_GAMMA;
      // The high word of random * (i + 1): uniform in [0, i] up to 1 part in 2^33.
      int other = (int) Math.unsignedMultiplyHigh(mix(state), i + 1L);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
