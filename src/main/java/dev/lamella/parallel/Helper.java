package dev.lamella.parallel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One helper of a group: spins for work, parks, and at last gives its thread back.
 *
 * <p>A wake-up cannot get lost: the helper says that it parks (or is gone) before it looks for work
 * once more, and the caller hands the work out before it asks what the helper does.
 */
final class Helper implements Runnable {

  private enum State {
    GONE,
    AWAKE,
    PARKED
  }

  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Looks at the ticket between two looks at the clock. */
  private static final int LOOKS = 64;

  private final Workers group;
  private final int index; // in the group: useful for jobs with more than index + 1 parts
  private final Executor executor;
  private final long spinNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.GONE);
  private volatile @Nullable Thread thread;
  private volatile boolean dismissed;

  Helper(Workers group, int index, Executor executor, long spinNanos) {
    this.group = group;
    this.index = index;
    this.executor = executor;
    this.spinNanos = spinNanos;
  }

  /**
   * Makes sure that the helper sees the job that was just handed out. Called by the group's caller.
   */
  void call() {
    State now = state.get();
    if (now == State.PARKED) {
      LockSupport.unpark(thread);
    } else if (now == State.GONE && state.compareAndSet(State.GONE, State.AWAKE)) {
      dismissed = false;
      try {
        executor.execute(this);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        state.set(State.GONE); // no thread to be had: the caller does this job's parts alone
      } catch (Throwable e) {
        state.set(State.GONE);
        group.failed(e); // thrown when all parts are done
      }
    }
  }

  /** Ends the helper as soon as it has nothing to do. */
  void dismiss() {
    dismissed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    if (group.isCaller()) { // an executor that runs tasks in the thread that brings them
      state.set(State.GONE);
      return;
    }
    thread = Thread.currentThread();
    do {
      long done = 0; // no job has this number: look at once
      while (awaitJobAfter(done)) {
        done = group.generation();
        group.work();
      }
      state.set(State.GONE);
      // A job handed out just before that line found the helper parked or awake: stay for it.
    } while (hasParts() && state.compareAndSet(State.GONE, State.AWAKE));
  }

  private boolean hasParts() {
    return !dismissed && group.hasParts(index);
  }

  /**
   * Waits for another job than the one done last; false after a second without one, or when the
   * thread is interrupted: it could not park any more, and whoever interrupts wants it back.
   */
  private boolean awaitJobAfter(long done) {
    if (spin(done)) {
      return true;
    }
    long end = System.nanoTime() + KEEP_ALIVE_NANOS;
    state.set(State.PARKED);
    while (!group.wants(index, done)) {
      long left = end - System.nanoTime();
      if (left <= 0 || dismissed || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    state.set(State.AWAKE);
    return !dismissed;
  }

  private boolean spin(long done) {
    long start = System.nanoTime();
    do {
      for (int look = 0; look < LOOKS; look++) {
        if (group.wants(index, done)) {
          return true;
        }
        Thread.onSpinWait();
      }
    } while (!dismissed && System.nanoTime() - start < spinNanos);
    return false;
  }
}
