package dev.lamella.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * Standard error as the launcher received it.
 *
 * <p>{@code bin/lamella} filters one warning of the JVM out of standard error and keeps the real
 * one open under another number, named by {@code -Dlamella.stderr}. From here on errors go there
 * directly: in order, unbuffered, and complete when the process ends. Started without the launcher,
 * nothing changes.
 */
final class Stderr {
  private Stderr() {}

  static void restore() {
    Integer number = Integer.getInteger("lamella.stderr");
    if (number == null) {
      return;
    }
    try {
      // Opening /dev/fd/N instead would have an offset of its own and overwrite a shared log file.
      Constructor<FileDescriptor> open = FileDescriptor.class.getDeclaredConstructor(int.class);
      open.setAccessible(true);
      FileOutputStream real = new FileOutputStream(open.newInstance(number));
      System.setErr(
          new PrintStream(real, true, Charset.forName(System.getProperty("stderr.encoding"))));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The filter passes on everything that is written to it; only the timing is less exact.
      System.err.println("lamella: standard error stays filtered: " + e);
    }
  }
}
