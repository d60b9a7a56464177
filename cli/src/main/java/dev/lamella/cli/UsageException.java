package dev.lamella.cli;

/** Words that are understood one by one but not together: wrong usage, exit code 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
