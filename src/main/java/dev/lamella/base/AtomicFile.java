package dev.lamella.base;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;

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
  /** In bytes, of a temporary name; file systems allow 255 for all of it. */
  private static final int LONGEST_STEM = 200;

  private static final String SUFFIX = ".tmp";
  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{12,16}\\.tmp");

  /** A file that is being written changes all the time; clocks of file servers may be late. */
  private static final long STALE_MILLIS = 3_600_000;

  private static final int MOST_LINKS = 40; // as Linux follows
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> GROUP =
      PosixFilePermissions.fromString("---rwx---");

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
   * Writes a file, replacing an old one if there is one and keeping its permissions and, where the
   * system allows it, its owner and group; a new one gets the permissions that any new file gets.
   * Until it is complete nobody may read it who may not read the result. A symbolic link stays, and
   * the file it points to is replaced; a device or pipe is written to directly. Temporary files
   * that a killed process left for the same name more than an hour ago are removed.
   *
   * @param path of the file
   * @param refusal makes the exception for a path that cannot be written, from its sentence: the
   *     folder does not exist, the path is a folder or a link to itself, or the file is read-only
   * @param content what to write; an exception that it throws is thrown on
   * @throws UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(
      Path path, Function<String, ? extends RuntimeException> refusal, Content content) {
    try {
      Path real = locate(path, refusal);
      if (isSpecial(real)) {
        writeThrough(real, content);
      } else {
        replace(real, folder(real), content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s could not be written (%s); what was there before is unchanged"
              .formatted(path, reason(e)),
          e);
    }
  }

  /**
   * Checks that {@link #write} will find a place for a file, before the work that it is to hold:
   * creates what it would create first, and removes it.
   *
   * @param path of the file
   * @param refusal makes the exception for a path that cannot be written, from its sentence
   * @return the file that will be made or replaced: {@code path} with its links followed
   */
  public static Path requireWritable(
      Path path, Function<String, ? extends RuntimeException> refusal) {
    try {
      Path real = locate(path, refusal);
      if (!isSpecial(real)) {
        Files.delete(createTemporary(real, folder(real)));
      }
      return real;
    } catch (IOException e) {
      RuntimeException refused =
          refusal.apply(
              "%s cannot be written (%s); choose another name or folder"
                  .formatted(path, reason(e)));
      refused.initCause(e);
      throw refused;
    }
  }

  /** The file that is to be replaced or made: links are followed, and its folder is there. */
  private static Path locate(Path path, Function<String, ? extends RuntimeException> refusal)
      throws IOException {
    Path real = resolveLinks(path, refusal);
    if (Files.isDirectory(real)) {
      throw refusal.apply(path + " is a folder; give the name of a file");
    }
    Path folder = folder(real);
    if (!Files.isDirectory(folder)) {
      throw refusal.apply("%s cannot be written: %s".formatted(path, whyNoFolder(folder)));
    }
    try {
      Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return real; // A new file. Any other failure, as of a name that is too long, goes on.
    }
    if (!Files.isWritable(real)) {
      throw refusal.apply(
          path + " is read-only and was left as it is; make it writable, or choose another name");
    }
    return real;
  }

  private static String whyNoFolder(Path folder) {
    if (Files.exists(folder)) {
      return folder + " is a file and no folder; choose another folder";
    }
    return Files.isSymbolicLink(folder)
        ? "the folder " + folder + " is a link that leads nowhere; correct the link"
        : "the folder " + folder + " does not exist; create it first";
  }

  /** The root has no folder above it; it is one, and so never the name of a file. */
  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  private static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  private static void replace(Path real, Path folder, Content content) throws IOException {
    Path temporary = createTemporary(real, folder);
    try {
      sweep(real, folder, Files.getLastModifiedTime(temporary).toMillis() - STALE_MILLIS);
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

  /**
   * A new empty file. Where it will replace one, it is for its owner's eyes until {@link
   * #keepPermissions}; else it has the permissions that any new file gets.
   */
  private static Path createTemporary(Path real, Path folder) throws IOException {
    String prefix = prefix(real);
    while (true) {
      String random = "%016x".formatted(ThreadLocalRandom.current().nextLong());
      Path temporary = folder.resolve(prefix + random + SUFFIX);
      try {
        return Files.exists(real) && hasPermissions(real)
            ? Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
            : Files.createFile(temporary);
      } catch (FileAlreadyExistsException e) {
        // Draw another name.
      }
    }
  }

  /** What the names of all temporary files for a file start with. */
  private static String prefix(Path real) {
    String name = real.getFileName().toString();
    int end = 0;
    int bytes = 0;
    while (end < name.length()) {
      int character = name.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > LONGEST_STEM) {
        break;
      }
      end += Character.charCount(character);
    }
    return "." + name.substring(0, end) + ".";
  }

  /** Removes what killed processes left: temporary files for this name, not changed for long. */
  private static void sweep(Path real, Path folder, long before) {
    String prefix = prefix(real);
    DirectoryStream.Filter<Path> left =
        path -> {
          String name = path.getFileName().toString();
          return name.startsWith(prefix)
              && name.endsWith(SUFFIX)
              && RANDOM.matcher(name.substring(prefix.length())).matches()
              && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
              && Files.getLastModifiedTime(path).toMillis() < before;
        };
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, left)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another process removes them too, or they are not ours to remove: no reason not to write.
    }
  }

  /** Follows links to the file they stand for, which need not be there yet. */
  private static Path resolveLinks(Path path, Function<String, ? extends RuntimeException> refusal)
      throws IOException {
    if (Files.exists(path)) {
      return Files.isRegularFile(path) && Files.isSymbolicLink(path) ? path.toRealPath() : path;
    }
    Path real = path;
    for (int links = 0; Files.isSymbolicLink(real); links++) {
      if (links == MOST_LINKS) {
        throw refusal.apply(
            path + " is a link that leads back to itself; remove it, or choose another name");
      }
      real = real.resolveSibling(Files.readSymbolicLink(real));
    }
    return real;
  }

  private static boolean hasPermissions(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
  }

  /** Makes the new file as readable as the old one, and no more: a group of others is left out. */
  private static void keepPermissions(Path old, Path temporary) throws IOException {
    PosixFileAttributeView to = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    PosixFileAttributeView from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    if (to == null || from == null || !Files.exists(old)) {
      return; // A new file, or a file system without such permissions.
    }
    PosixFileAttributes wanted = from.readAttributes();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(wanted.permissions());
    if (!take(
        wanted.group().equals(to.readAttributes().group()), () -> to.setGroup(wanted.group()))) {
      permissions.removeAll(GROUP);
    }
    take(wanted.owner().equals(to.readAttributes().owner()), () -> to.setOwner(wanted.owner()));
    to.setPermissions(permissions);
  }

  /** Something that the system may not let this user do. */
  private interface Attempt {
    void run() throws IOException;
  }

  private static boolean take(boolean already, Attempt attempt) {
    try {
      if (!already) {
        attempt.run();
      }
      return true;
    } catch (IOException e) {
      return false;
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
    // The message of a file system names the temporary file; its reason alone says enough.
    String message = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
