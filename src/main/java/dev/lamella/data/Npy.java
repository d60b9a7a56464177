package dev.lamella.data;

import dev.lamella.base.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An array from a {@code .npy} file, the format of NumPy's {@code save}; reading and writing it.
 *
 * <p>Read are the types {@code <f4 <f8 <i8 <i4 |u1 |b1} in C order with 1 to 32 dimensions, the
 * first being the rows; anything else is refused with the line of Python that converts it. The
 * format is that of NumPy's NEP 1, versions 1.0 to 3.0.
 */
public final class Npy {
  private static final int CHUNK = 1 << 16;

  private final String source;
  private final List<Integer> shape;
  private final Object values; // float[], double[], long[], int[] or, for |u1 and |b1, byte[]

  private Npy(String source, List<Integer> shape, Object values) {
    this.source = source;
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  /**
   * Reads an array.
   *
   * @param path of the file, gzip or not
   * @return the array
   * @throws DataException if the file does not exist, is damaged or truncated, or has a type that
   *     is not read
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Npy read(Path path) {
    try (Source source = Source.open(path)) {
      return read(source);
    }
  }

  static Npy read(Source source) {
    NpyHeader header = NpyHeader.read(source);
    NpyType type = header.type();
    int elements = header.elements();
    source.require(elements, type.bytes(), "an array of shape " + header.shape());
    Object values = type.array(elements);
    byte[] bytes = new byte[CHUNK];
    int perChunk = CHUNK / type.bytes();
    for (int from = 0; from < elements; from += perChunk) {
      int count = Math.min(elements - from, perChunk);
      source.fill(bytes, count * type.bytes(), "the numbers");
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count * type.bytes());
      type.decode(buffer.order(ByteOrder.LITTLE_ENDIAN), values, from, count);
    }
    source.requireEnd("the array of shape " + header.shape());
    return new Npy(source.name(), header.shape(), values);
  }

  /**
   * Reads rows of inputs and the targets of each.
   *
   * @param x (rows, inputs) or more dimensions, which are then one row after the other
   * @param y (rows) whole numbers for labels, or (rows) or (rows, outputs) floats
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
      doubles[i] =
          switch (values) {
            case float[] floats -> floats[i];
            case double[] same -> same[i];
            case long[] longs -> longs[i];
            case int[] ints -> ints[i];
            case byte[] bytes -> bytes[i] & 0xff;
            default -> throw new IllegalStateException();
          };
    }
    return doubles;
  }

  /** {@return whether the file holds whole numbers by its type} */
  public boolean isInteger() {
    return !(values instanceof float[] || values instanceof double[]);
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
    int[] ints = new int[length()];
    for (int i = 0; i < ints.length; i++) {
      long value =
          switch (values) {
            case long[] longs -> longs[i];
            case int[] same -> same[i];
            case byte[] bytes -> bytes[i] & 0xff;
            default -> throw new IllegalStateException();
          };
      ints[i] = (int) value;
      if (ints[i] != value) {
        throw new DataException(
            "row %d of %s is %d, which no int can hold".formatted(i, source, value));
      }
    }
    return ints;
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
        values instanceof byte[] bytes
            ? new Inputs.Bytes(bytes, rows, width)
            : new Inputs.Floats(finite(width), rows, width);
    List<Integer> row = shape.size() == 1 ? List.of(1) : shape.subList(1, shape.size());
    return new ArrayRows(source, inputs, row, null);
  }

  /** The rows as targets. */
  TargetValues targets() {
    int rows = shape.getFirst();
    int width = rows == 0 ? 1 : length() / rows;
    if (isInteger() && width == 1) {
      return TargetValues.integers(source, "target", ints());
    }
    return TargetValues.floats(source, "target", finite(Math.max(1, width)), Math.max(1, width));
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
    return java.lang.reflect.Array.getLength(values);
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
