package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The column of a table that is to be learned: what it means, and its values. */
final class TargetColumn {
  private static final int MOST_CLASSES = 10_000;
  private static final double LARGEST = 1e36; // what a float can still answer with room to spare
  private static final String OTHER_COLUMN = "learn another column";

  private final Table table;
  private final int column;

  TargetColumn(Table table, int column) {
    this.table = table;
    this.column = column;
  }

  /**
   * What the column means. Classes are those of all rows, so that none becomes unknown by where its
   * rows are dealt; the scale of numbers is that of the rows to train on.
   */
  Target learn(@Nullable Kind wanted, int[] rows, int[] usable, boolean standardize) {
    if (table.get(column).kind() == Column.Kind.MIXED) {
      throw table.refusal(column); // a slip in a number would make a class of every number
    }
    String name = table.names().get(column);
    boolean numbers = isNumbers();
    boolean named = hasClassNames();
    Kind kind = wanted != null ? wanted : numbers && !named ? Kind.NUMBER : Kind.LABELS;
    if (kind == Kind.BINARY && numbers && !areWhole(usable)) {
      kind = Kind.NUMBER; // Probabilities: one output comes near to them too.
    }
    if (kind == Kind.NUMBER) {
      return Target.columns(List.of(numbers(rows, usable, standardize, true)));
    }
    List<String> classes = named ? table.classNames() : classes(usable);
    if (classes.size() == 1) {
      throw new DataException(
          "column %s of %s holds one class only, %s in all of its %d rows, so there is nothing to tell apart; add rows of another class, or learn another column"
              .formatted(
                  Quoted.cell(name),
                  table.source(),
                  Quoted.cell(classes.getFirst()),
                  table.rows()));
    }
    if (classes.size() > MOST_CLASSES) {
      throw new DataException(
          "column %s of %s has %d different values, too many for classes; %s"
              .formatted(
                  Quoted.cell(name),
                  table.source(),
                  classes.size(),
                  numbers ? "end the network with 1 unit and use mse for numbers" : OTHER_COLUMN));
    }
    if (kind == Kind.BINARY && classes.size() != 2) {
      throw new DataException(
          "column %s of %s has %d classes, but a single output tells 2 apart; end the network with %d:softmax and leave the loss out"
              .formatted(Quoted.cell(name), table.source(), classes.size(), classes.size()));
    }
    return kind == Kind.BINARY ? Target.binary(name, classes) : Target.labels(name, classes);
  }

  /** The column as a number to learn, alone or beside others. */
  Target.Column numbers(int[] rows, int[] usable, boolean standardize, boolean alone) {
    String name = table.names().get(column);
    if (table.get(column).kind() == Column.Kind.MIXED) {
      throw table.refusal(column);
    }
    if (!isNumbers()) {
      throw new DataException(
          "%s holds %s, but %s needs numbers; %s"
              .formatted(
                  table.place(firstWord(), column),
                  quoted(firstWord()),
                  alone ? "this loss" : "a target of several columns",
                  alone
                      ? wayToClasses(usable)
                      : "learn it by itself, or leave it out of the target"));
    }
    if (!standardize) {
      return new Target.Column(name, 0, 1);
    }
    Moments moments = Moments.of(SchemaLearner.numbers(table, rows, column));
    if (!moments.finite() || Math.abs(moments.mean()) + moments.deviation() > LARGEST) {
      throw new DataException(
          "column %s of %s holds numbers too large to learn; scale them, or learn another column"
              .formatted(Quoted.cell(name), table.source()));
    }
    return scale(name, moments);
  }

  /** The scale of a number to learn; a constant has no other than its own size. */
  static Target.Column scale(String name, Moments moments) {
    double size = moments.mean() == 0 ? 1 : Math.abs(moments.mean());
    return new Target.Column(name, moments.mean(), moments.constant() ? size : moments.deviation());
  }

  private String wayToClasses(int[] usable) {
    int classes = classes(usable).size();
    return classes < 2 || classes > MOST_CLASSES
        ? OTHER_COLUMN
        : "for its %d classes end the network with %d:softmax and leave the loss out"
            .formatted(classes, classes);
  }

  private boolean hasClassNames() {
    return !table.classNames().isEmpty() && column == table.width() - 1;
  }

  /** The values as a known target wants them. */
  Targets values(Target target) {
    int rows = table.rows();
    if (target.kind() == Kind.NUMBER) {
      float[] numbers = new float[rows];
      for (int row = 0; row < rows; row++) {
        numbers[row] = TableEncoder.toFloat(table, row, column, number(row));
      }
      return new Targets.Numbers(numbers, 1);
    }
    int[] labels = labels(target);
    if (target.kind() == Kind.LABELS) {
      return new Targets.Labels(labels, target.classes().size());
    }
    float[] binary = new float[rows];
    for (int row = 0; row < rows; row++) {
      binary[row] = labels[row];
    }
    return new Targets.Numbers(binary, 1);
  }

  /** The class of each row. */
  int[] labels(Target target) {
    Map<String, Integer> places = Cells.places(target.classes());
    int[] labels = new int[table.rows()];
    for (int row = 0; row < labels.length; row++) {
      Integer label = places.get(className(row));
      if (label == null) {
        throw new DataException(
            "%s holds the class %s, which the training file does not have; it has %s"
                .formatted(table.place(row, column), quoted(row), shown(target.classes())));
      }
      labels[row] = label;
    }
    return labels;
  }

  /** The names of the classes among all rows: numbers in their order, words in the alphabet's. */
  private List<String> classes(int[] usable) {
    boolean numbers = isNumbers();
    Map<Double, String> byNumber = new TreeMap<>();
    Map<String, String> byWord = new TreeMap<>();
    for (int row : usable) {
      String name = className(row);
      if (numbers) {
        byNumber.put(table.number(row, column), name);
      } else {
        byWord.put(name, name);
      }
    }
    return new ArrayList<>(numbers ? byNumber.values() : byWord.values());
  }

  private String className(int row) {
    if (!isNumbers()) {
      return TableEncoder.word(table, row, column);
    }
    double number = number(row);
    long whole = (long) number;
    if (whole != number) {
      throw new DataException(
          "%s holds %s; classes are words or whole numbers; for numbers end the network with 1 unit and use mse"
              .formatted(table.place(row, column), quoted(row)));
    }
    if (!hasClassNames()) {
      return Long.toString(whole);
    }
    if (whole < 0 || whole >= table.classNames().size()) {
      throw new DataException(
          "%s holds %s, but the first line names %d classes"
              .formatted(table.place(row, column), quoted(row), table.classNames().size()));
    }
    return table.classNames().get((int) whole);
  }

  private boolean isNumbers() {
    Column.Kind kind = table.get(column).kind();
    return kind == Column.Kind.NUMBER || kind == Column.Kind.EMPTY;
  }

  private boolean areWhole(int[] usable) {
    for (int row : usable) {
      double number = number(row);
      if (number != Math.rint(number)) {
        return false;
      }
    }
    return true;
  }

  private double number(int row) {
    return TableEncoder.number(table, row, column);
  }

  private int firstWord() {
    return Math.max(0, table.get(column).firstWord());
  }

  private String quoted(int row) {
    return Quoted.cell(table.text(row, column));
  }

  private static String shown(List<String> classes) {
    return Quoted.list(classes, 20, each -> Quoted.shown(each, 40));
  }
}
