package dev.lamella.train;

import dev.lamella.net.Network;

/**
 * A training that cannot go on because its numbers are no longer finite.
 *
 * <p>The last good network is not lost: {@link #network} has it.
 */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient History history;

  TrainingException(String message, History history) {
    super(message);
    this.history = history;
  }

  /**
   * {@return the last network whose numbers were good: as it was after the last completed epoch}
   */
  public Network network() {
    return history.network();
  }

  /** {@return the last good network with the epochs that were completed} */
  public History history() {
    return history;
  }
}
