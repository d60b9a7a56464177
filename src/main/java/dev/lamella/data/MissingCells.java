package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Where cells of a table are missing.
 *
 * @param table they are missing from
 * @param cells how many there are, targets too
 * @param incomplete rows in which an input is missing
 * @param targetless rows in which the target is missing
 * @param row of the first that is missing
 * @param column of it
 */
record MissingCells(
    Table table, int cells, BitSet incomplete, BitSet targetless, int row, int column) {

  /**
   * Counts.
   *
   * @param inputs the columns of the inputs
   * @param targets the columns of the target; none if it is not looked at
   */
  static MissingCells find(Table table, int[] inputs, int... targets) {
    BitSet incomplete = new BitSet();
    BitSet targetless = new BitSet();
    int cells = 0;
    int first = -1;
    int column = -1;
    int[] columns = Arrays.copyOf(inputs, inputs.length + targets.length);
    System.arraycopy(targets, 0, columns, inputs.length, targets.length);
    for (int i = 0; i < columns.length; i++) {
      int c = columns[i];
      BitSet rows = i < inputs.length ? incomplete : targetless;
      Column each = table.get(c);
      for (int row = 0; row < table.rows(); row++) {
        if (each.isMissing(row)) {
          cells++;
          rows.set(row);
          if (first < 0 || row < first) {
            first = row;
            column = c;
          }
        }
      }
    }
    return new MissingCells(table, cells, incomplete, targetless, first, column);
  }

  /** The same cells of a table with as many rows and columns. */
  MissingCells of(Table other) {
    return new MissingCells(other, cells, incomplete, targetless, row, column);
  }

  /** Of some rows, those with a target, and with all inputs where {@code complete}. */
  int[] kept(int[] rows, boolean complete) {
    int[] kept =
        Arrays.stream(rows)
            .filter(row -> !targetless.get(row) && !(complete && incomplete.get(row)))
            .toArray();
    if (kept.length == 0) {
      throw refused("no row is left to use; fill some in");
    }
    return kept;
  }

  /** The table without the rows that cannot be used. */
  Table dropped(boolean complete) {
    int[] all = IntStream.range(0, table.rows()).toArray();
    int[] kept = kept(all, complete);
    int left = table.rows() - kept.length;
    return left == 0
        ? table
        : table.select(
            kept,
            "%d of %d rows of %s are left out, as their %s; the first is %s"
                .formatted(
                    left,
                    table.rows(),
                    table.source(),
                    complete ? "cells are missing" : "target is missing",
                    place(first(complete))));
  }

  private int first(boolean complete) {
    int target = targetless.nextSetBit(0);
    int input = complete ? incomplete.nextSetBit(0) : -1;
    return target < 0 || (input >= 0 && input < target) ? input : target;
  }

  private String place(int row) {
    return "%s:%d".formatted(table.source(), table.line(row));
  }

  /** How many are missing, the first of them, and what to do. */
  DataException refused(String wayOut) {
    BitSet rows = (BitSet) incomplete.clone();
    rows.or(targetless);
    String text = table.text(row, column);
    return new DataException(
        "%s has %d missing %s in %d of %d rows (the first: %s %s); %s"
            .formatted(
                table.source(),
                cells,
                cells == 1 ? "cell" : "cells",
                rows.cardinality(),
                table.rows(),
                table.place(row, column),
                text.isEmpty() ? "is empty" : "holds " + Quoted.cell(text),
                wayOut));
  }
}
