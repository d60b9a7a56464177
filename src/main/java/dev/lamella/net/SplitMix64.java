package dev.lamella.net;

import java.util.random.RandomGenerator;

/**
 * The pseudo-random numbers of the initializers: SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014).
 *
 * <p>Written out here because the JDK leaves the algorithm behind {@code SplittableRandom} open,
 * and a seed must mean the same network on every Java.
 */
final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /** The numbers for one layer: they depend on the seed and the layer's index, nothing else. */
  static SplitMix64 ofLayer(long seed, int layer) {
    return new SplitMix64(mix(seed + mix(GOLDEN_GAMMA * (layer + 1L))));
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
