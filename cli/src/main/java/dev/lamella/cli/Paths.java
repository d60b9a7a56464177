package dev.lamella.cli;

import dev.lamella.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files to be written, looked at before the work and not after it. */
final class Paths {
  private Paths() {}

  /**
   * Checks that a file can be written later.
   *
   * @throws DataException if its folder is missing or read-only, or it is a folder itself
   */
  static void requireWritable(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new DataException(file + " is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s cannot be written: the folder %s does not exist; create it first"
              .formatted(file, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new DataException(
          "%s cannot be written: the folder %s is read-only".formatted(file, folder));
    }
  }
}
