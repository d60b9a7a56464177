package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import dev.lamella.text.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Targets from an array file before anyone decided what they mean: whole numbers may be labels or
 * numbers to come near to.
 *
 * <p>The labels that are there are the classes, in the order of the numbers and by their names, as
 * in a table: 1 to k, -1 and 1, or 10, 20 and 30.
 */
final class TargetValues {
  private static final int MOST_CLASSES = 100_000;
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final int MOST_SHOWN = 20;

  private final String source;
  private final String name;
  private final long @Nullable [] integers; // (rows), null if the file holds fractions
  private final double @Nullable [] numbers; // (rows), null if integers or more than one a row
  private final float[] floats; // (rows, width); empty if there are integers
  private final int rows;
  private final int width;

  private TargetValues(
      String source,
      String name,
      long @Nullable [] integers,
      double @Nullable [] numbers,
      float[] floats,
      int rows,
      int width) {
    this.source = source;
    this.name = name;
    this.integers = integers;
    this.numbers = numbers;
    this.floats = floats;
    this.rows = rows;
    this.width = width;
  }

  static TargetValues integers(String source, String name, long[] values) {
    return new TargetValues(source, name, values, null, new float[0], values.length, 1);
  }

  /** Finite numbers, one for each row, as the file has them and as floats. */
  static TargetValues numbers(String source, String name, double[] values, float[] floats) {
    return new TargetValues(source, name, null, values, floats, values.length, 1);
  }

  /** Rows of finite numbers (rows, width). */
  static TargetValues rows(String source, String name, float[] values, int width) {
    return new TargetValues(source, name, null, null, values, values.length / width, width);
  }

  String source() {
    return source;
  }

  int rows() {
    return rows;
  }

  /** What these values mean: as wanted, or labels if they are whole numbers by their type. */
  Target learn(@Nullable Kind wanted) {
    Kind kind = wanted != null ? wanted : integers != null ? Kind.LABELS : Kind.NUMBER;
    return switch (kind) {
      case NONE -> Target.none();
      case NUMBER -> Target.numbers(name, width);
      case BINARY -> width == 1 ? binary() : Target.numbers(name, width);
      // A row of numbers for each class is what one-hot and soft labels look like.
      case LABELS -> width > 1 ? Target.numbers(name, width) : labels();
    };
  }

  /** Two whole numbers are two classes, whatever they are; others are numbers from 0 to 1. */
  private Target binary() {
    SortedSet<Long> labels = new TreeSet<>();
    for (int r = 0; r < rows && labels.size() <= 2; r++) {
      if (!isWhole(r)) {
        return Target.numbers(name, 1);
      }
      labels.add(label(r));
    }
    if (Set.of(0L, 1L).containsAll(labels)) {
      return Target.binary(name, List.of("0", "1"));
    }
    return labels.size() == 2 ? Target.binary(name, names(labels)) : Target.numbers(name, 1);
  }

  private Target labels() {
    SortedSet<Long> labels = new TreeSet<>();
    for (int r = 0; r < rows; r++) {
      labels.add(label(r));
      if (labels.size() > MOST_CLASSES) {
        throw new DataException(
            "%s holds more than %d different labels, too many for classes; use mse for numbers"
                .formatted(source, MOST_CLASSES));
      }
    }
    return Target.labels(name, names(labels));
  }

  private static List<String> names(SortedSet<Long> labels) {
    return labels.stream().map(String::valueOf).toList();
  }

  /** The values as a known target wants them. */
  Targets apply(Target target) {
    return switch (target.kind()) {
      case NONE -> new Targets.None();
      case NUMBER -> numbers(target);
      case BINARY, LABELS -> classes(target);
    };
  }

  private Targets numbers(Target target) {
    if (width != target.width()) {
      throw new DataException(
          "%s has %d numbers a row, but the target has %d"
              .formatted(source, width, target.width()));
    }
    if (integers == null) {
      return new Targets.Numbers(floats, width);
    }
    float[] rounded = new float[rows];
    for (int r = 0; r < rows; r++) {
      rounded[r] = integers[r];
    }
    return new Targets.Numbers(rounded, 1);
  }

  private Targets classes(Target target) {
    Map<Long, Integer> places = places(target.classes());
    int[] labels = new int[rows];
    float[] binary = new float[rows];
    for (int r = 0; r < rows; r++) {
      Integer place = places.get(label(r));
      if (place == null) {
        throw new DataException(
            "row %d of %s has the label %d, but the classes are %s%s"
                .formatted(
                    r,
                    source,
                    label(r),
                    shown(target.classes()),
                    areNumbers(target.classes()) ? "" : ", counted from 0"));
      }
      labels[r] = place;
      binary[r] = place;
    }
    return target.kind() == Kind.BINARY
        ? new Targets.Numbers(binary, 1)
        : new Targets.Labels(labels, target.classes().size());
  }

  /** What there is to say about labels for classes that have words for names. */
  List<String> notes(Target target) {
    return areNumbers(target.classes())
        ? List.of()
        : List.of(
            "%s has numbers where the model knows its classes by words; they are taken for places in the list %s, which starts with 0"
                .formatted(source, shown(target.classes())));
  }

  private static boolean areNumbers(List<String> classes) {
    return classes.stream().allMatch(each -> WHOLE.matcher(each).matches());
  }

  /** Which class a label is: the one of that name, or its place where the names are words. */
  private static Map<Long, Integer> places(List<String> classes) {
    boolean numbers = areNumbers(classes);
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      places.put(numbers ? Long.parseLong(classes.get(i)) : i, i);
    }
    return places;
  }

  private static String shown(List<String> classes) {
    return Quoted.list(classes, MOST_SHOWN, Quoted::name);
  }

  private long label(int row) {
    if (width != 1 || !isWhole(row)) {
      throw new DataException(
          "row %d of %s %s; labels are whole numbers, one a row"
              .formatted(
                  row,
                  source,
                  width == 1 && numbers != null
                      ? "is " + numbers[row]
                      : "has " + width + " numbers"));
    }
    return integers != null ? integers[row] : numbers == null ? 0 : (long) numbers[row];
  }

  /** Whether a number is one that a label can be; a double holds all of them up to 2^53. */
  private boolean isWhole(int row) {
    return integers != null
        || (numbers != null
            && numbers[row] == Math.rint(numbers[row])
            && Math.abs(numbers[row]) <= 1L << 53);
  }
}
