package dev.lamella.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * Bytes that one run of a work allocates, by all threads, once everything is compiled. JMH's own
 * profiler counts what the harness allocates in an iteration too, which is kilobytes a run where an
 * iteration has few.
 */
final class Allocation {

  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 10_000_000;
  private static final long WARMUP_NANOS = 50_000_000;
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Returns the median of a few short rounds; what happens once, such as a class, falls out. */
  static double perRun(Work work) {
    run(work, WARMUP_NANOS);
    List<Double> bytes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long idle = THREADS.getTotalThreadAllocatedBytes();
      long before = THREADS.getTotalThreadAllocatedBytes();
      long runs = run(work, ROUND_NANOS);
      long after = THREADS.getTotalThreadAllocatedBytes();
      // Two calls in a row tell what asking allocates.
      bytes.add(Math.max(0, (after - before) - (before - idle)) / (double) runs);
    }
    return Row.median(bytes);
  }

  /**
   * Never compiled, so that no compilation of this loop replaces the work's compiled code by a copy
   * of its own that is still slow and allocates vectors.
   */
  @CompilerControl(CompilerControl.Mode.EXCLUDE)
  private static long run(Work work, long nanos) {
    long runs = 0;
    long start = System.nanoTime();
    do {
      work.run();
      runs++;
    } while (System.nanoTime() - start < nanos);
    return runs;
  }
}
