package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of a text file: named columns of numbers or words, before anyone decided which of them
 * are inputs and which is the target. {@link Schema#learn} makes a dataset of it.
 */
public final class Table implements Unprepared {
  private static final int MOST_NOTES = 20;

  private final String source;
  private final List<String> names;
  private final List<Column> columns;
  private final int[] lines; // (rows): the line of the file on which a row starts
  private final boolean named;
  private final List<String> classNames;
  private final Reading reading;
  private final List<String> notes; // about the file, not about single columns
  private @Nullable Map<String, Integer> places; // of the names

  Table(
      String source,
      List<String> names,
      List<Column> columns,
      int[] lines,
      boolean named,
      List<String> classNames,
      Reading reading,
      List<String> notes) {
    this.source = source;
    this.names = List.copyOf(names);
    this.columns = List.copyOf(columns);
    this.lines = lines;
    this.named = named;
    this.classNames = List.copyOf(classNames);
    this.reading = reading;
    this.notes = List.copyOf(notes);
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
   * What was decided where the content of the file left a choice, or left out: a sentence each,
   * which says how to have it otherwise.
   *
   * @return the sentences; as a rule there are none
   */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    for (int c = 0; c < columns.size() && all.size() < MOST_NOTES; c++) {
      if (columns.get(c).hasWords() && columns.get(c).judgment().chosen()) {
        int row = columns.get(c).judgment().row();
        all.add(
            "%s holds %s, taken for %s; write decimals with a point if it is a decimal comma"
                .formatted(
                    place(row, c),
                    Quoted.cell(text(row, c)),
                    new BigDecimal(Double.toString(number(row, c))).toPlainString()));
      }
    }
    return List.copyOf(all);
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
    int index = indexOf(nameOrIndex);
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
            .formatted(source, Quoted.cell(nameOrIndex), describeColumns()));
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
      while (next > first + 1 && indexOf(joined(parts, first, next)) < 0) {
        next--;
      }
      int column = column(joined(parts, first, next));
      if (found.contains(column)) {
        throw new DataException(
            "%s names the column %s twice; name it once"
                .formatted(Quoted.cell(namesOrIndexes), Quoted.cell(names.get(column))));
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
   * @throws DataException if the rows are not equally many
   */
  public Table join(Table right) {
    if (rows() != right.rows()) {
      throw new DataException(
          "%s has %d rows, but %s has %d; each row needs one target"
              .formatted(source, rows(), right.source, right.rows()));
    }
    List<String> allNames = new ArrayList<>(names);
    List<Column> all = new ArrayList<>(columns);
    all.addAll(right.columns);
    for (int i = 0; i < right.columns.size(); i++) {
      String unnamed = right.columns.size() == 1 ? "target" : "target " + i;
      allNames.add(right.named ? right.names.get(i) : unnamed);
    }
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(right.notes);
    return new Table(
        source,
        named ? ColumnNames.distinct(allNames) : ColumnNames.places(all.size()),
        all,
        lines,
        named,
        right.classNames,
        reading,
        allNotes);
  }

  /** Such as {@code houses.csv: 506 rows of 14 columns}. */
  @Override
  public String toString() {
    return "%s: %d rows of %d columns".formatted(source, rows(), columns.size());
  }

  Reading reading() {
    return reading;
  }

  /** The place of a name, or -1. */
  int indexOf(String name) {
    if (places == null) {
      Map<String, Integer> found = new HashMap<>();
      names.forEach(each -> found.put(each, found.size()));
      places = found;
    }
    return places.getOrDefault(name, -1);
  }

  /** Some of the rows, with a sentence that says why. */
  Table select(int[] rows, String note) {
    List<Column> chosen = columns.stream().map(column -> column.select(rows)).toList();
    int[] chosenLines = Arrays.stream(rows).map(row -> lines[row]).toArray();
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Table(source, names, chosen, chosenLines, named, classNames, reading, all);
  }

  /** The same table with more to say. */
  Table noted(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Table(source, names, columns, lines, named, classNames, reading, all);
  }

  List<Column> columns() {
    return columns;
  }

  /** Other columns of the same names. */
  Table with(List<Column> others) {
    return new Table(source, names, others, lines, named, classNames, reading, notes);
  }

  /** A target of numbers in which some cells do not fit with the others. */
  DataException refusal(int column) {
    return new DataException(
        "%s, or read the column as words (--text %s, CsvOptions.withText)"
            .formatted(misfit(column), Quoted.cell(names.get(column))));
  }

  /** The cell of a column of numbers that does not fit with the others, and what to do about it. */
  String misfit(int column) {
    Judgment judgment = columns.get(column).judgment();
    int row = Math.max(0, judgment.row());
    return "%s holds %s where %s"
        .formatted(
            place(row, column),
            Quoted.cell(text(row, column)),
            judgment.reason().isEmpty()
                ? "most rows hold numbers; correct the cell" + (row == 0 ? orHeader() : "")
                : "other rows hold numbers in another way: " + judgment.reason());
  }

  /** A word above numbers may be a name. */
  private String orHeader() {
    return named
        ? ""
        : ", say --header if the first line has the names of the columns (CsvOptions.withHeader)";
  }

  /** How to go on without a column, in the words of both the command line and the library. */
  String leaveOut(int column) {
    return "leave the column out (--without %s, Preparation.without)"
        .formatted(Quoted.cell(names.get(column)));
  }

  int width() {
    return columns.size();
  }

  Column get(int column) {
    return columns.get(column);
  }

  /** The place of a cell, as {@code houses.csv:17: column "age"}. */
  String place(int row, int column) {
    return "%s:%d: column %s".formatted(source, lines[row], Quoted.cell(names.get(column)));
  }

  String describeColumns() {
    if (!named) {
      return columns.size() + " columns, counted from 0";
    }
    return Quoted.list(names, 20, Quoted::cell);
  }
}
