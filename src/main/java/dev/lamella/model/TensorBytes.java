package dev.lamella.model;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** The bytes of a model file's tensors: on the disk, or in memory where they came as a stream. */
sealed interface TensorBytes extends Closeable {
  /** Fills the start of an array from a place after the header. */
  void read(long from, byte[] into, int length) throws IOException;

  /** In a file, from a place on. */
  record OnDisk(RandomAccessFile file, long start) implements TensorBytes {
    @Override
    public void read(long from, byte[] into, int length) throws IOException {
      file.seek(start + from);
      file.readFully(into, 0, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** In memory. */
  final class InMemory implements TensorBytes {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The next bytes of a stream. Memory grows as they arrive, whatever length was promised. */
    static InMemory of(InputStream stream, int length) throws IOException {
      byte[] bytes = stream.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("%d of %d bytes".formatted(bytes.length, length));
      }
      return new InMemory(bytes);
    }

    @Override
    public void read(long from, byte[] into, int length) {
      System.arraycopy(bytes, (int) from, into, 0, length);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
