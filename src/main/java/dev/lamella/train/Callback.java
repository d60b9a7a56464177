package dev.lamella.train;

/**
 * Something that wants to know how a training goes, and may end it.
 *
 * <p>All calls come from the thread that called {@link Trainer#fit}. An exception ends the training
 * and reaches the caller of {@code fit}; the trainer then still has its network.
 */
public interface Callback {

  /**
   * Called once, before the first epoch.
   *
   * @param training what is about to start
   */
  default void started(Training training) {}

  /**
   * Called after each step, so be quick.
   *
   * @param training what is under way
   */
  default void stepped(Training training) {}

  /**
   * Called after each epoch and its validation.
   *
   * @param training what is under way
   * @param epoch what was measured
   */
  default void epochEnded(Training training, Epoch epoch) {}

  /**
   * Called once, after the last epoch; not called where the training failed.
   *
   * @param training what has ended
   */
  default void ended(Training training) {}
}
