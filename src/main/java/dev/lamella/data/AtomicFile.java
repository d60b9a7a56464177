package dev.lamella.data;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writing a file so that at every moment, even when the power fails, its name stands for all of the
 * old content or all of the new.
 *
 * <p>The content goes to a temporary file in the same folder, is forced to the disk, takes the name
 * in one step (atomic rename), and then the folder is forced to the disk too. What fails on the way
 * leaves the old file as it was and removes the temporary one. The order of these steps follows
 * Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014).
 */
public final class AtomicFile {
  private static final int LONGEST_STEM = 200; // of a temporary name; file systems allow 255 bytes

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything.
     *
     * @param out buffered; need not be flushed or closed
     * @throws IOException if the disk does not take it
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing an old one if there is one and keeping its permissions. A symbolic
   * link stays, and the file it points to is replaced; a device or pipe is written to directly. In
   * another file system than the default one, as that of a ZIP archive, the name stands for all of
   * the new content once that is written, as far as that system does it.
   *
   * @param path of the file
   * @param content what to write; an exception that it throws is thrown on
   * @throws DataException if the folder does not exist, or the path is a folder
   * @throws UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(Path path, Content content) {
    try {
      Path real = resolveLink(path);
      if (Files.isDirectory(real)) {
        throw new DataException(path + " is a folder; give the name of a file");
      }
      Path folder = real.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new DataException(
            "%s cannot be written: the folder %s does not exist; create it first"
                .formatted(path, folder));
      }
      if (Files.exists(real) && !Files.isRegularFile(real)) {
        writeThrough(real, content);
      } else {
        replace(real, folder, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s could not be written (%s); what was there before is unchanged"
              .formatted(path, reason(e)),
          e);
    }
  }

  private static void replace(Path real, Path folder, Content content) throws IOException {
    Path temporary = createTemporary(folder, real.getFileName().toString());
    try {
      if (!onDisk(real)) {
        writeThrough(temporary, content);
        Files.move(temporary, real, StandardCopyOption.REPLACE_EXISTING);
        return;
      }
      // A stream and not a channel: an interrupt must not close the file half way.
      try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
        OutputStream buffered = new BufferedOutputStream(file, 1 << 16);
        content.writeTo(buffered);
        buffered.flush();
        file.getFD().sync();
      }
      keepPermissions(real, temporary);
      Files.move(
          temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("this file system cannot replace a file in one step", e);
    } finally {
      Files.deleteIfExists(temporary); // Only there if something failed.
    }
    syncFolder(folder);
  }

  /** Other file systems, as that of a ZIP archive, know neither the disk nor atomic moves. */
  private static boolean onDisk(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  private static void writeThrough(Path device, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(device))) {
      content.writeTo(out);
    }
  }

  /** A new empty file with the permissions that any new file gets. */
  private static Path createTemporary(Path folder, String name) throws IOException {
    String stem = name.substring(0, Math.min(name.length(), LONGEST_STEM));
    while (true) {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      try {
        return Files.createFile(folder.resolve("." + stem + "." + random + ".tmp"));
      } catch (FileAlreadyExistsException e) {
        // Draw another name.
      }
    }
  }

  private static Path resolveLink(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      return path.resolveSibling(Files.readSymbolicLink(path)); // The link's file is made now.
    }
  }

  private static void keepPermissions(Path old, Path temporary) throws IOException {
    try {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(old));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      // A new file, or a file system without such permissions.
    }
  }

  /** Makes the rename durable; a system that cannot open folders does so by itself. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is complete and in its place; only its survival of a power cut is later.
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
