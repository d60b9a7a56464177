package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Deals with the missing cells of a table, and with how its numbers are written, as a model does.
 */
final class Completing {
  private final Table table;
  private final Schema schema;
  private final boolean learns;
  private final Reading reading;
  private final List<Column> columns;
  private boolean changed;

  /** For a table to learn from or to measure on where {@code learns}, else to predict. */
  Completing(Table table, Schema schema, boolean learns) {
    this.table = table;
    this.schema = schema;
    this.learns = learns;
    this.reading = schema.reading();
    this.columns = new ArrayList<>(table.columns());
  }

  /**
   * The table as the model understands it, without missing cells and without rows that have no
   * target.
   *
   * @param features what stands in its columns
   * @param places the column of each feature
   * @param targets the columns of the target; none if it is not looked at
   */
  Table complete(List<Feature> features, int[] places, int... targets) {
    for (int f = 0; f < places.length; f++) {
      Feature feature = features.get(f);
      switch (feature) {
        case Feature.Numeric number -> understand(places[f], number.name(), List.of(), false);
        case Feature.Constant constant -> {} // nobody looks at it
        case Feature.Categorical words -> understand(places[f], words.name(), words.values(), true);
      }
    }
    Target learned = schema.target();
    for (int t = 0; t < targets.length; t++) {
      understand(targets[t], learned.columnNames().get(t), learned.classes(), false);
    }
    Table whole = changed ? table.with(columns) : table;
    MissingCells missing = MissingCells.find(whole, looked(features, places), targets);
    return missing.cells() == 0 ? whole : treat(missing, features, places);
  }

  /** A column that was constant has no influence, whether its cells are there or not. */
  private static int[] looked(List<Feature> features, int[] places) {
    return IntStream.range(0, places.length)
        .filter(f -> !(features.get(f) instanceof Feature.Constant))
        .map(f -> places[f])
        .toArray();
  }

  private void understand(int place, String name, List<String> known, boolean words) {
    Column column = columns.get(place);
    Set<String> missing = reading.missingWords(known, words && schema.unknownAsZeros());
    NumberStyle style = reading.style(name);
    if (!missing.equals(table.reading().missingWords()) || !style.equals(NumberStyle.PLAIN)) {
      column = column.under(CellRules.of(missing, column.commaSeparates()), style);
      columns.set(place, column);
      changed = true;
    }
    if (!words && known.isEmpty()) {
      requireStyle(place, column, style);
    }
  }

  /** Refuses numbers in another unit than those that the model learned from. */
  private void requireStyle(int place, Column column, NumberStyle known) {
    if (!column.judgment().reason().isEmpty()) {
      throw new DataException(table.with(columns).misfit(place));
    }
    if (column.kind() != Column.Kind.NUMBER) {
      return;
    }
    if (!known.agreesWith(column.style())) {
      int row = 0;
      while (column.isMissing(row) || column.number(row) == 0) {
        if (++row == column.rows()) {
          return; // nothing is nothing in every unit
        }
      }
      throw new DataException(
          "%s holds %s, but the model learned from numbers such as %s there; write them in the same unit"
              .formatted(table.place(row, place), Quoted.cell(column.text(row)), known));
    }
  }

  private Table treat(MissingCells missing, List<Feature> features, int[] places) {
    Missing policy = reading.missing();
    if (policy == Missing.ERROR) {
      throw missing.refused(
          "fill them in, or train with --missing mean, median or most_frequent (CsvOptions.withMissing), which fills them");
    }
    if (policy == Missing.DROP) {
      if (!learns) {
        throw missing.refused(
            "fill them in, as every row needs an answer; the model was trained with --missing drop, and with mean, median or most_frequent it would fill them");
      }
      return missing.dropped(true);
    }
    List<Column> filled = new ArrayList<>(missing.table().columns());
    for (int f = 0; f < places.length; f++) {
      Column column = filled.get(places[f]);
      String name = features.get(f).name();
      String fill = reading.fill(name);
      if (fill != null) {
        filled.set(places[f], column.filled(fill));
      }
    }
    return missing.of(missing.table().with(filled).noted(said(missing))).dropped(false);
  }

  private List<String> said(MissingCells missing) {
    int inputs = missing.cells() - missing.targetless().cardinality();
    return inputs == 0
        ? List.of()
        : List.of(
            "%d missing %s in %d rows of %s %s filled with what the training rows taught (%s)"
                .formatted(
                    inputs,
                    inputs == 1 ? "cell" : "cells",
                    missing.incomplete().cardinality(),
                    table.source(),
                    inputs == 1 ? "is" : "are",
                    reading.missing().text()));
  }
}
