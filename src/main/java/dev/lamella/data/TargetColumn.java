package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The column of a table that is to be learned: what it means, and its values. */
final class TargetColumn {
  private static final int MOST_CLASSES = 10_000;

  private final Table table;
  private final int column;

  TargetColumn(Table table, int column) {
    this.table = table;
    this.column = column;
  }

  Target learn(@Nullable Kind wanted, int[] rows) {
    if (!table.get(column).judgment().reason().isEmpty()) {
      throw table.refusal(column);
    }
    String name = table.names().get(column);
    boolean numbers = isNumbers();
    boolean named = !table.classNames().isEmpty() && column == table.width() - 1;
    Kind kind = wanted != null ? wanted : numbers && !named ? Kind.NUMBER : Kind.LABELS;
    if (kind == Kind.BINARY && numbers && !areWhole(rows)) {
      kind = Kind.NUMBER; // Probabilities: one output comes near to them too.
    }
    if (kind == Kind.NUMBER) {
      if (!numbers) {
        throw new DataException(
            "%s holds %s, but this loss needs numbers; use cross_entropy for classes"
                .formatted(table.place(firstWord(), column), quoted(firstWord())));
      }
      return Target.numbers(name, 1);
    }
    List<String> classes = named ? table.classNames() : classes(rows);
    if (kind == Kind.BINARY && classes.size() != 2) {
      throw new DataException(
          "column %s of %s has %d classes, but a single output tells 2 apart; use cross_entropy"
              .formatted(Text.quote(name), table.source(), classes.size()));
    }
    if (classes.size() > MOST_CLASSES) {
      throw new DataException(
          "column %s of %s has %d different values, too many for classes; use mse for numbers"
              .formatted(Text.quote(name), table.source(), classes.size()));
    }
    return kind == Kind.BINARY ? Target.binary(name, classes) : Target.labels(name, classes);
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
    Map<String, Integer> places = Cells.places(target.classes());
    int[] labels = new int[rows];
    float[] binary = new float[rows];
    for (int row = 0; row < rows; row++) {
      Integer label = places.get(className(row));
      if (label == null) {
        throw new DataException(
            "%s holds the class %s, which the training rows do not have; they have %s"
                .formatted(table.place(row, column), quoted(row), shown(target.classes())));
      }
      labels[row] = label;
      binary[row] = label;
    }
    return target.kind() == Kind.BINARY
        ? new Targets.Numbers(binary, 1)
        : new Targets.Labels(labels, target.classes().size());
  }

  /** The names of the classes among the rows: numbers in their order, words in the alphabet's. */
  private List<String> classes(int[] rows) {
    boolean numbers = isNumbers();
    Map<Double, String> byNumber = new TreeMap<>();
    Map<String, String> byWord = new TreeMap<>();
    for (int row : rows) {
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
          "%s holds %s; classes are words or whole numbers; use mse for numbers"
              .formatted(table.place(row, column), quoted(row)));
    }
    if (table.classNames().isEmpty() || column != table.width() - 1) {
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

  private boolean areWhole(int[] rows) {
    for (int row : rows) {
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
    return Text.quote(table.text(row, column));
  }

  private static String shown(List<String> classes) {
    String listed =
        String.join(", ", classes.stream().limit(20).map(each -> Text.shown(each, 40)).toList());
    return classes.size() > 20 ? listed + ", ..." : listed;
  }
}
