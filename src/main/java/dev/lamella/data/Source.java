package dev.lamella.data;

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
 * <p>Whether a file is gzip is seen from its first bytes, not from its name. Every read that fails
 * because of what is in the file is a {@link DataException}; only a failing disk is an {@link
 * UncheckedIOException}.
 */
final class Source implements AutoCloseable {
  private static final int PEEK = 1 << 16;

  /**
   * One byte of deflate's data stands for at most 1032 bytes, so a file tells how much can come.
   */
  private static final long MOST_PER_GZIP_BYTE = 1032;

  private final String name;
  private final InputStream stream; // supports mark and reset of PEEK bytes
  private final long limit;

  private Source(String name, InputStream stream, long limit) {
    this.name = name;
    this.stream = stream;
    this.limit = limit;
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
      byte[] start = peek(plain, 2);
      if (start.length < 2 || start[0] != (byte) 0x1f || start[1] != (byte) 0x8b) {
        return new Source(name, plain, size < 0 ? Long.MAX_VALUE : size);
      }
      InputStream unzipped = new BufferedInputStream(new GZIPInputStream(plain, PEEK), PEEK);
      return new Source(name, unzipped, size < 0 ? Long.MAX_VALUE : size * MOST_PER_GZIP_BYTE);
    } catch (IOException e) {
      try (raw) {
        throw wrap(name, e);
      } catch (IOException closing) {
        throw wrap(name, closing);
      }
    }
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
      int read = stream.readNBytes(into, 0, length);
      if (read < length) {
        throw truncated(length - read, what);
      }
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  /**
   * An array of so many bytes. A length that the file cannot have is refused before memory is asked
   * for.
   */
  byte[] bytes(long length, String what) {
    require(length, 1, what);
    if (limit == Long.MAX_VALUE) {
      return arriving((int) length, what);
    }
    byte[] bytes = new byte[(int) length];
    fill(bytes, (int) length, what);
    return bytes;
  }

  /** Bytes of a pipe, which may promise more than it sends: memory grows as they arrive. */
  private byte[] arriving(int length, String what) {
    try {
      byte[] bytes = stream.readNBytes(length);
      if (bytes.length < length) {
        throw truncated(length - bytes.length, what);
      }
      return bytes;
    } catch (IOException e) {
      throw wrap(e);
    }
  }

  private DataException truncated(int missing, String what) {
    return new DataException(
        "%s is truncated: %d bytes of %s are missing; copy the file again"
            .formatted(name, missing, what));
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
              name + " is truncated: its gzip data end early; copy the file again", end);
      case ZipException zip ->
          new DataException("%s has damaged gzip data (%s)".formatted(name, zip.getMessage()), zip);
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
