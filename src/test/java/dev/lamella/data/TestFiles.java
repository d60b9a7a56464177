package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** Files for tests, in a folder that goes when the tests are done. */
public final class TestFiles {
  private static final Path FOLDER = folder();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestFiles() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("lamella-test");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty folder of its own. */
  public static Path newFolder() {
    try {
      return Files.createDirectory(FOLDER.resolve("folder" + COUNT.incrementAndGet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of that name in a folder of its own. */
  public static Path write(String name, byte[] content) {
    return overwrite(newFolder().resolve(name), content);
  }

  /** A text file of that name in a folder of its own. */
  public static Path write(String name, String content) {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the content of a file. */
  public static Path overwrite(Path path, byte[] content) {
    try {
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a file. */
  public static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files in a folder, sorted. */
  public static List<String> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource as a file that can be read by its path. */
  public static Path resource(String name) {
    return write(name.substring(name.lastIndexOf('/') + 1), resourceBytes(name));
  }

  /** The content of a resource. */
  public static byte[] resourceBytes(String name) {
    try (InputStream stream =
        Objects.requireNonNull(TestFiles.class.getResourceAsStream("/" + name), name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes as gzip. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Asserts the exception and its whole message, in which the folder of {@code file} does not
   * stand.
   */
  public static void assertMessage(
      Class<? extends Throwable> type, String message, Path file, Executable code) {
    String actual = String.valueOf(assertThrows(type, code).getMessage());
    assertEquals(message, actual.replace(file.getParent() + "/", ""));
  }
}
