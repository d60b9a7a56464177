package dev.lamella.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a data set asks a network to say: its name, its kind, and the names of its classes.
 *
 * @param name of the column, or "target" where files have no names; of several columns their names
 *     with commas between
 * @param kind numbers or classes
 * @param classes the names of the classes in the order of the network's outputs; empty for numbers
 * @param width how many numbers a row has; 1 for classes and for a column of numbers
 * @param columns the name and the scale of each number; empty for classes, and for numbers without
 *     names of their own that are learned as they are
 */
public record Target(
    String name, Kind kind, List<String> classes, int width, List<Column> columns) {
  /**
   * A number to learn: a training sees (y - mean) / deviation, so that the same network, optimizer
   * and learning rate suit prices and probabilities. Rows, answers and metrics stay in the units of
   * the file.
   *
   * @param name of the column
   * @param mean over the training rows, or 0 to learn numbers as they are
   * @param deviation the standard deviation over the training rows, or 1
   */
  public record Column(String name, double mean, double deviation) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
     */
    public Column {
      Objects.requireNonNull(name, "name");
      if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
        throw new IllegalArgumentException(
            "target \"%s\" cannot be standardized with mean %s and deviation %s"
                .formatted(name, mean, deviation));
      }
    }

    /** {@return whether a training sees other numbers than the file has} */
    public boolean standardized() {
      return mean != 0 || deviation != 1;
    }
  }

  /** What a target means, and so which losses fit it. */
  public enum Kind {
    /** Numbers, for regression: (rows, width) floats. */
    NUMBER,
    /** One of several classes, one network output for each: (rows) integer labels. */
    LABELS,
    /** One of two classes, one network output for both: (rows, 1) floats, 0 or 1. */
    BINARY,
    /** Nothing to learn. */
    NONE
  }

  /**
   * Checks that kind and classes fit together.
   *
   * @throws IllegalArgumentException if classes are missing, doubled or too many for the kind
   */
  public Target {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    classes = List.copyOf(Objects.requireNonNull(classes, "classes"));
    columns = List.copyOf(Objects.requireNonNull(columns, "columns"));
    if (!columns.isEmpty() && (kind != Kind.NUMBER || columns.size() != width)) {
      throw new IllegalArgumentException(
          "target \"%s\" of kind %s with %d numbers a row cannot have %d columns"
              .formatted(name, kind, width, columns.size()));
    }
    int least = kind == Kind.LABELS ? 1 : kind == Kind.BINARY ? 2 : 0;
    int most = kind == Kind.LABELS ? Integer.MAX_VALUE : least;
    if (classes.size() < least || classes.size() > most) {
      throw new IllegalArgumentException(
          "target \"%s\" is of kind %s and cannot have %d classes"
              .formatted(name, kind, classes.size()));
    }
    if (classes.stream().distinct().count() != classes.size()) {
      throw new IllegalArgumentException(
          "target \"%s\" names a class twice: %s".formatted(name, classes));
    }
    if (width < 0 || (width == 0) != (kind == Kind.NONE) || (width > 1 && kind != Kind.NUMBER)) {
      throw new IllegalArgumentException(
          "target \"%s\" of kind %s cannot have %d numbers a row".formatted(name, kind, width));
    }
  }

  /**
   * Numbers to come near to.
   *
   * @param name of the column
   * @param width how many numbers a row has
   * @return the target
   */
  public static Target numbers(String name, int width) {
    return new Target(name, Kind.NUMBER, List.of(), width, List.of());
  }

  /**
   * Numbers of columns, each with its name and scale.
   *
   * @param columns at least one
   * @return the target
   */
  public static Target columns(List<Column> columns) {
    String name = columns.stream().map(Column::name).collect(Collectors.joining(","));
    boolean plain = columns.size() == 1 && !columns.getFirst().standardized();
    return plain
        ? numbers(name, 1)
        : new Target(name, Kind.NUMBER, List.of(), columns.size(), columns);
  }

  /**
   * Classes, one output each.
   *
   * @param name of the column
   * @param classes their names in the order of the outputs
   * @return the target
   */
  public static Target labels(String name, List<String> classes) {
    return new Target(name, Kind.LABELS, classes, 1, List.of());
  }

  /**
   * Two classes with one output.
   *
   * @param name of the column
   * @param classes what 0 means and what 1 means
   * @return the target
   */
  public static Target binary(String name, List<String> classes) {
    return new Target(name, Kind.BINARY, classes, 1, List.of());
  }

  /** {@return no target} */
  public static Target none() {
    return new Target("", Kind.NONE, List.of(), 0, List.of());
  }

  /**
   * {@return how many outputs a network needs: the classes for labels, else the numbers a row has}
   */
  public int outputs() {
    return kind == Kind.LABELS ? classes.size() : width;
  }

  /** {@return whether a training sees other numbers than the file has} */
  public boolean standardized() {
    return columns.stream().anyMatch(Column::standardized);
  }

  /** {@return the same target, whose numbers are learned as they are} */
  public Target asTheyAre() {
    List<Column> plain = columns.stream().map(each -> new Column(each.name(), 0, 1)).toList();
    return plain.isEmpty() ? this : columns(plain);
  }

  /** {@return a name for each output of a network: the classes, or the columns} */
  public List<String> outputNames() {
    if (kind == Kind.LABELS) {
      return classes;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      names.add(columns.isEmpty() ? (width == 1 ? name : name + "_" + i) : columns.get(i).name());
    }
    return names;
  }

  /** The columns of a table that hold the target. */
  List<String> columnNames() {
    return columns.isEmpty() ? List.of(name) : columns.stream().map(Column::name).toList();
  }
}
