package dev.lamella.data;

import dev.lamella.text.FileKind;
import dev.lamella.text.Quoted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The header of a {@code .npy} file: a Python dictionary with the type, the order and the shape.
 *
 * <p>Only what NumPy itself writes is read; nothing is evaluated. Any order of the three entries
 * and any spaces are taken, other entries and other literals are not.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param columnsFirst whether the first dimension stands side by side (Fortran order), not the last
 * @param shape lengths of the dimensions, rows first, at least one
 */
record NpyHeader(NpyType type, ByteOrder order, boolean columnsFirst, List<Integer> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 10_000; // NumPy's own limit for files it does not trust
  private static final int MOST_DIMENSIONS = 32;
  private static final int ALIGNMENT = 64; // of the first element, as NumPy writes it
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  // One entry: a quoted name, then a quoted string, a truth value, or a tuple of digits.
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(['\"])(\\w{1,20})\\1\\s*:\\s*"
              + "(?:(['\"])([^'\"\\\\]{1,20})\\3|(True|False)|\\(([0-9,\\s]*)\\)|(\\[[^\\]]*\\]))\\s*(,|$)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  static boolean recognizes(Source source) {
    return source.startsWith(MAGIC);
  }

  /** Whether a file is an archive of such files, as NumPy's {@code savez} writes it. */
  static boolean recognizesArchive(Source source) {
    return FileKind.of(source.peek(FileKind.PEEK)) == FileKind.NPZ;
  }

  int elements() {
    return shape.stream().reduce(1, Math::multiplyExact); // read() bounded the product
  }

  static NpyHeader read(Source source) {
    if (!recognizes(source)) {
      throw new DataException(source.name() + " is not a .npy file: it does not start with NUMPY");
    }
    ByteBuffer start = source.next(8, ByteOrder.LITTLE_ENDIAN, "the first bytes");
    int major = start.get(6);
    int minor = start.get(7);
    if (major < 1 || major > 3 || minor != 0) {
      throw new DataException(
          "%s has the version %d.%d; 1.0, 2.0 and 3.0 are known"
              .formatted(source.name(), major & 0xff, minor & 0xff));
    }
    ByteBuffer size = source.next(major == 1 ? 2 : 4, ByteOrder.LITTLE_ENDIAN, "the header");
    long length = major == 1 ? size.getShort() & 0xffff : size.getInt() & 0xffff_ffffL;
    if (length > LONGEST) {
      throw new DataException(
          "%s claims a header of %d bytes; more than %d are not read"
              .formatted(source.name(), length, LONGEST));
    }
    byte[] text = new byte[(int) length];
    source.fill(text, text.length, "the header");
    return parse(source.name(), new String(text, StandardCharsets.ISO_8859_1).strip());
  }

  private static NpyHeader parse(String file, String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw damaged(file, text);
    }
    String descr = null;
    String fortran = null;
    String shape = null;
    String body = text.substring(1, text.length() - 1).strip();
    Matcher entry = ENTRY.matcher(body);
    for (int end = 0; end < body.length(); end = entry.end()) {
      if (!entry.region(end, body.length()).lookingAt()) {
        throw damaged(file, text);
      }
      switch (entry.group(2)) {
        case "descr" -> descr = once(file, text, descr, type(entry));
        case "fortran_order" -> fortran = once(file, text, fortran, entry.group(5));
        case "shape" -> shape = once(file, text, shape, entry.group(6));
        default -> throw damaged(file, text);
      }
    }
    if (descr == null || fortran == null || shape == null) {
      throw damaged(file, text);
    }
    NpyType type = NpyType.of(descr);
    if (type == null) {
      throw new DataException(
          "%s holds %s".formatted(file, unread(descr).formatted(Quoted.name(descr))));
    }
    return new NpyHeader(type, NpyType.order(descr), fortran.equals("True"), shape(file, shape));
  }

  /** What stands in arrays that are not read, and the line of Python that helps. */
  private static String unread(String descr) {
    String kind = descr.replaceFirst("^[<>|=]", "");
    return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
      case 'O' ->
          "Python objects (%s), as rows of unequal length become; make one array of numbers of them before saving: numpy.save(path, numpy.stack(x).astype('f4'))";
      case 'U', 'S', 'a' ->
          "text (%s), not numbers; save it as a table: pandas.DataFrame(x).to_csv(path, index=False)";
      case '[' ->
          "rows with named fields; save them as a table: pandas.DataFrame(x).to_csv(path, index=False)";
      case 'c' ->
          "complex numbers (%s); save the two parts as columns: numpy.save(path, numpy.concatenate([x.real, x.imag], -1))";
      case 'M', 'm' ->
          "dates or durations (%s); save them as numbers: numpy.save(path, x.astype('i8'))";
      default ->
          "numbers of the type %s, but integers of 8 to 64 bits, floats of 16 to 64 and bool are read; convert them: numpy.save(path, x.astype('f4'))";
    };
  }

  private static @Nullable String type(Matcher entry) {
    return entry.group(4) != null ? entry.group(4) : entry.group(7) == null ? null : "[";
  }

  private static String once(
      String file, String text, @Nullable String before, @Nullable String value) {
    if (before != null || value == null) {
      throw damaged(file, text);
    }
    return value;
  }

  private static List<Integer> shape(String file, String text) {
    List<Integer> shape = new ArrayList<>();
    long product = 1;
    String body = text.strip();
    for (String length : body.isEmpty() ? new String[0] : body.split(",")) {
      String digits = length.strip();
      if (!DIGITS.matcher(digits).matches()) {
        throw damaged(file, "shape (" + text + ")");
      }
      long size = Long.parseLong(digits);
      product *= size;
      if (size > Arrays2d.MAX_LENGTH || product > Arrays2d.MAX_LENGTH) {
        throw new DataException(
            "%s claims the shape (%s), more numbers than one array can hold; split the file"
                .formatted(file, Quoted.text(body, 200)));
      }
      shape.add((int) size);
    }
    if (shape.isEmpty() || shape.size() > MOST_DIMENSIONS) {
      throw new DataException(
          "%s has the shape (%s); an array of rows has 1 to %d dimensions"
              .formatted(file, Quoted.text(body, 200), MOST_DIMENSIONS));
    }
    return shape;
  }

  private static DataException damaged(String file, String text) {
    String shown = Quoted.text(text, 200);
    return new DataException(
        "%s has a damaged header: %s".formatted(file, shown.replaceAll("[^ -~]", "?")));
  }

  /** The header of a file to be written, byte for byte as NumPy writes it. */
  static byte[] bytes(NpyType type, int[] shape) {
    String lengths =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type.description(), shape.length == 1 ? lengths + "," : lengths);
    int start = MAGIC.length + 4;
    int total = Math.ceilDiv(start + text.length() + 1, ALIGNMENT) * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - start));
    buffer.put(text.getBytes(StandardCharsets.US_ASCII));
    while (buffer.position() < total - 1) {
      buffer.put((byte) ' ');
    }
    return buffer.put((byte) '\n').array();
  }
}
