package dev.lamella.jmh;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the machine can do, measured in the same run.
 *
 * @param peak floating-point operations a nanosecond, all threads together
 * @param reads bytes a nanosecond, all threads together, by how many KiB each thread reads
 * @param threads how many threads
 */
record Limits(double peak, NavigableMap<Integer, Double> reads, int threads) {

  /**
   * KiB in the first and the second cache, in the third (twice, as it may be small), and in memory.
   */
  private static final int[] KIB = {24, 512, 4096, 16_384, 262_144};

  static Limits measure(Options options) {
    double peak = Fork.limit("fma", KIB[0], options) * LimitsBenchmark.FMA_FLOPS;
    NavigableMap<Integer, Double> reads = new TreeMap<>();
    for (int kib : KIB) {
      reads.put(kib, Fork.limit("read", kib, options) * kib * 1024);
    }
    return new Limits(peak, reads, options.threads());
  }

  /**
   * Nanoseconds below which a work cannot be done: its operations or its bytes, whichever is more.
   */
  double nanos(Cost cost) {
    int kib = (int) Math.min(reads.lastKey(), cost.bytes() / threads / 1024);
    double bandwidth = reads.ceilingEntry(kib).getValue();
    return Math.max(cost.flops() / peak, cost.bytes() / bandwidth);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%.0f GFLOP/s; reads in GB/s:", peak));
    for (Map.Entry<Integer, Double> read : reads.entrySet()) {
      text.append(
          String.format(Locale.ROOT, " %.0f (%d KiB a thread)", read.getValue(), read.getKey()));
    }
    return text.toString();
  }
}
