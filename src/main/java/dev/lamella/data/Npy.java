package dev.lamella.data;

import dev.lamella.base.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array from a {@code .npy} file, the format of NumPy's {@code save}, or from a {@code .npz}
 * archive of such files; reading and writing it.
 *
 * <p>Read are integers of 8 to 64 bits, signed and unsigned, floats of 16 to 64 bits, and bool, in
 * both orders of bytes and both orders of dimensions, with 1 to 32 dimensions, the first being the
 * rows; anything else is refused with the line of Python that helps. The format is that of NumPy's
 * NEP 1, versions 1.0 to 3.0.
 */
public final class Npy {
  private static final int CHUNK = 1 << 16;

  private final String source;
  private final List<Integer> shape;
  private final NpyType type;
  private final Object values; // what type.array makes, the last dimension side by side

  private Npy(String source, List<Integer> shape, NpyType type, Object values) {
    this.source = source;
    this.shape = List.copyOf(shape);
    this.type = type;
    this.values = values;
  }

  /**
   * Reads an array.
   *
   * @param path of the file, gzip or not; an archive must hold one array
   * @return the array
   * @throws DataException if the file does not exist, is damaged or truncated, or has a type that
   *     is not read
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Npy read(Path path) {
    try (Source source = Source.open(path)) {
      return read(source, null);
    }
  }

  /**
   * Reads one array of an archive.
   *
   * @param path of the {@code .npz} file
   * @param array its name, without {@code .npy}
   * @return the array
   * @throws DataException if the file does not exist, is damaged or truncated, has no array of that
   *     name, or one of a type that is not read
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Npy read(Path path, String array) {
    Objects.requireNonNull(array, "array");
    try (Source source = Source.open(path)) {
      return read(source, array);
    }
  }

  /**
   * Reads an array from a stream, which is closed.
   *
   * @param stream the bytes of a file, gzip or not; an archive must hold one array
   * @param name for messages
   * @return the array
   * @throws DataException if the content is damaged or truncated, or has a type that is not read
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Npy read(InputStream stream, String name) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(name, "name");
    try (Source source = Source.of(name, stream)) {
      return read(source, null);
    }
  }

  /** The array of a file, or of that name in an archive. */
  static Npy read(Source source, @Nullable String array) {
    if (NpyHeader.recognizesArchive(source)) {
      return new NpyArchive(source).read(array);
    }
    if (array != null) {
      throw NpyArchive.isNone(source.name(), array);
    }
    return read(source);
  }

  static Npy read(Source source) {
    NpyHeader header = NpyHeader.read(source);
    NpyType type = header.type();
    int elements = header.elements();
    source.require(elements, type.bytes(), "an array of shape " + header.shape());
    Object values = type.array(source.capacity(elements, type.bytes()));
    byte[] bytes = new byte[CHUNK];
    int perChunk = CHUNK / type.bytes();
    for (int from = 0; from < elements; from += perChunk) {
      int count = Math.min(elements - from, perChunk);
      source.fill(bytes, count * type.bytes(), "the numbers");
      int length = Array.getLength(values);
      if (from + count > length) {
        values =
            NpyType.resized(values, (int) Math.min(elements, Math.max(2L * length, from + count)));
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count * type.bytes());
      type.decode(buffer.order(header.order()), values, from, count);
    }
    source.requireEnd("the array of shape " + header.shape());
    if (header.columnsFirst()) {
      values = rowsFirst(values, elements, header.shape(), type);
    }
    return new Npy(source.name(), header.shape(), type, values);
  }

  /** The same numbers with the last dimension side by side instead of the first. */
  private static Object rowsFirst(Object from, int elements, List<Integer> shape, NpyType type) {
    int dimensions = shape.size();
    int[] step = new int[dimensions]; // (dimensions): from one index to the next
    int size = 1;
    for (int d = dimensions - 1; d >= 0; d--) {
      step[d] = size;
      size *= shape.get(d);
    }
    Object into = type.array(elements);
    int[] index = new int[dimensions];
    int to = 0;
    for (int i = 0; i < elements; i++) {
      System.arraycopy(from, i, into, to, 1);
      for (int d = 0; d < dimensions; d++) { // The first index runs fastest.
        to += step[d];
        if (++index[d] < shape.get(d)) {
          break;
        }
        to -= shape.get(d) * step[d];
        index[d] = 0;
      }
    }
    return into;
  }

  /**
   * Reads rows of inputs and the targets of each.
   *
   * @param x (rows, inputs) or more dimensions, which are then one row after the other
   * @param y (rows) whole numbers for labels, whatever they are, or (rows) or (rows, outputs)
   *     floats
   * @return the rows
   * @throws DataException if a file cannot be read, if the rows are not equally many, or if a
   *     number is NaN or infinite
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset read(Path x, Path y) {
    Objects.requireNonNull(y, "y");
    return read(x).rows().with(read(y).targets()).learn(null);
  }

  /** {@return the lengths of the dimensions, rows first} */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * All numbers as floats, the last dimension side by side; doubles and integers are rounded.
   *
   * @return the array itself if the file holds floats, so do not change it and use it again
   */
  public float[] floats() {
    if (values instanceof float[] floats) {
      return floats;
    }
    double[] doubles = doubles();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** {@return all numbers as doubles, the last dimension side by side; longs are rounded} */
  public double[] doubles() {
    double[] doubles = new double[length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = number(i);
    }
    return doubles;
  }

  /** One number as a double, the last dimension side by side. */
  double number(int element) {
    return switch (values) {
      case float[] floats -> floats[element];
      case double[] same -> same[element];
      case long[] longs -> asDouble(longs[element]);
      case int[] ints -> ints[element];
      case byte[] bytes -> bytes[element] & 0xff;
      default -> throw new IllegalStateException();
    };
  }

  private double asDouble(long value) {
    // Halving keeps the lowest bit, so that a number halfway between two doubles is rounded once.
    return type == NpyType.U8 && value < 0 ? ((value >>> 1) | (value & 1)) * 2.0 : value;
  }

  /** {@return whether the file holds whole numbers by its type, or bool} */
  public boolean isInteger() {
    return type.isInteger();
  }

  /**
   * All numbers as ints.
   *
   * @return the numbers, the last dimension side by side
   * @throws DataException if the file holds floats, or a number that no int can hold
   */
  public int[] ints() {
    if (!isInteger()) {
      throw new DataException(source + " holds floats, but whole numbers are needed");
    }
    long[] longs = longs();
    int[] ints = new int[longs.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) longs[i];
      if (ints[i] != longs[i]) {
        throw new DataException(
            "row %d of %s is %d, which no int can hold".formatted(row(i), source, longs[i]));
      }
    }
    return ints;
  }

  private long[] longs() {
    long[] longs = new long[length()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] =
          switch (values) {
            case long[] same -> same[i];
            case int[] ints -> ints[i];
            case byte[] bytes -> bytes[i] & 0xff;
            default -> throw new IllegalStateException();
          };
      if (type == NpyType.U8 && longs[i] < 0) {
        throw new DataException(
            "row %d of %s is %s, more than the largest whole number of %d"
                .formatted(row(i), source, Long.toUnsignedString(longs[i]), Long.MAX_VALUE));
      }
    }
    return longs;
  }

  private int row(int element) {
    return element / (length() / shape.getFirst());
  }

  /**
   * Writes floats, atomically: at every moment the path stands for all of the old content or all of
   * the new.
   *
   * @param path of the file
   * @param values the last dimension side by side
   * @param shape lengths of the dimensions, rows first
   * @throws IllegalArgumentException if there are not as many values as the shape says
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(Path path, float[] values, int... shape) {
    Objects.requireNonNull(shape, "shape");
    write(path, NpyType.F4, values, values.length, shape);
  }

  /**
   * Writes doubles, atomically: at every moment the path stands for all of the old content or all
   * of the new.
   *
   * @param path of the file
   * @param values the last dimension side by side
   * @param shape lengths of the dimensions, rows first
   * @throws IllegalArgumentException if there are not as many values as the shape says
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(Path path, double[] values, int... shape) {
    Objects.requireNonNull(shape, "shape");
    write(path, NpyType.F8, values, values.length, shape);
  }

  /**
   * Writes ints, atomically: at every moment the path stands for all of the old content or all of
   * the new.
   *
   * @param path of the file
   * @param values the last dimension side by side
   * @param shape lengths of the dimensions, rows first
   * @throws IllegalArgumentException if there are not as many values as the shape says
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void write(Path path, int[] values, int... shape) {
    Objects.requireNonNull(shape, "shape");
    write(path, NpyType.I4, values, values.length, shape);
  }

  /** The rows as inputs of a network: finite numbers, or bytes left as they are. */
  ArrayRows rows() {
    int rows = shape.getFirst();
    int width = rows == 0 ? 0 : length() / rows;
    if (width == 0) {
      throw new DataException(source + " has no rows; there is nothing to learn from");
    }
    Inputs inputs =
        type == NpyType.U1 && values instanceof byte[] bytes
            ? new Inputs.Bytes(bytes, rows, width)
            : new Inputs.Floats(finite(width), rows, width);
    List<Integer> row = shape.size() == 1 ? List.of(1) : shape.subList(1, shape.size());
    return new ArrayRows(source, inputs, row, null, this);
  }

  /** The rows as targets. */
  TargetValues targets() {
    int rows = shape.getFirst();
    int width = rows == 0 ? 1 : length() / rows;
    if (isInteger() && width == 1) {
      return TargetValues.integers(source, "target", longs());
    }
    float[] floats = finite(Math.max(1, width));
    return width == 1
        ? TargetValues.numbers(source, "target", doubles(), floats)
        : TargetValues.rows(source, "target", floats, Math.max(1, width));
  }

  private float[] finite(int width) {
    float[] floats = floats();
    int bad = Arrays2d.nonFinite(floats);
    if (bad >= 0) {
      throw new DataException(
          "row %d, column %d of %s is %s%s; every number must be finite"
              .formatted(
                  bad / width,
                  bad % width,
                  source,
                  doubles()[bad],
                  Double.isFinite(doubles()[bad]) ? ", which no float can hold" : ""));
    }
    return floats;
  }

  private int length() {
    return Array.getLength(values);
  }

  private static void write(Path path, NpyType type, Object values, int length, int[] shape) {
    long elements = 1;
    for (int size : shape) {
      elements *= size;
    }
    if (elements != length || shape.length == 0) {
      throw new IllegalArgumentException(
          "an array of shape %s has %d numbers, not %d"
              .formatted(Arrays.toString(shape), elements, length));
    }
    AtomicFile.write(path, DataException::new, out -> write(out, type, values, length, shape));
  }

  private static void write(OutputStream out, NpyType type, Object values, int length, int[] shape)
      throws IOException {
    out.write(NpyHeader.bytes(type, shape));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK / type.bytes();
    for (int from = 0; from < length; from += perChunk) {
      type.encode(values, from, Math.min(length - from, perChunk), buffer.clear());
      out.write(buffer.array(), 0, buffer.position());
    }
  }
}
