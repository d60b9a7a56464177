package dev.lamella.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fork tells the JVM that started it, for which JMH's results have no place.
 *
 * @param allocated bytes allocated in a run, or NaN if the work is not repeated
 * @param about what the side says it is
 */
record Report(double allocated, String about) {

  private static final String PROPERTY = "lamella.bench.report";

  /** The flag that makes a fork write to a file. */
  static String flag(Path file) {
    return "-D" + PROPERTY + "=" + file.toAbsolutePath();
  }

  /** Whether this JVM is such a fork. */
  static boolean wanted() {
    return !System.getProperty(PROPERTY, "").isEmpty();
  }

  void write() {
    try {
      Path file = Path.of(System.getProperty(PROPERTY));
      Files.writeString(file, allocated + "\n" + about.replaceAll("\\R", " ") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Report read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return new Report(Double.parseDouble(lines.getFirst()), lines.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
