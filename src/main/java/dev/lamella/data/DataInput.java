package dev.lamella.data;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where data come from: files of any file system or streams, one with all or one with the inputs
 * and one with the targets.
 *
 * <p>A stream can be read once, and so can its input; it is closed then.
 */
public final class DataInput {
  private final Part inputs;
  private final @Nullable Part targets;

  private DataInput(Part inputs, @Nullable Part targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /**
   * Files by their names: one, or two with a comma between. The name of an archive of arrays may be
   * followed by a colon and the name of the array, as in {@code arrays.npz:x}.
   *
   * @param spec one file, or two with a comma between
   * @return where the data come from; nothing is opened yet
   * @throws DataException if these are no names of one or two files
   */
  public static DataInput of(String spec) {
    Objects.requireNonNull(spec, "spec");
    if (!spec.contains(",") || exists(spec)) {
      return new DataInput(Part.named(spec), null);
    }
    List<String> names = Stream.of(spec.split(",", -1)).map(String::strip).toList();
    if (names.size() != 2 || names.contains("")) {
      throw new DataException(
          "\"%s\" names %d files; give one, or the inputs and the targets with a comma between"
              .formatted(spec, names.size()));
    }
    return new DataInput(Part.named(names.get(0)), Part.named(names.get(1)));
  }

  /**
   * A file, of any file system.
   *
   * @param path of the file
   * @return where the data come from; nothing is opened yet
   */
  public static DataInput of(Path path) {
    Objects.requireNonNull(path, "path");
    return new DataInput(new Part(path.toString(), path, null, null), null);
  }

  /**
   * A stream, such as that of a class-path resource.
   *
   * @param stream the bytes of a file; closed once they have been read
   * @param name for messages
   * @return where the data come from
   */
  public static DataInput of(InputStream stream, String name) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(name, "name");
    return new DataInput(new Part(name, null, stream, null), null);
  }

  /**
   * One array of a {@code .npz} archive.
   *
   * @param name of the array, without {@code .npy}
   * @return the same file or stream, of which this array is read
   */
  public DataInput array(String name) {
    Objects.requireNonNull(name, "name");
    return new DataInput(new Part(inputs.name, inputs.path, inputs.stream, name), targets);
  }

  /**
   * The same with the targets from elsewhere.
   *
   * @param other one file or stream with as many rows
   * @return both
   */
  public DataInput withTargets(DataInput other) {
    Objects.requireNonNull(other, "other");
    return new DataInput(inputs, other.inputs);
  }

  /** {@return the files, those of streams left out; whether they exist is not looked at} */
  public List<Path> paths() {
    return Stream.of(inputs, targets)
        .filter(part -> part != null && part.path != null)
        .map(part -> Objects.requireNonNull(part.path))
        .toList();
  }

  Part inputs() {
    return inputs;
  }

  @Nullable Part targets() {
    return targets;
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * One file or stream.
   *
   * @param name for messages
   * @param path of the file; null for a stream
   * @param stream null for a file
   * @param array the name of an array in an archive, if one was given
   */
  record Part(
      String name, @Nullable Path path, @Nullable InputStream stream, @Nullable String array) {

    /** A file, or a file and an array in it; a file whose own name has a colon is a file. */
    static Part named(String name) {
      int colon = name.lastIndexOf(':');
      if (colon > 0 && !exists(name) && exists(name.substring(0, colon))) {
        String file = name.substring(0, colon);
        return new Part(file, Path.of(file), null, name.substring(colon + 1));
      }
      try {
        return new Part(name, Path.of(name), null, null);
      } catch (InvalidPathException e) {
        throw new DataException("\"%s\" is not the name of a file".formatted(name), e);
      }
    }

    Source open() {
      return stream != null ? Source.of(name, stream) : Source.open(Objects.requireNonNull(path));
    }

    /** The source itself, unless an array in it was asked for. */
    Source whole(Source source) {
      if (array != null) {
        throw NpyArchive.isNone(name, array);
      }
      return source;
    }
  }
}
