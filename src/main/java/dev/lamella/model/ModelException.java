package dev.lamella.model;

/**
 * A model file that cannot be trusted or does not fit: truncated, damaged, of another shape.
 *
 * <p>The message is one sentence for the person at the keyboard. It names the file and the tensor,
 * the values that disagree, and the way out.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * An exception with its sentence.
   *
   * @param message what is wrong, where, and what to do
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * An exception with its sentence and the exception that led to it.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what was caught
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
