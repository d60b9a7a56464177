package dev.lamella.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line as a person would, and keeps what it says. */
record Cli(int code, String out, String err) {
  /** In this process. */
  static Cli run(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            strings(words));
    return new Cli(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** In a new Java with these options. */
  static Cli process(List<String> jvm, Path folder, Object... words)
      throws IOException, InterruptedException {
    Path out = folder.resolve("stdout.txt");
    Path err = folder.resolve("stderr.txt");
    Process process =
        new ProcessBuilder(command(jvm, words))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Cli(code, Files.readString(out), Files.readString(err));
  }

  /** What starts a new Java with these options. */
  static List<String> command(List<String> jvm, Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(strings(words)));
    return command;
  }

  /** The fingerprint that train and inspect print. */
  String sha256() {
    return line("weights sha256 ");
  }

  /** What follows these words on their line. */
  String line(String start) {
    return out.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line starts with '" + start + "': " + this));
  }

  Cli ok() {
    if (code != 0) {
      throw new AssertionError("exit code " + code + "\n" + out + "\n" + err);
    }
    return this;
  }

  private static String[] strings(Object... words) {
    String[] strings = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      strings[i] = words[i].toString();
    }
    return strings;
  }
}
