package dev.lamella.data;

import dev.lamella.base.Permutation;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a table is once its missing cells are dealt with, as its reader's options say. */
final class Completion {
  private final Table table;
  private final int[] rows;
  private final int[] usable;
  private final Reading reading;

  private Completion(Table table, int[] rows, int[] usable, Reading reading) {
    this.table = table;
    this.rows = rows;
    this.usable = usable;
    this.reading = reading;
  }

  /** Without missing cells among those that are used, in the rows to train on. */
  Table table() {
    return table;
  }

  /** The rows to train on. */
  int[] rows() {
    return rows;
  }

  /** All rows that are not left out, held out or not: their words and classes are known. */
  int[] usable() {
    return usable;
  }

  /** What a schema must remember. */
  Reading reading() {
    return reading;
  }

  /** Learns from the rows to train on what other rows get where a cell is missing. */
  static Completion learn(Table table, Preparation preparation, int[] rows) {
    int[] targets = targets(table, preparation);
    int[] inputs = inputs(table, preparation, targets);
    Reading reading = table.reading();
    MissingCells missing = MissingCells.find(table, inputs, targets);
    if (reading.missing() == Missing.ERROR && missing.cells() > 0) {
      throw missing.refused(
          "fill them in, choose what becomes of them with --missing drop, mean, median or most_frequent (CsvOptions.withMissing), or say with --missing-words which words mean it");
    }
    int[] kept = missing.kept(rows, reading.missing() == Missing.DROP);
    Map<String, Double> numbers = new HashMap<>();
    Map<String, String> words = new HashMap<>();
    Map<String, String> styles = new HashMap<>();
    List<Column> columns = new ArrayList<>(table.columns());
    boolean fills = reading.missing() != Missing.ERROR && reading.missing() != Missing.DROP;
    for (int c : inputs) {
      Column column = table.get(c);
      String name = table.names().get(c);
      Column.Kind kind = column.kind();
      if (fills && kind == Column.Kind.NUMBER) {
        double fill = Fill.number(table, c, kept, reading.missing());
        if (Double.isFinite(fill)) { // else the column is refused for its other cells
          numbers.put(name, fill);
          columns.set(c, column.filled(Double.toString(fill)));
        }
      } else if (fills && kind == Column.Kind.TEXT) {
        words.put(name, Fill.word(table, c, kept));
        columns.set(c, column.filled(words.get(name)));
      }
      style(column, name, styles);
    }
    for (int target : targets) {
      style(table.get(target), table.names().get(target), styles);
    }
    return new Completion(
        table.with(columns),
        kept,
        missing.kept(Permutation.identity(table.rows()), reading.missing() == Missing.DROP),
        new Reading(reading.missing(), reading.missingWords(), numbers, words, styles));
  }

  private static void style(Column column, String name, Map<String, String> styles) {
    if (column.kind() == Column.Kind.NUMBER && !column.style().equals(NumberStyle.PLAIN)) {
      styles.put(name, column.style().toString());
    }
  }

  /** The rows that can be trained on, before some of them are held out. */
  static Table drop(Table table, Preparation preparation) {
    Missing policy = table.reading().missing();
    if (policy == Missing.ERROR) {
      return table;
    }
    int[] targets = targets(table, preparation);
    MissingCells missing = MissingCells.find(table, inputs(table, preparation, targets), targets);
    return missing.dropped(policy == Missing.DROP);
  }

  private static int[] targets(Table table, Preparation preparation) {
    if (preparation.kind() == Target.Kind.NONE) {
      return new int[0];
    }
    String wanted = preparation.target() == null ? "-1" : preparation.target();
    int[] targets = table.columns(wanted).stream().mapToInt(Integer::intValue).toArray();
    for (int target : targets) {
      if (table.get(target).kind() == Column.Kind.EMPTY) {
        throw new DataException(
            "column %s of %s has no values to learn; name another with --target"
                .formatted(Quoted.cell(table.names().get(target)), table.source()));
      }
    }
    return targets;
  }

  /** The columns of inputs; those without any value are refused later. */
  private static int[] inputs(Table table, Preparation preparation, int[] targets) {
    Set<Integer> leftOut = new HashSet<>();
    Arrays.stream(targets).forEach(leftOut::add);
    preparation.without().forEach(names -> leftOut.addAll(table.columns(names)));
    int[] inputs = new int[table.width()];
    int count = 0;
    for (int c = 0; c < table.width(); c++) {
      if (!leftOut.contains(c) && table.get(c).kind() != Column.Kind.EMPTY) {
        inputs[count++] = c;
      }
    }
    return Arrays.copyOf(inputs, count);
  }
}
