package dev.lamella.jmh;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How a fork of {@code --quick} saves time: it warms up only until nothing gets faster and the
 * compiler rests. Vector code that is not compiled yet is a thousand times slower, so no fixed
 * short time would do: on one core, which compiles and runs in turns, a training step takes seconds
 * to get fast; a native library takes none.
 */
final class Pace {

  /** What all sides of a work may take together, in seconds. */
  static final double SECONDS = 15;

  /** Operations of a run that takes seconds before it is compiled. */
  static final double LONG_FLOPS = 2e9;

  /** The flag that tells a fork. */
  static final String FLAG = "-Dlamella.bench.quick=true";

  private static final int MILLIS = 70;
  private static final long PART_NANOS = 60_000_000;
  private static final long NATIVE_WINDOW_NANOS = 120_000_000;
  private static final long WINDOW_NANOS = 360_000_000;
  private static final long MOST_NANOS = 8_000_000_000L;

  /** Who allocates more in a run makes an object of every vector still. */
  private static final long FEW_BYTES = 16_384;

  /** A compiler that works more of the time than this has not come to the end of its queue. */
  private static final double BUSY = 0.1;

  /** What counts as faster. */
  private static final double GAIN = 0.97;

  private Pace() {}

  /** Whether this JVM is a fork that is in a hurry. */
  static boolean isQuick() {
    return Boolean.getBoolean("lamella.bench.quick");
  }

  /** What JMH does once {@link #settle} has ended. */
  static void apply(ChainedOptionsBuilder jmh) {
    TimeValue time = TimeValue.milliseconds(MILLIS);
    jmh.warmupIterations(1).warmupTime(time).measurementIterations(3).measurementTime(time);
  }

  /** Runs a work until it has not become faster for a while, and is compiled. */
  static void settle(Work work, String side) {
    boolean java = Peers.isOurs(side) || side.equals("netlib");
    long window = java ? WINDOW_NANOS : NATIVE_WINDOW_NANOS;
    long start = System.nanoTime();
    long gained = start;
    double best = Double.POSITIVE_INFINITY;
    // These two keep making objects, in bindings that have no vectors.
    boolean bindings = side.equals("djl") || side.equals("onnxruntime");
    boolean compiled = bindings;
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long now = start;
    while ((now - gained <= window || !compiled) && now - start <= MOST_NANOS) {
      long part = now;
      long allocated = Allocation.total();
      long compiling = compiler.getTotalCompilationTime(); // ms
      int runs = 0;
      do {
        work.run();
        runs++;
        now = System.nanoTime();
      } while (now - part < PART_NANOS);
      double each = (now - part) / (double) runs;
      double busy = (compiler.getTotalCompilationTime() - compiling) * 1e6 / (now - part);
      if (each < best * GAIN || (java && busy > BUSY)) {
        gained = now;
      }
      best = Math.min(best, each);
      compiled = bindings || (Allocation.total() - allocated) / runs <= FEW_BYTES;
    }
  }
}
