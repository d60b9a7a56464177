package dev.lamella.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reader of IDX, the format of MNIST and its successors: a number for the type, the dimensions, and
 * the bytes, in files that are compressed or not.
 *
 * <p>Pixels stay the file's bytes, 0 to 255, until a batch is gathered; {@link Dataset#scale} with
 * 1 / 255f makes them numbers in [0, 1] on the way.
 */
public final class Idx {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MOST_DIMENSIONS = 8;
  private static final List<String> TYPES =
      List.of(
          "unsigned bytes",
          "signed bytes",
          "an unknown type",
          "shorts",
          "ints",
          "floats",
          "doubles");

  private Idx() {}

  /**
   * Reads images and the label of each.
   *
   * @param images a file of unsigned bytes with 2 or more dimensions, rows first; gzip or not
   * @param labels a file of unsigned bytes with 1 dimension; gzip or not
   * @return one row for each image; the classes are the labels that are there, in their order
   * @throws DataException if a file does not exist, is damaged or truncated, or if there are not as
   *     many labels as images
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset read(Path images, Path labels) {
    Objects.requireNonNull(labels, "labels");
    try (Source pixels = Source.open(images);
        Source classes = Source.open(labels)) {
      return arrays(pixels).with(labels(classes)).learn(Target.Kind.LABELS);
    }
  }

  /**
   * Reads images without labels, to predict.
   *
   * @param images a file of unsigned bytes with 2 or more dimensions, rows first; gzip or not
   * @return the rows
   * @throws DataException if the file does not exist, is damaged or truncated
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset readImages(Path images) {
    try (Source pixels = Source.open(images)) {
      return arrays(pixels).learn(null);
    }
  }

  /** Whether a file begins as an IDX file does: two zero bytes, then a known type. */
  static boolean recognizes(Source source) {
    byte[] start = source.peek(4);
    return start.length == 4
        && start[0] == 0
        && start[1] == 0
        && start[2] >= UNSIGNED_BYTE
        && start[2] < UNSIGNED_BYTE + TYPES.size();
  }

  /** The rows of a file with at least 2 dimensions. */
  static ArrayRows arrays(Source source) {
    List<Integer> dimensions = header(source);
    if (dimensions.size() < 2) {
      throw new DataException(
          "%s has 1 dimension and so holds labels; images need 2 or more; are the two files in the wrong order?"
              .formatted(source.name()));
    }
    List<Integer> shape = dimensions.subList(1, dimensions.size());
    int width = shape.stream().reduce(1, (a, b) -> a * b); // the header checked the product
    int rows = dimensions.getFirst();
    byte[] pixels = body(source, rows, width);
    return new ArrayRows(source.name(), new Inputs.Bytes(pixels, rows, width), shape, null, null);
  }

  /** The labels of a file with 1 dimension. */
  static TargetValues labels(Source source) {
    List<Integer> dimensions = header(source);
    if (dimensions.size() != 1) {
      throw new DataException(
          "%s has %d dimensions, but labels have 1; are the two files in the wrong order?"
              .formatted(source.name(), dimensions.size()));
    }
    byte[] bytes = body(source, dimensions.getFirst(), 1);
    long[] labels = new long[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i] & 0xff;
    }
    return TargetValues.integers(source.name(), "label", labels);
  }

  private static byte[] body(Source source, int rows, int width) {
    byte[] body = source.bytes((long) rows * width, rows + " rows of " + width + " bytes");
    source.requireEnd("its " + rows + " rows");
    return body;
  }

  private static List<Integer> header(Source source) {
    if (!recognizes(source)) {
      throw new DataException(
          source.name() + " is not an IDX file: it does not start with 0, 0 and a known type");
    }
    ByteBuffer magic = source.next(4, ByteOrder.BIG_ENDIAN, "the first bytes");
    int type = magic.get(2);
    if (type != UNSIGNED_BYTE) {
      throw new DataException(
          "%s holds %s; only unsigned bytes are read; convert it to .npy"
              .formatted(source.name(), TYPES.get(type - UNSIGNED_BYTE)));
    }
    int count = magic.get(3);
    if (count < 1 || count > MOST_DIMENSIONS) {
      throw new DataException(
          "%s claims %d dimensions; 1 to %d are possible"
              .formatted(source.name(), count & 0xff, MOST_DIMENSIONS));
    }
    ByteBuffer lengths = source.next(4 * count, ByteOrder.BIG_ENDIAN, "the dimensions");
    List<Integer> dimensions = new ArrayList<>();
    long product = 1;
    for (int i = 0; i < count; i++) {
      int length = lengths.getInt();
      product = length < 1 ? 0 : product * length;
      if (product < 1 || product > Arrays2d.MAX_LENGTH) {
        throw new DataException(
            "%s claims dimensions that cannot be: %s"
                .formatted(source.name(), dimensions(lengths, count)));
      }
      dimensions.add(length);
    }
    return dimensions;
  }

  private static String dimensions(ByteBuffer lengths, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toUnsignedString(lengths.getInt(4 * i)))
        .toList()
        .toString();
  }
}
