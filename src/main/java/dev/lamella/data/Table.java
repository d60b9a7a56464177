package dev.lamella.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of a text file: named columns of numbers or words, before anyone decided which of them
 * are inputs and which is the target. {@link Schema#learn} makes a dataset of it.
 */
public final class Table implements Unprepared {
  private final String source;
  private final List<String> names;
  private final List<Column> columns;
  private final int[] lines; // (rows): the line of the file on which a row starts
  private final boolean named;
  private final List<String> classNames;

  Table(
      String source,
      List<String> names,
      List<Column> columns,
      int[] lines,
      boolean named,
      List<String> classNames) {
    this.source = source;
    this.names = List.copyOf(names);
    this.columns = List.copyOf(columns);
    this.lines = lines;
    this.named = named;
    this.classNames = List.copyOf(classNames);
  }

  /** {@return the file, for messages} */
  public String source() {
    return source;
  }

  /** {@return the number of rows} */
  public int rows() {
    return lines.length;
  }

  /** {@return the names of the columns: from the first line, or their indexes from 0} */
  public List<String> names() {
    return names;
  }

  /** {@return whether the file gave the columns names} */
  public boolean isNamed() {
    return named;
  }

  /**
   * {@return the names of the classes in the last column, where the file tells them; else empty}
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Whether all cells of a column that are not missing hold numbers.
   *
   * @param column from 0
   * @return whether it is so
   */
  public boolean isNumber(int column) {
    return columns.get(column).kind() == Column.Kind.NUMBER;
  }

  /**
   * The number in a cell.
   *
   * @param row from 0
   * @param column from 0
   * @return NaN if the cell holds no number
   */
  public double number(int row, int column) {
    return columns.get(column).number(row);
  }

  /**
   * The text of a cell without spaces around it. In columns of very many distinct numbers it may be
   * another spelling of the same number.
   *
   * @param row from 0
   * @param column from 0
   * @return the text
   */
  public String text(int row, int column) {
    return columns.get(column).text(row);
  }

  /**
   * The line of the file on which a row starts.
   *
   * @param row from 0
   * @return from 1
   */
  public int line(int row) {
    return lines[row];
  }

  /**
   * Finds a column.
   *
   * @param nameOrIndex a name, or an index from 0, or one from the end: -1 is the last
   * @return its index from 0
   * @throws DataException if there is no such column
   */
  public int column(String nameOrIndex) {
    int index = names.indexOf(nameOrIndex);
    if (index >= 0) {
      return index;
    }
    if (nameOrIndex.matches("-?[0-9]{1,8}")) {
      int number = Integer.parseInt(nameOrIndex);
      int place = number < 0 ? columns.size() + number : number;
      if (place >= 0 && place < columns.size()) {
        return place;
      }
    }
    throw new DataException(
        "%s has no column %s; it has %s"
            .formatted(source, Cells.quote(nameOrIndex), describeColumns()));
  }

  /**
   * Finds columns by a list with commas between, in which a name may have commas of its own: the
   * longest name that fits is taken.
   *
   * @param namesOrIndexes as {@link #column} takes them
   * @return their indexes from 0
   * @throws DataException if there is no such column, or one comes twice
   */
  List<Integer> columns(String namesOrIndexes) {
    List<Integer> found = new ArrayList<>();
    String[] parts = namesOrIndexes.split(",", -1);
    for (int first = 0, next; first < parts.length; first = next) {
      next = parts.length;
      while (next > first + 1 && !names.contains(joined(parts, first, next))) {
        next--;
      }
      int column = column(joined(parts, first, next));
      if (found.contains(column)) {
        throw new DataException(
            "%s names the column %s twice; name it once"
                .formatted(Cells.quote(namesOrIndexes), Cells.quote(names.get(column))));
      }
      found.add(column);
    }
    return found;
  }

  private static String joined(String[] parts, int from, int to) {
    return String.join(",", Arrays.asList(parts).subList(from, to)).strip();
  }

  /**
   * This table with the columns of another to the right of its own, as when the targets stand in a
   * file of their own.
   *
   * @param right as many rows as this table
   * @return the table
   * @throws DataException if the rows are not equally many, or a name comes twice
   */
  public Table join(Table right) {
    if (rows() != right.rows()) {
      throw new DataException(
          "%s has %d rows, but %s has %d; each row needs one target"
              .formatted(source, rows(), right.source, right.rows()));
    }
    TableBuilder.Names distinct = new TableBuilder.Names(source + " and " + right.source, named);
    List<String> allNames = new ArrayList<>();
    List<Column> all = new ArrayList<>(columns);
    all.addAll(right.columns);
    for (int i = 0; i < all.size(); i++) {
      int other = i - columns.size();
      String unnamed = right.columns.size() == 1 ? "target" : "target " + other;
      String name = other < 0 ? names.get(i) : right.named ? right.names.get(other) : unnamed;
      allNames.add(distinct.next(name));
    }
    return new Table(source, allNames, all, lines, named, right.classNames);
  }

  /** Such as {@code houses.csv: 506 rows of 14 columns}. */
  @Override
  public String toString() {
    return "%s: %d rows of %d columns".formatted(source, rows(), columns.size());
  }

  int width() {
    return columns.size();
  }

  Column get(int column) {
    return columns.get(column);
  }

  /** The place of a cell, as {@code houses.csv:17: column "age"}. */
  String place(int row, int column) {
    return "%s:%d: column %s".formatted(source, lines[row], Cells.quote(names.get(column)));
  }

  String describeColumns() {
    if (!named) {
      return columns.size() + " columns, counted from 0";
    }
    List<String> shown = names.stream().limit(20).map(Cells::quote).toList();
    return String.join(", ", shown) + (columns.size() > 20 ? ", ..." : "");
  }
}
