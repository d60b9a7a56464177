package dev.lamella.base;

/**
 * An order of rows drawn from a seed: the same on every Java and every machine.
 *
 * <p>Fisher and Yates's shuffle in Durstenfeld's form (Algorithm 235, 1964), driven by {@link
 * SplitMix64}. It is written out here because the JDK leaves the algorithm behind {@code
 * Collections.shuffle} open.
 */
public final class Permutation {
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
    shuffle(order, new SplitMix64(seed));
    return order;
  }

  /**
   * Brings the elements of {@code order} into a random order, in place.
   *
   * @param order what to shuffle
   * @param random where the exchanges come from
   */
  public static void shuffle(int[] order, SplitMix64 random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.below(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }
}
