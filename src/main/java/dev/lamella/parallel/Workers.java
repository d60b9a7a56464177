package dev.lamella.parallel;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A group of threads that shares out the parts of one job at a time.
 *
 * <p>The caller works too: a group of n threads has n - 1 helpers. A helper that finds nothing to
 * do spins for a bounded time, because the next job of a training step comes within microseconds
 * and waking a parked thread costs fifty of them; then it parks, and after a second without work it
 * ends. So nothing runs where nothing trains; {@link #close} only ends the helpers at once. Which
 * thread runs a part never changes a result, as parts write to places of their own.
 *
 * <p>A group works for one caller at a time.
 */
public final class Workers implements AutoCloseable {

  /** One job: its parts may run at the same time and in any order. */
  @FunctionalInterface
  public interface Job {

    /**
     * Computes one part.
     *
     * @param part its number, from 0
     */
    void run(int part);
  }

  /** How long a helper spins for the next job before it parks, unless told otherwise. */
  public static final Duration DEFAULT_SPIN = Duration.ofNanos(100_000);

  /** The most threads of one group: more than any processor has. */
  public static final int MAX_THREADS = 1_024;

  /** The most parts of one job. */
  public static final int MAX_PARTS = (1 << 20) - 1;

  /**
   * After so many looks the caller, who waits for the last parts, offers its processor to whoever
   * has them.
   */
  private static final int LOOKS_BEFORE_YIELD = 10_000;

  private static final Workers SINGLE = new Workers(1, DEFAULT_SPIN, Runnable::run);

  private final int threads;
  private final Helper[] helpers; // (threads - 1)
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Generation of the job (24 bits), its parts (20), the next part to hand out (20): one word, so
   * that a late helper cannot mix jobs.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private @Nullable Job job; // published by the write of ticket
  private @Nullable Throwable failure; // of this job, the first one; guarded by this
  private volatile @Nullable Thread caller;

  private Workers(int threads, Duration spin, Executor executor) {
    this.threads = threads;
    this.helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(this, i, executor, spin.toNanos());
    }
  }

  /** {@return the group of the caller alone} */
  public static Workers single() {
    return SINGLE;
  }

  /**
   * Returns a group with daemon threads of its own, started at the first job.
   *
   * @param threads how many, the caller's among them; at least 1
   * @return the group
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static Workers of(int threads) {
    return of(threads, DEFAULT_SPIN);
  }

  /**
   * Returns a group with daemon threads of its own, started at the first job.
   *
   * @param threads how many, the caller's among them; at least 1
   * @param spin how long a helper spins for the next job before it parks; zero to park at once
   * @return the group
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static Workers of(int threads, Duration spin) {
    return new Workers(
        checked(threads),
        Objects.requireNonNull(spin, "spin"),
        task -> Thread.ofPlatform().daemon().name("lamella-worker").start(task));
  }

  /**
   * Returns a group whose helpers run in an executor. Each takes one thread from the first job
   * until a second after the last; where the executor has none to give, the caller does the work.
   *
   * @param executor runs a task in a thread other than the caller's
   * @param threads how many, the caller's among them; at least 1
   * @return the group
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static Workers of(Executor executor, int threads) {
    return new Workers(
        checked(threads), DEFAULT_SPIN, Objects.requireNonNull(executor, "executor"));
  }

  private static int checked(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "a group of workers was asked to have "
              + threads
              + " threads, but it has at least 1, the caller's");
    }
    if (threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "a group of workers was asked to have "
              + threads
              + " threads, but it has at most "
              + MAX_THREADS
              + "; one for each of the "
              + Runtime.getRuntime().availableProcessors()
              + " processors is best");
    }
    return threads;
  }

  /** {@return the number of threads, the caller's among them} */
  public int threads() {
    return threads;
  }

  /**
   * Runs all parts of a job and returns when they are done; allocates nothing.
   *
   * <p>Whatever the parts wrote is visible to the caller afterwards. If parts throw, the others
   * still run; then what one of them has thrown, whatever it is, is thrown here, and what others
   * have thrown is suppressed in it. An interrupt is left to the job: its flag stays set and all
   * parts run.
   *
   * @param job what to compute
   * @param parts how many parts, from 0 to {@link #MAX_PARTS}
   * @throws IllegalArgumentException if there are more parts, or less than none
   * @throws IllegalStateException if the group is at work already
   */
  public void run(Job job, int parts) {
    Objects.requireNonNull(job, "job");
    if (parts < 0) {
      throw new IllegalArgumentException("a job has " + parts + " parts, but at least 0");
    }
    if (parts > MAX_PARTS) {
      throw new IllegalArgumentException(
          "a job has "
              + parts
              + " parts, but at most "
              + MAX_PARTS
              + " can be handed out; make the parts larger");
    }
    if (threads == 1 || parts <= 1) {
      alone(job, parts);
      return;
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "these workers are at work for another caller; give each trainer a group of its own");
    }
    Throwable thrown;
    try {
      thrown = share(job, parts);
    } finally {
      this.job = null;
      caller = null;
      busy.set(false);
    }
    if (thrown != null) {
      throw Workers.<RuntimeException>unchecked(thrown);
    }
  }

  /** Runs all parts in the calling thread; uses no state, as all threads share one such group. */
  private static void alone(Job job, int parts) {
    Throwable failed = null;
    for (int part = 0; part < parts; part++) {
      try {
        job.run(part);
      } catch (Throwable e) {
        failed = first(failed, e);
      }
    }
    if (failed != null) {
      throw Workers.<RuntimeException>unchecked(failed);
    }
  }

  /** What to throw of two, where there was one before: the first, with the other in it. */
  @SuppressWarnings("ReferenceEquality") // two parts may throw one object
  private static Throwable first(@Nullable Throwable before, Throwable next) {
    if (before == null) {
      return next;
    }
    if (before != next) {
      before.addSuppressed(next);
    }
    return before;
  }

  /** A part may throw what its signature does not say, as Kotlin's and Scala's do. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields only after spinning did not help
  private @Nullable Throwable share(Job job, int parts) {
    this.job = job;
    caller = Thread.currentThread();
    synchronized (this) {
      failure = null;
    }
    unfinished.set(parts);
    long generation = (ticket.get() >>> 40) + 1;
    ticket.set(generation << 40 | (long) parts << 20);
    int useful = Math.min(helpers.length, parts - 1); // the caller takes parts itself
    for (int i = 0; i < useful; i++) {
      helpers[i].call();
    }
    work();
    for (int looks = 0; unfinished.get() > 0; looks++) {
      if (looks < LOOKS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    synchronized (this) {
      return failure;
    }
  }

  /** Returns the number of the job that was handed out last. */
  long generation() {
    return ticket.get() >>> 40;
  }

  /** Returns whether the last job is another than {@code done} and has a part for this helper. */
  boolean wants(int helper, long done) {
    long now = ticket.get();
    return now >>> 40 != done && helper < parts(now) - 1;
  }

  /** Returns whether parts of the current job wait for this helper. */
  boolean hasParts(int helper) {
    long now = ticket.get();
    return next(now) < parts(now) && helper < parts(now) - 1;
  }

  /** Returns whether the calling thread is the one that waits for the current job. */
  boolean isCaller() {
    return caller == Thread.currentThread();
  }

  /** Keeps what a part, or the way to its thread, has thrown for the caller. */
  synchronized void failed(Throwable thrown) {
    failure = first(failure, thrown);
  }

  /** Takes parts until none is left. */
  void work() {
    for (long now = ticket.get(); next(now) < parts(now); now = ticket.get()) {
      if (ticket.compareAndSet(now, now + 1)) {
        runPart(next(now));
      }
    }
  }

  private static int next(long ticket) {
    return (int) ticket & MAX_PARTS;
  }

  private static int parts(long ticket) {
    return (int) (ticket >>> 20) & MAX_PARTS;
  }

  private void runPart(int part) {
    Job current = job; // stays the same until this part is finished
    try {
      if (current != null) {
        current.run(part);
      }
    } catch (Throwable e) { // also what no signature says
      failed(e);
    } finally {
      unfinished.decrementAndGet();
    }
  }

  /** Ends the helpers at once. The group can be used again: the next job starts new ones. */
  @Override
  public void close() {
    for (Helper helper : helpers) {
      helper.dismiss();
    }
  }
}
