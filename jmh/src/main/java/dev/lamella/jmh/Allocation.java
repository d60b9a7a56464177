package dev.lamella.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * Bytes that one run of a work allocates, by all threads, once everything is compiled. JMH's own
 * profiler counts what the harness allocates in an iteration too, which is kilobytes a run where an
 * iteration has few.
 */
final class Allocation {

  private static final int ROUNDS = 5;
  private static final int SLOW_ROUNDS = 2;
  private static final long ROUND_NANOS = 10_000_000;
  private static final long WARMUP_NANOS = 50_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes that all threads have allocated so far. */
  static long total() {
    return THREADS.getTotalThreadAllocatedBytes();
  }

  /**
   * Returns the least of a few short rounds: what the JVM's own threads allocate meanwhile, and
   * what happens once, only adds to some of them.
   */
  static double perRun(Work work) {
    boolean slow = run(work, WARMUP_NANOS) < SLOW_ROUNDS;
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < (slow ? SLOW_ROUNDS : ROUNDS); round++) {
      long idle = total();
      long before = total();
      long runs = run(work, ROUND_NANOS);
      long after = total();
      // Two calls in a row tell what asking allocates.
      least = Math.min(least, Math.max(0, (after - before) - (before - idle)) / (double) runs);
    }
    return least;
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
