package dev.lamella.data;

import java.util.List;
import java.util.Objects;

/**
 * What a data set asks a network to say: its name, its kind, and the names of its classes.
 *
 * @param name of the column, or "target" where files have no names
 * @param kind numbers or classes
 * @param classes the names of the classes in the order of the network's outputs; empty for numbers
 * @param width how many numbers a row has; 1 for classes and for a column of numbers
 */
public record Target(String name, Kind kind, List<String> classes, int width) {
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
    classes = List.copyOf(classes);
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
    return new Target(name, Kind.NUMBER, List.of(), width);
  }

  /**
   * Classes, one output each.
   *
   * @param name of the column
   * @param classes their names in the order of the outputs
   * @return the target
   */
  public static Target labels(String name, List<String> classes) {
    return new Target(name, Kind.LABELS, classes, 1);
  }

  /**
   * Two classes with one output.
   *
   * @param name of the column
   * @param classes what 0 means and what 1 means
   * @return the target
   */
  public static Target binary(String name, List<String> classes) {
    return new Target(name, Kind.BINARY, classes, 1);
  }

  /** {@return no target} */
  public static Target none() {
    return new Target("", Kind.NONE, List.of(), 0);
  }

  /**
   * {@return how many outputs a network needs: the classes for labels, else the numbers a row has}
   */
  public int outputs() {
    return kind == Kind.LABELS ? classes.size() : width;
  }
}
