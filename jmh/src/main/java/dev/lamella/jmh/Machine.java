package dev.lamella.jmh;

import dev.lamella.Lamella;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where, when and of what a figure is.
 *
 * @param cpu the processor's name
 * @param cores how many processors this JVM may use
 * @param java the JVM and its version
 */
record Machine(String cpu, int cores, String java) {

  static Machine here() {
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private static String model() {
    Path cpus = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpus)) {
      try {
        for (String line : Files.readAllLines(cpus)) {
          if (line.startsWith("model name")) {
            return line.substring(line.indexOf(':') + 1).strip();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return System.getProperty("os.arch");
  }

  /** The version of the sources here: the project's, and the commit if git knows it. */
  static String version() {
    return (Lamella.version() + " " + commit(Path.of("."))).strip();
  }

  /** The version of an older build: the commit of the checkout it lies in, or its name. */
  static String version(Path build) {
    Path folder = Files.isDirectory(build) ? build : build.toAbsolutePath().getParent();
    String commit = folder == null ? "" : commit(folder);
    return commit.isEmpty() ? String.valueOf(build.getFileName()) : commit;
  }

  private static String commit(Path folder) {
    return Child.output(
        List.of("git", "-C", folder.toString(), "describe", "--always", "--dirty", "--tags"),
        Fork.LOG);
  }

  @Override
  public String toString() {
    return "%s, %d processors; %s".formatted(cpu, cores, java);
  }
}
