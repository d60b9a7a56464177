package dev.lamella.model;

import dev.lamella.base.AtomicFile;
import dev.lamella.model.Json.JsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private final Path path;
  private final RandomAccessFile file;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, TensorInfo> tensors;

  private Safetensors(Path path, RandomAccessFile file, long dataStart, SafetensorsHeader header) {
    this.path = path;
    this.file = file;
    this.dataStart = dataStart;
    this.metadata = header.metadata();
    this.tensors = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> this.tensors.put(tensor.name(), tensor));
  }

  /**
   * Opens a file and checks its header against its length.
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
    if (!Files.isRegularFile(path)) {
      throw new ModelException(path + " is not a file");
    }
    RandomAccessFile file = null;
    try {
      file = new RandomAccessFile(path.toFile(), "r");
      Safetensors opened = read(path, file);
      file = null; // Belongs to the result now.
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read (" + e.getMessage() + ")", e);
    } finally {
      closeQuietly(file);
    }
  }

  private static Safetensors read(Path path, RandomAccessFile file) throws IOException {
    long length = file.length();
    if (length < Long.BYTES) {
      throw new ModelException(
          "%s has %d bytes, fewer than the 8 that start a safetensors file"
              .formatted(path, length));
    }
    byte[] start = new byte[Long.BYTES];
    file.readFully(start);
    long headerLength = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER) {
      throw new ModelException(
          "%s is not a safetensors file: it claims a header of %s bytes, but 2 to %d are possible"
              .formatted(path, Long.toUnsignedString(headerLength), MAX_HEADER));
    }
    if (headerLength > length - Long.BYTES) {
      throw new ModelException(
          "%s is truncated: its header needs %d bytes, but only %d are there; copy the file again"
              .formatted(path, headerLength, length - Long.BYTES));
    }
    byte[] header = new byte[(int) headerLength];
    file.readFully(header);
    long dataStart = Long.BYTES + headerLength;
    try {
      return new Safetensors(
          path, file, dataStart, SafetensorsHeader.parse(utf8(header), length - dataStart));
    } catch (JsonException e) {
      throw new ModelException("%s has a damaged header: %s".formatted(path, e.getMessage()), e);
    }
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
   * @param name of the tensor
   * @return its type and shape
   * @throws ModelException if there is no such tensor
   */
  public TensorInfo tensor(String name) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(
          "%s has no tensor %s; it has %s".formatted(path, name, names(tensors.keySet())));
    }
    return tensor;
  }

  /**
   * One tensor's elements as floats, the last dimension side by side. F32 is taken as it is, F16
   * and BF16 become floats exactly, F64 is rounded.
   *
   * @param name of the tensor
   * @return the elements
   * @throws ModelException if there is no such tensor, if its type is not one of these, or if an
   *     element is NaN or infinite
   * @throws UncheckedIOException if reading fails
   */
  public float[] floats(String name) {
    TensorInfo tensor = tensor(name);
    if (!tensor.dtype().isReadable()) {
      throw new ModelException(
          "tensor %s of %s has the type %s; only F32, F64, F16 and BF16 can be read as floats"
              .formatted(name, path, tensor.dtype()));
    }
    long elements = tensor.elements();
    if (elements > MAX_ARRAY || elements * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new ModelException(
          "tensor %s of %s has %d elements, more than this Java machine can hold; raise -Xmx"
              .formatted(name, path, elements));
    }
    try {
      return read(tensor, new float[(int) elements]);
    } catch (EOFException e) {
      throw new ModelException(path + " became shorter while it was read; try again", e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read (" + e.getMessage() + ")", e);
    }
  }

  private float[] read(TensorInfo tensor, float[] values) throws IOException {
    byte[] bytes = new byte[CHUNK];
    int perChunk = CHUNK / tensor.dtype().bytes();
    file.seek(dataStart + tensor.begin());
    for (int from = 0; from < values.length; from += perChunk) {
      int to = Math.min(values.length, from + perChunk);
      int length = (to - from) * tensor.dtype().bytes();
      file.readFully(bytes, 0, length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = from; i < to; i++) {
        values[i] = tensor.dtype().next(buffer);
        if (!Float.isFinite(values[i])) {
          throw new ModelException(
              "tensor %s of %s is %s at %s; a model needs finite numbers"
                  .formatted(tensor.name(), path, values[i], place(tensor.shape(), i)));
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
    List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
    Set<String> names = new HashSet<>();
    for (Tensor tensor : sorted) {
      if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
        throw new ModelException(
            "%s cannot be written: the name %s is taken".formatted(path, tensor.name()));
      }
      requireFinite(path, tensor);
    }
    String json = SafetensorsHeader.write(new TreeMap<>(metadata), sorted);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    int padding = -header.length & 7; // so that the tensors start on a multiple of 8
    if (header.length + padding > MAX_HEADER) {
      throw new ModelException(
          "%s cannot be written: its header would have %d bytes, more than the %d that the format allows"
              .formatted(path, header.length, MAX_HEADER));
    }
    AtomicFile.write(
        path,
        ModelException::new,
        out -> {
          writeLittleEndian(out, header.length + padding);
          out.write(header);
          out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
          for (Tensor tensor : sorted) {
            writeFloats(out, tensor.values());
          }
        });
  }

  @Override
  public void close() {
    closeQuietly(file);
  }

  private static void requireFinite(Path path, Tensor tensor) {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ModelException(
            "%s is not written: tensor %s is %s at %s, so the model is of no use; an older file stays as it was"
                .formatted(path, tensor.name(), values[i], place(tensor.shape(), i)));
      }
    }
  }

  private static void writeLittleEndian(OutputStream out, long value) throws IOException {
    out.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
      buffer.putFloat(value);
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  /** The place of an element, as [2, 7] for the eighth of the third row. */
  private static String place(List<Long> shape, long index) {
    Long[] place = new Long[shape.size()];
    for (int d = shape.size() - 1; d >= 0; d--) {
      place[d] = index % shape.get(d);
      index /= shape.get(d);
    }
    return List.of(place).toString();
  }

  private static String names(Collection<String> names) {
    String listed = String.join(", ", names.stream().limit(20).toList());
    return names.isEmpty() ? "none" : names.size() > 20 ? listed + ", ..." : listed;
  }

  private static void closeQuietly(@Nullable RandomAccessFile file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Nothing was written, so nothing is lost.
    }
  }
}
