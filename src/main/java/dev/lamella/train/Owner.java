package dev.lamella.train;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a trainer works for. Another one that comes meanwhile is told so before it
 * changes anything; the same one may come again, as callbacks do.
 */
final class Owner implements AutoCloseable {

  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private int depth; // of calls within calls; the owner's alone

  /**
   * Claims the trainer for the calling thread until {@link #close}.
   *
   * @throws IllegalStateException if it works for another one
   */
  Owner claim() {
    Thread caller = Thread.currentThread();
    if (thread.get() != caller && !thread.compareAndSet(null, caller)) {
      throw new IllegalStateException(
          "this trainer is at work in another thread; wait until that call returns, or give each"
              + " thread a trainer of its own with Trainer.of");
    }
    depth++;
    return this;
  }

  @Override
  public void close() {
    if (--depth == 0) {
      thread.set(null);
    }
  }
}
