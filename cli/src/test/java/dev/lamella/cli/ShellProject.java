package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the repository's scripts in a folder of its own, on a machine that has nothing but the
 * usual commands: a test adds the JDKs, the Maven and the downloads that its case is about. All of
 * them are scripts that say how they were called.
 */
final class ShellProject {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();

  private static final List<String> COMMANDS =
      List.of(
          "sh",
          "awk",
          "cat",
          "cut",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "gzip",
          "head",
          "ls",
          "mkdir",
          "mkfifo",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sha512sum",
          "sleep",
          "tail",
          "tar",
          "touch",
          "tr");

  /** What a script printed and how it ended. */
  record Result(int exit, String out, String err) {
    /** The only line of standard error. */
    String sentence() {
      List<String> lines = err.lines().toList();
      assertTrue(lines.size() == 1, "one sentence expected, but was: " + err);
      return lines.getFirst();
    }
  }

  /** The folder that holds everything; its name has a space, as users' folders do. */
  final Path home;

  /** The project inside it. */
  final Path root;

  final Map<String, String> environment = new TreeMap<>();

  ShellProject(Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("a home"));
    root = Files.createDirectories(home.resolve("project"));
    copy("mvnw");
    copy("bin/lamella");
    copy(".mvn/find-jdk.sh");
    Files.createDirectories(home.resolve("commands"));
    for (String command : COMMANDS) {
      // Not links: JUnit warns of each one that leads out of its folder.
      script(home.resolve("commands").resolve(command), "exec '" + find(command) + "' \"$@\"");
    }
    environment.put("PATH", home.resolve("commands").toString());
    environment.put("HOME", home.toString());
    environment.put("LAMELLA_JDK_DIRS", home.resolve("jvm").toString());
  }

  private void copy(String file) throws IOException {
    Path target = root.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(REPOSITORY.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static Path find(String command) {
    for (String folder : System.getenv("PATH").split(":")) {
      Path found = Path.of(folder, command);
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    throw new IllegalStateException("these tests need the command " + command + " on the PATH");
  }

  /**
   * Puts a JDK of this version into a folder below home; its java prints its home and arguments.
   */
  Path jdk(String folder, String version) throws IOException {
    Path jdk = home.resolve(folder);
    script(
        jdk.resolve("bin/java"),
        "printf 'java of %s' '" + version + "'; printf ' [%s]' \"$@\"; echo");
    script(jdk.resolve("bin/javac"), "exit 1");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** Puts this file on the PATH under this name. */
  void onPath(String name, Path file) throws IOException {
    Path link = home.resolve("commands").resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, file);
  }

  /**
   * Puts a Maven of this version into a folder below home; it prints its version, JDK and
   * arguments.
   */
  Path maven(String folder, String version) throws IOException {
    return script(
        home.resolve(folder).resolve("bin/mvn"),
        """
        [ "$1" = -v ] && echo 'Apache Maven %1$s (x)' && exit
        printf 'maven %1$s on %%s:' "$JAVA_HOME"; printf ' [%%s]' "$@"; echo
        exit ${MAVEN_EXIT:-0}\
        """
            .formatted(version));
  }

  /** Writes an executable script. */
  static Path script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  Result run(String... command) {
    return runIn(home, List.of(command));
  }

  Result runIn(Path folder, List<String> command) {
    try {
      Path out = home.resolve("out.txt");
      Path err = home.resolve("err.txt");
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(command))
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + command);
      return new Result(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
