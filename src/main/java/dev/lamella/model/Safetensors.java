package dev.lamella.model;

import dev.lamella.base.AtomicFile;
import dev.lamella.model.Json.JsonException;
import dev.lamella.text.FileKind;
import dev.lamella.text.Quoted;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file, open for reading: named tensors and a map of strings.
 *
 * <p>The format: 8 bytes with the length of a header (little-endian), the header in JSON, and then
 * the bytes of the tensors. It holds no code, so that reading a file from anywhere is safe as long
 * as the reader checks everything; this one refuses what the reference implementation refuses, and
 * names given twice besides.
 */
public final class Safetensors implements AutoCloseable {
  /** The longest header that the format allows, in bytes. */
  public static final int MAX_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final String name; // of the file, for messages
  private final TensorBytes bytes;
  private final Map<String, String> metadata;
  private final Map<String, TensorInfo> tensors;

  private Safetensors(String name, TensorBytes bytes, SafetensorsHeader header) {
    this.name = name;
    this.bytes = bytes;
    this.metadata = header.metadata();
    this.tensors = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> this.tensors.put(tensor.name(), tensor));
  }

  /**
   * Opens a file and checks its header against its length. A pipe, or a file of another file system
   * than the default one, is read into memory.
   *
   * @param path of the file
   * @return the open file
   * @throws ModelException if the file does not exist or is not a valid safetensors file
   * @throws UncheckedIOException if reading fails
   */
  public static Safetensors open(Path path) {
    if (!Files.exists(path)) {
      throw new ModelException(path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new ModelException(path + " is a folder; give the name of a file");
    }
    RandomAccessFile file = null;
    try {
      if (!Files.isRegularFile(path) || !path.getFileSystem().equals(FileSystems.getDefault())) {
        return read(Files.newInputStream(path), path.toString());
      }
      file = new RandomAccessFile(path.toFile(), "r");
      Safetensors opened = read(path.toString(), file);
      file = null; // Belongs to the result now.
      return opened;
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    } finally {
      closeQuietly(file);
    }
  }

  /**
   * Reads a file's bytes from a stream into memory and checks them as {@link #open(Path)} does.
   *
   * @param stream closed in the end
   * @param name for messages
   * @return the tensors, which need no stream any more
   * @throws ModelException if this is not a valid safetensors file
   * @throws UncheckedIOException if reading fails
   */
  public static Safetensors read(InputStream stream, String name) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(name, "name");
    try (stream) {
      SafetensorsHeader header = header(name, Long.MAX_VALUE, stream);
      long length = header.dataLength();
      if (length > MAX_ARRAY) {
        throw new ModelException(
            "%s has %d bytes of tensors, more than the %d that are read from a stream; give it as a file"
                .formatted(name, length, MAX_ARRAY));
      }
      TensorBytes bytes = TensorBytes.InMemory.of(stream, (int) length);
      if (stream.read() >= 0) {
        throw new ModelException(
            "%s has a damaged header: the tensors need %d bytes, but more follow the header"
                .formatted(name, length));
      }
      return new Safetensors(name, bytes, header);
    } catch (EOFException e) {
      throw new ModelException(
          "%s is truncated: it ends after %s of the tensors; copy the file again"
              .formatted(name, e.getMessage()),
          e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static Safetensors read(String name, RandomAccessFile file) throws IOException {
    long length = file.length();
    SafetensorsHeader header = header(name, length, new FileInputStream(file.getFD()));
    long dataStart = file.getFilePointer();
    try {
      header.requireLength(length - dataStart);
    } catch (JsonException e) {
      throw damaged(name, e);
    }
    return new Safetensors(name, new TensorBytes.OnDisk(file, dataStart), header);
  }

  /** Reads and checks a header; more bytes than {@code most} cannot come. */
  private static SafetensorsHeader header(String name, long most, InputStream in)
      throws IOException {
    byte[] start = in.readNBytes(Long.BYTES);
    if (start.length < Long.BYTES) {
      throw new ModelException(
          "%s has %d bytes, fewer than the 8 that start a safetensors file"
              .formatted(name, start.length));
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw orOther(name, start, in.readNBytes(FileKind.PEEK), noSafetensors(name, length));
    }
    if (length > most - Long.BYTES) {
      ModelException truncated = truncated(name, length, most - Long.BYTES);
      throw orOther(name, start, in.readNBytes(FileKind.PEEK), truncated);
    }
    byte[] header = in.readNBytes((int) length); // Grows as bytes arrive.
    if (header.length < length) {
      throw orOther(name, start, header, truncated(name, length, header.length));
    }
    try {
      return SafetensorsHeader.parse(utf8(header));
    } catch (JsonException e) {
      throw damaged(name, e);
    }
  }

  /** A file whose first bytes are no length of a header is most likely something else. */
  private static ModelException orOther(
      String name, byte[] start, byte[] next, ModelException otherwise) {
    byte[] first = Arrays.copyOf(start, start.length + Math.min(next.length, FileKind.PEEK));
    System.arraycopy(next, 0, first, start.length, first.length - start.length);
    FileKind kind = FileKind.of(first);
    if (kind == null && FileKind.isText(first)) {
      return new ModelException(
          name
              + " is text, perhaps a table, not a model in safetensors; give the model here and the data in their own place");
    }
    return kind == null || kind == FileKind.SAFETENSORS
        ? otherwise
        : new ModelException(kind.noModel(name));
  }

  private static ModelException noSafetensors(String name, long length) {
    return new ModelException(
        "%s is not a safetensors file: it claims a header of %s bytes, but 2 to %d are possible"
            .formatted(name, Long.toUnsignedString(length), MAX_HEADER));
  }

  private static ModelException truncated(String name, long needed, long there) {
    return new ModelException(
        "%s is truncated: its header needs %d bytes, but only %d are there; copy the file again"
            .formatted(name, needed, there));
  }

  private static ModelException damaged(String name, JsonException e) {
    return new ModelException("%s has a damaged header: %s".formatted(name, e.getMessage()), e);
  }

  private static UncheckedIOException unreadable(String name, IOException e) {
    return new UncheckedIOException(name + " could not be read (" + e.getMessage() + ")", e);
  }

  private static String utf8(byte[] bytes) throws JsonException {
    if (bytes[0] != '{') {
      throw new JsonException("it does not start with {");
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("it is not UTF-8");
    }
  }

  /** The file's name, for messages. */
  String name() {
    return name;
  }

  /** {@return the strings under {@code __metadata__}, empty if the file has none} */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** {@return all tensors, in the order of the file} */
  public Collection<TensorInfo> tensors() {
    return List.copyOf(tensors.values());
  }

  /**
   * Whether there is a tensor of that name.
   *
   * @param name of the tensor
   * @return whether it is so
   */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * One tensor's type and shape.
   *
   * @param tensor its name
   * @return its type and shape
   * @throws ModelException if there is no such tensor
   */
  public TensorInfo tensor(String tensor) {
    TensorInfo found = tensors.get(tensor);
    if (found == null) {
      throw new ModelException(
          "%s has no tensor %s; it has %s"
              .formatted(name, Quoted.name(tensor), names(tensors.keySet())));
    }
    return found;
  }

  /**
   * One tensor's elements as floats, the last dimension side by side. F32 is taken as it is, F16
   * and BF16 become floats exactly, F64 is rounded.
   *
   * @param tensor its name
   * @return the elements
   * @throws ModelException if there is no such tensor, if its type is not one of these, or if an
   *     element is NaN or infinite
   * @throws UncheckedIOException if reading fails
   */
  public float[] floats(String tensor) {
    TensorInfo info = tensor(tensor);
    if (!info.dtype().isReadable()) {
      throw new ModelException(
          "tensor %s of %s has the type %s; only F32, F64, F16 and BF16 can be read as floats"
              .formatted(Quoted.name(tensor), name, info.dtype()));
    }
    long elements = info.elements();
    if (elements > MAX_ARRAY || elements * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new ModelException(
          "tensor %s of %s has %d elements, more than this Java machine can hold; raise -Xmx"
              .formatted(Quoted.name(tensor), name, elements));
    }
    try {
      return read(info, new float[(int) elements]);
    } catch (EOFException e) {
      throw new ModelException(name + " became shorter while it was read; try again", e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private float[] read(TensorInfo tensor, float[] values) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int size = tensor.dtype().bytes();
    int perChunk = CHUNK / size;
    for (int from = 0; from < values.length; from += perChunk) {
      int to = Math.min(values.length, from + perChunk);
      int length = (to - from) * size;
      bytes.read(tensor.begin() + (long) from * size, chunk, length);
      ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = from; i < to; i++) {
        values[i] = tensor.dtype().next(buffer);
        if (!Float.isFinite(values[i])) {
          throw new ModelException(
              "tensor %s of %s is %s at %s; a model needs finite numbers"
                  .formatted(
                      Quoted.name(tensor.name()),
                      name,
                      values[i],
                      TensorInfo.place(tensor.shape(), i)));
        }
      }
    }
    return values;
  }

  /**
   * Writes a file of float tensors, atomically: at every moment the path stands for all of the old
   * content or all of the new. The tensors stand in the order of their names, as the reference
   * implementation orders them; equal arguments give equal bytes.
   *
   * @param path of the file
   * @param metadata strings for {@code __metadata__}
   * @param tensors what to write
   * @throws ModelException if a name comes twice, an element is NaN or infinite, or the folder does
   *     not exist; the old file is unchanged then
   * @throws UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(Path path, Map<String, String> metadata, List<Tensor> tensors) {
    AtomicFile.write(
        path, ModelException::new, SafetensorsContent.of(path.toString(), metadata, tensors));
  }

  /**
   * Writes the bytes of such a file to a stream.
   *
   * @param stream flushed and not closed
   * @param metadata strings for {@code __metadata__}
   * @param tensors what to write
   * @throws ModelException if a name comes twice or an element is NaN or infinite; nothing is
   *     written then
   * @throws UncheckedIOException if writing fails
   */
  public static void write(
      OutputStream stream, Map<String, String> metadata, List<Tensor> tensors) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(tensors, "tensors");
    AtomicFile.Content content = SafetensorsContent.of("the stream", metadata, tensors);
    try {
      BufferedOutputStream buffered = new BufferedOutputStream(stream, CHUNK);
      content.writeTo(buffered);
      buffered.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the stream does not take the model", e);
    }
  }

  @Override
  public void close() {
    closeQuietly(bytes);
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : Quoted.list(names, 20, Quoted::name);
  }

  private static void closeQuietly(@Nullable Closeable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Nothing was written, so nothing is lost.
    }
  }
}
