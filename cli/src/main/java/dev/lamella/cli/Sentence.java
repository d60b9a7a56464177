package dev.lamella.cli;

import dev.lamella.data.DataException;
import dev.lamella.model.ModelException;
import dev.lamella.train.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What an exception says to the person at the keyboard. */
final class Sentence {
  private Sentence() {}

  /**
   * One line without anything that a terminal obeys, also for exceptions that were not written for
   * people.
   */
  static String of(Throwable e) {
    String message = e.getMessage();
    String sentence =
        switch (e) {
          case NoSuchFileException gone -> gone.getFile() + " does not exist";
          case AccessDeniedException denied -> denied.getFile() + " may not be read or written";
          case FileAlreadyExistsException there -> there.getFile() + " exists already";
          case OutOfMemoryError full ->
              "the memory is not enough (%s); give Java more, as in JAVA_OPTS=-Xmx8g"
                  .formatted(message);
          default ->
              isExpected(e) && message != null
                  ? message
                  : e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        };
    return Shown.sentence(sentence);
  }

  /** Whether this is a problem of what the user gave, and not of this program. */
  static boolean isExpected(Throwable e) {
    return e instanceof DataException
        || e instanceof ModelException
        || e instanceof TrainingException
        || e instanceof IllegalArgumentException
        || e instanceof IOException
        || e instanceof UncheckedIOException;
  }
}
