package dev.lamella.data;

import dev.lamella.text.FileKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, uncompressed if they are gzip, with its name for messages.
 *
 * <p>Whether a file is gzip is seen from its first bytes, not from its name, and so is whether it
 * is something else than data; that is refused with what helps. Every read that fails because of
 * what is in the file is a {@link DataException}; only a failing disk is an {@link
 * UncheckedIOException}.
 */
final class Source implements AutoCloseable {
  private static final int PEEK = 1 << 16;

  /**
   * One byte of deflate's data stands for at most 1032 bytes, so a file tells how much can come.
   */
  private static final long MOST_PER_ZIPPED_BYTE = 1032;

  private static final long USUAL_PER_ZIPPED_BYTE = 4;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final String name;
  private final InputStream stream; // supports mark and reset of PEEK bytes
  private final long limit; // no more bytes than this can come
  private final long room; // so many bytes are worth making room for before they come

  private Source(String name, InputStream stream, long limit, long room) {
    this.name = name;
    this.stream = stream;
    this.limit = limit;
    this.room = room;
  }

  static Source open(Path path) {
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder; give the name of a file");
    }
    try {
      long size = Files.size(path);
      return of(path.toString(), Files.newInputStream(path), Files.isRegularFile(path) ? size : -1);
    } catch (NoSuchFileException e) {
      throw new DataException(path + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new DataException(path + " may not be read; look at its permissions", e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read", e);
    }
  }

  /** A stream of unknown length; closing the source closes the stream. */
  static Source of(String name, InputStream stream) {
    return of(name, stream, -1);
  }

  private static Source of(String name, InputStream raw, long size) {
    BufferedInputStream plain = new BufferedInputStream(raw, PEEK);
    try {
      if (FileKind.of(peek(plain, 2)) != FileKind.GZIP) {
        return data(new Source(name, plain, size < 0 ? UNKNOWN : size, Math.max(PEEK, size)));
      }
      InputStream unzipped = new BufferedInputStream(new GZIPInputStream(plain, PEEK), PEEK);
      return data(zipped(name, unzipped, size < 0 ? UNKNOWN : size));
    } catch (IOException | DataException e) {
      try (raw) {
        throw e instanceof IOException io ? wrap(name, io) : (DataException) e;
      } catch (IOException closing) {
        throw wrap(name, closing);
      }
    }
  }

  /** The same source, unless it is a file of another kind. */
  private static Source data(Source source) {
    FileKind kind = FileKind.of(source.peek(FileKind.PEEK));
    if (kind != null && kind != FileKind.NPY && kind != FileKind.NPZ) {
      throw new DataException(kind.noData(source.name));
    }
    return source;
  }

  /** A part of an archive that this source is. */
  Source part(String partName, InputStream unzipped) {
    return zipped(partName, new BufferedInputStream(unzipped, PEEK), limit);
  }

  /** Bytes that come out of so many compressed ones. */
  private static Source zipped(String name, InputStream unzipped, long size) {
    long limit = size > UNKNOWN / MOST_PER_ZIPPED_BYTE ? UNKNOWN : size * MOST_PER_ZIPPED_BYTE;
    long room = limit == UNKNOWN ? PEEK : Math.max(PEEK, size * USUAL_PER_ZIPPED_BYTE);
    return new Source(name, unzipped, limit, room);
  }

  String name() {
    return name;
  }

  InputStream stream() {
    return stream;
  }

  /** The next bytes without consuming them; fewer at the end of the file. */
  byte[] peek(int length) {
    try {
      return peek(stream, length);
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  private static byte[] peek(InputStream stream, int length) throws IOException {
    stream.mark(length);
    byte[] bytes = stream.readNBytes(length);
    stream.reset();
    return bytes;
  }

  /** The next bytes as a little-endian or big-endian buffer. */
  ByteBuffer next(int length, ByteOrder order, String what) {
    byte[] bytes = new byte[length];
    fill(bytes, length, what);
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** Fills the start of an array. */
  void fill(byte[] into, int length, String what) {
    try {
      requireAll(stream.readNBytes(into, 0, length), length, what);
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  private void requireAll(int read, int length, String what) {
    if (read < length) {
      throw new DataException(
          "%s is truncated: %d bytes of %s are missing; copy the file again"
              .formatted(name, length - read, what));
    }
  }

  /**
   * An array of so many bytes. A length that the file cannot have is refused before memory is asked
   * for, and where nobody knows what will come, memory grows as bytes arrive.
   */
  byte[] bytes(long length, String what) {
    require(length, 1, what);
    if (length <= room) {
      byte[] bytes = new byte[(int) length];
      fill(bytes, (int) length, what);
      return bytes;
    }
    try {
      byte[] bytes = stream.readNBytes((int) length);
      requireAll(bytes.length, (int) length, what);
      return bytes;
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  /**
   * How many of these elements to make room for at first: all where the file is known to be large
   * enough, else a part, from which a reader grows as they arrive.
   */
  int capacity(int elements, int bytesEach) {
    return (int) Math.min(elements, room / bytesEach);
  }

  /** Refuses a number of elements that the file or the memory cannot hold. */
  void require(long elements, int bytesEach, String what) {
    long bytes = elements > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : elements * bytesEach;
    if (bytes > limit) {
      throw new DataException(
          "%s is truncated: it has not the %d bytes of %s; copy the file again"
              .formatted(name, bytes, what));
    }
    if (elements > Arrays2d.MAX_LENGTH || bytes > Runtime.getRuntime().maxMemory()) {
      throw new DataException(
          "%s is too large: the %d bytes of %s are more than this Java machine can hold; raise -Xmx or split the file"
              .formatted(name, bytes, what));
    }
  }

  /** Refuses bytes after the end; a compressed file's checksum is verified by this too. */
  void requireEnd(String what) {
    try {
      if (stream.read() >= 0) {
        throw new DataException(
            "%s is damaged: bytes follow after %s; its header does not tell its length"
                .formatted(name, what));
      }
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  RuntimeException wrap(IOException e) {
    return wrap(name, e);
  }

  private static RuntimeException wrap(String name, IOException e) {
    return switch (e) {
      case EOFException end ->
          new DataException(
              name + " is truncated: its compressed data end early; copy the file again", end);
      case ZipException zip ->
          new DataException(
              "%s has damaged compressed data (%s)".formatted(name, zip.getMessage()), zip);
      default ->
          new UncheckedIOException("%s could not be read (%s)".formatted(name, e.getMessage()), e);
    };
  }

  /** Whether the content starts with these bytes. */
  boolean startsWith(byte... start) {
    return Arrays.equals(peek(start.length), start);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be closed", e);
    }
  }
}
