package dev.lamella.base;

import java.util.random.RandomGenerator;

/**
 * The pseudo-random numbers behind every seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014).
 *
 * <p>Written out here because the JDK leaves the algorithms behind its own generators open, and a
 * seed must mean the same network and the same order of rows on every Java. The numbers are those
 * that {@code SplittableRandom} of Java 8 to 25 gives for the same seed.
 */
public final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long gamma; // odd
  private long state;

  private SplitMix64(long state, long gamma) {
    this.state = state;
    this.gamma = gamma;
  }

  /**
   * The numbers of a seed.
   *
   * @param seed any number
   */
  public SplitMix64(long seed) {
    this(seed, GOLDEN_GAMMA);
  }

  /**
   * The numbers for one of several things that share a seed: they depend on the seed and the index,
   * nothing else.
   *
   * @param seed any number
   * @param index of the thing, such as a layer's
   */
  public static SplitMix64 ofPart(long seed, int index) {
    return new SplitMix64(mix(seed + mix(GOLDEN_GAMMA * (index + 1L))));
  }

  /** Draws the start of another sequence, which has as good as nothing to do with this one. */
  public SplitMix64 split() {
    long start = nextLong();
    state += gamma;
    return new SplitMix64(start, mixGamma(state));
  }

  @Override
  public long nextLong() {
    state += gamma;
    return mix(state);
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * A number in [0, bound), each as likely as any other (Lemire, "Fast random integer generation in
   * an interval", 2019): the high half of a product, and another draw for the few products that
   * would favor some numbers.
   *
   * @param bound at least 1
   */
  public int below(int bound) {
    long random = nextLong();
    long low = random * bound;
    if (Long.compareUnsigned(low, bound) < 0) { // once in 2^33 draws or less
      long least = Long.remainderUnsigned(-(long) bound, bound); // 2^64 modulo bound
      while (Long.compareUnsigned(low, least) < 0) {
        random = nextLong();
        low = random * bound;
      }
    }
    return (int) Math.unsignedMultiplyHigh(random, bound);
  }

  /** David Stafford's variant 13 of the finalizer of MurmurHash3. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** An odd step whose bits change often enough: the paper's rule for a new gamma. */
  private static long mixGamma(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    z = (z ^ (z >>> 33)) | 1;
    return Long.bitCount(z ^ (z >>> 1)) < 24 ? z ^ 0xaaaaaaaaaaaaaaaaL : z;
  }
}
