package dev.lamella.jmh;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the machine can do, measured in the same run and with vectors as wide as the sides' may be.
 *
 * @param peak floating-point operations a nanosecond, all threads together
 * @param reads bytes a nanosecond, all threads together, by how many KiB each thread reads
 * @param threads how many threads
 * @param lanes floats of a vector
 */
record Limits(double peak, NavigableMap<Integer, Double> reads, int threads, int lanes) {

  /** Measures in a JVM of its own that is held like the others. */
  static Limits measure(Options options) {
    List<String> command =
        Child.java(
            options.isa().flags(),
            LimitsBenchmark.class,
            Integer.toString(options.threads()),
            Boolean.toString(options.quick()));
    String answer = Child.output(command, Fork.LOG);
    if (answer.isEmpty()) {
      throw new IllegalStateException(
          "The limits could not be measured; %s says why.".formatted(Fork.LOG));
    }
    return parse(answer, options.threads());
  }

  /** Reads what {@link LimitsBenchmark#main} prints: a name, KiB and a number a line. */
  static Limits parse(String answer, int threads) {
    double peak = Double.NaN;
    int lanes = 0;
    NavigableMap<Integer, Double> reads = new TreeMap<>();
    for (String line : answer.lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "fma" -> peak = Double.parseDouble(words[2]);
        case "lanes" -> lanes = Integer.parseInt(words[2]);
        case "read" -> reads.put(Integer.valueOf(words[1]), Double.valueOf(words[2]));
        default -> {} // a library greets
      }
    }
    return new Limits(peak, reads, threads, lanes);
  }

  /** Nanoseconds below which a work's operations cannot be done. */
  double peakNanos(Cost cost) {
    return cost.flops() / peak;
  }

  /**
   * Nanoseconds below which a work cannot be done: its operations or its bytes, whichever is more.
   */
  double nanos(Cost cost) {
    int kib = (int) Math.min(reads.lastKey(), cost.bytes() / threads / 1024);
    double bandwidth = reads.ceilingEntry(kib).getValue();
    return Math.max(peakNanos(cost), cost.bytes() / bandwidth);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%.0f GFLOP/s with vectors of %d floats; reads in GB/s:",
                peak,
                lanes));
    for (Map.Entry<Integer, Double> read : reads.entrySet()) {
      text.append(
          String.format(Locale.ROOT, " %.0f (%d KiB a thread)", read.getValue(), read.getKey()));
    }
    return text.toString();
  }
}
