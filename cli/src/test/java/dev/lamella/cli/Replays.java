package dev.lamella.cli;

import java.nio.file.Path;

/** Training runs of PyTorch, kept with the tests of the core. */
final class Replays {
  private static final Path FOLDER =
      Path.of("..", "src", "test", "resources", "training").toAbsolutePath().normalize();

  private Replays() {}

  static Path file(String run, String name) {
    return FOLDER.resolve(run).resolve(name);
  }
}
