package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Targets from an array file before anyone decided what they mean: whole numbers may be labels or
 * numbers to come near to.
 */
final class TargetValues {
  private static final int MOST_CLASSES = 100_000;

  private final String source;
  private final String name;
  private final int @Nullable [] integers; // (rows), null if the file holds fractions
  private final float[] floats; // (rows, width); empty if there are integers
  private final int rows;
  private final int width;

  private TargetValues(
      String source, String name, int @Nullable [] integers, float[] floats, int rows, int width) {
    this.source = source;
    this.name = name;
    this.integers = integers;
    this.floats = floats;
    this.rows = rows;
    this.width = width;
  }

  static TargetValues integers(String source, String name, int[] values) {
    return new TargetValues(source, name, values, new float[0], values.length, 1);
  }

  /** Finite numbers (rows, width). */
  static TargetValues floats(String source, String name, float[] values, int width) {
    return new TargetValues(source, name, null, values, values.length / width, width);
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
      case BINARY ->
          width == 1 && areZeroAndOne()
              ? Target.binary(name, List.of("0", "1"))
              : Target.numbers(name, width);
      // A row of numbers for each class is what one-hot and soft labels look like.
      case LABELS -> width > 1 ? Target.numbers(name, width) : labels();
    };
  }

  private boolean areZeroAndOne() {
    for (int r = 0; r < rows; r++) {
      float value = number(r);
      if (value != 0 && value != 1) {
        return false;
      }
    }
    return true;
  }

  private Target labels() {
    int largest = 0;
    for (int r = 0; r < rows; r++) {
      largest = Math.max(largest, label(r));
    }
    if (largest >= MOST_CLASSES) {
      throw new DataException(
          "%s has the label %d; more than %d classes are not supported"
              .formatted(source, largest, MOST_CLASSES));
    }
    List<String> classes = IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
    return Target.labels(name, classes);
  }

  /** The values as a known target wants them. */
  Targets apply(Target target) {
    return switch (target.kind()) {
      case NONE -> new Targets.None();
      case NUMBER, BINARY -> numbers(target);
      case LABELS -> labels(target.classes().size());
    };
  }

  private Targets numbers(Target target) {
    if (width != target.width()) {
      throw new DataException(
          "%s has %d numbers a row, but the target has %d"
              .formatted(source, width, target.width()));
    }
    if (target.kind() == Kind.BINARY && !areZeroAndOne()) {
      throw new DataException(source + " holds numbers other than the 0 and 1 of two classes");
    }
    if (integers == null) {
      return new Targets.Numbers(floats, width);
    }
    float[] numbers = new float[rows];
    for (int r = 0; r < rows; r++) {
      numbers[r] = integers[r];
    }
    return new Targets.Numbers(numbers, 1);
  }

  private Targets labels(int classes) {
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = label(r);
      if (labels[r] >= classes) {
        throw new DataException(
            "row %d of %s has the label %d, but the %d classes have the labels 0 to %d"
                .formatted(r, source, labels[r], classes, classes - 1));
      }
    }
    return new Targets.Labels(labels, classes);
  }

  private int label(int row) {
    float number = integers == null ? floats[row] : 0;
    int label = integers == null ? (int) number : integers[row];
    if (width != 1 || label < 0 || (integers == null && label != number)) {
      throw new DataException(
          "row %d of %s is %s; labels are whole numbers from 0"
              .formatted(row, source, integers == null ? Float.toString(number) : label));
    }
    return label;
  }

  private float number(int row) {
    return integers == null ? floats[row] : integers[row];
  }
}
