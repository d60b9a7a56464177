package dev.lamella.cli;

import dev.lamella.base.AtomicFile;
import dev.lamella.data.DataException;
import dev.lamella.data.DataInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one command, looked at before the work and not after it: what it writes can be
 * written, and is neither what it reads nor written twice.
 */
final class Paths {
  /** A file as the user named it, and the file of its own in the end. */
  private record Named(String option, Path path, Path real) {}

  /** A file that is read; perhaps it may be replaced by what one option writes. */
  private record Read(String option, Path path, String replacedBy) {}

  private final List<Read> inputs = new ArrayList<>();
  private final List<Named> outputs = new ArrayList<>();

  /** Data that are read: one file, or two with a comma between. */
  Paths data(String option, String spec) {
    DataInput.of(spec).paths().forEach(path -> inputs.add(new Read(option, path, "")));
    return this;
  }

  /** A file that is read. */
  Paths reads(String option, Path path) {
    return reads(option, path, "");
  }

  /** A file that is read as a whole before the option's file is written, which may be the same. */
  Paths reads(String option, @Nullable Path path, String replacedBy) {
    if (path != null) {
      inputs.add(new Read(option, path, replacedBy));
    }
    return this;
  }

  /**
   * A file that is written.
   *
   * @throws DataException if that cannot be
   */
  Paths writes(String option, @Nullable Path path) {
    if (path != null) {
      outputs.add(new Named(option, path, AtomicFile.requireWritable(path, DataException::new)));
    }
    return this;
  }

  /**
   * Checks that no file is written that is read, and none twice.
   *
   * @throws UsageException if one is, by whatever names and links
   */
  void check() {
    for (int i = 0; i < outputs.size(); i++) {
      Named output = outputs.get(i);
      for (Read input : inputs) {
        if (!input.replacedBy.equals(output.option) && same(input.path, output.real)) {
          throw clash(output, input.option, input.path, "would be lost");
        }
      }
      for (Named other : outputs.subList(0, i)) {
        if (same(other.real, output.real) || sameName(other.real, output.real)) {
          throw clash(output, other.option, other.path, "would be written twice");
        }
      }
    }
  }

  private static UsageException clash(Named output, String option, Path path, String what) {
    return new UsageException(
        "%s %s and %s %s are the same file, which %s; give %1$s another name"
            .formatted(output.option, output.path, option, path, what));
  }

  /** Whether both are one file; a device or pipe is never replaced, so it does not count. */
  private static boolean same(Path a, Path b) {
    try {
      return Files.isRegularFile(a) && Files.isRegularFile(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false; // gone meanwhile, or not to be read: whoever reads it says so
    }
  }

  /** Whether two files that are not there yet would be one, also where case makes no difference. */
  private static boolean sameName(Path a, Path b) {
    if (Files.exists(a) || Files.exists(b)) {
      return false;
    }
    try {
      return name(a).equalsIgnoreCase(name(b)) && Files.isSameFile(folder(a), folder(b));
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }
}
