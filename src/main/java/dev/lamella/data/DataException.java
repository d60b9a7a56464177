package dev.lamella.data;

/**
 * Data that cannot be learned from or read: a truncated file, a missing cell, a label out of range.
 *
 * <p>The message is one sentence for the person at the keyboard. It names the file and the place in
 * it, the values that disagree, and the way out.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * An exception with its sentence.
   *
   * @param message what is wrong, where, and what to do
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * An exception with its sentence and the exception that led to it.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what was caught
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
