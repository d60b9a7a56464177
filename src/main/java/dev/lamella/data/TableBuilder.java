package dev.lamella.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a table of the records of a text file, and decides what the first one is. */
final class TableBuilder {
  private final String source;
  private final CsvOptions options;
  private final CellRules rules;
  private List<String> names = List.of();
  private Set<Integer> unnamed = Set.of(); // columns to which the line of names gives none
  private final List<Column> columns = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int[] lines = new int[16];
  private int rows;
  private int longer; // rows with one cell more, which is empty
  private boolean named;
  private List<String> classNames = List.of();
  private int promisedRows = -1; // what a first line of scikit-learn's form says

  TableBuilder(String source, CsvOptions options, boolean commaSeparates) {
    this.source = source;
    this.options = options;
    this.rules =
        CellRules.of(
            Reading.of(options.missing(), options.missingWords()).missingWords(), commaSeparates);
  }

  /** Takes the first record: names, or scikit-learn's counts, or a row; the next ones tell. */
  void start(CsvRecord first, List<CsvRecord> next) {
    List<String> cells = first.getFields().stream().map(String::strip).toList();
    if (options.header() == null && !next.isEmpty() && isCounts(cells, next.getFirst())) {
      promisedRows = Integer.parseInt(cells.get(0));
      classNames = cells.subList(2, cells.size());
      name(ColumnNames.places(next.getFirst().getFieldCount()));
      return;
    }
    named = hasNames(cells, next);
    if (named) {
      name(cells, next);
    } else {
      name(ColumnNames.places(cells.size()));
      add(first);
    }
  }

  private boolean hasNames(List<String> cells, List<CsvRecord> next) {
    if (options.header() != null) {
      return options.header();
    }
    HeaderGuess guess = HeaderGuess.of(cells, next.stream().map(CsvRecord::getFields).toList());
    if (!guess.clear()) {
      String shown = Quoted.shown(String.join(", ", cells.stream().limit(20).toList()), 60);
      notes.add(
          guess.names()
              ? "the first line of %s (%s) is taken for the names of its columns; say --no-header if it is a row (CsvOptions.withHeader(false))"
                  .formatted(source, shown)
              : "the first line of %s (%s) is taken for a row; say --header if it has the names of the columns (CsvOptions.withHeader(true))"
                  .formatted(source, shown));
    }
    return guess.names();
  }

  /** As 150,4,setosa,versicolor,virginica before rows of four numbers and a class. */
  private static boolean isCounts(List<String> first, CsvRecord second) {
    if (first.size() < 3 || !isCount(first.get(0)) || !isCount(first.get(1))) {
      return false;
    }
    return second.getFieldCount() == Integer.parseInt(first.get(1)) + 1
        && first.subList(2, first.size()).stream().allMatch(c -> Double.isNaN(Cells.number(c)))
        && new HashSet<>(first.subList(2, first.size())).size() == first.size() - 2
        && second.getFields().stream().noneMatch(c -> Double.isNaN(Cells.number(c.strip())));
  }

  private static boolean isCount(String cell) {
    return cell.matches("[0-9]{1,8}");
  }

  /** Takes a line of names, perhaps with a separator at its end that the rows do not have. */
  private void name(List<String> cells, List<CsvRecord> next) {
    boolean ends = cells.size() > 1 && cells.getLast().isEmpty() && !next.isEmpty();
    boolean one = ends && next.getFirst().getFieldCount() == cells.size() - 1;
    List<String> given = one ? cells.subList(0, cells.size() - 1) : cells;
    List<String> distinct = ColumnNames.distinct(given);
    unnamed = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).isEmpty()) {
        unnamed.add(i);
      }
    }
    name(distinct);
  }

  private void name(List<String> distinct) {
    names = distinct;
    for (String name : names) {
      columns.add(new Column(options.text().contains(name), rules));
    }
    Set<String> all = new HashSet<>(options.text().isEmpty() ? List.of() : names);
    for (String text : options.text()) {
      if (!all.contains(text)) {
        throw new DataException(
            "%s has no column %s that could be read as text".formatted(source, Quoted.cell(text)));
      }
    }
  }

  void add(CsvRecord cells) {
    long line = cells.getStartingLineNumber();
    int width = columns.size();
    int count = cells.getFieldCount();
    boolean ends = named && count == width + 1 && cells.getField(width).isBlank();
    longer += ends ? 1 : 0;
    if ((count != width && !ends) || (longer > 0 && longer != rows + 1)) {
      throw new DataException(
          "%s:%d has %d cells, but the lines before have %d; is a separator missing, or a quote not closed?"
              .formatted(source, line, count, longer > 0 && !ends ? width + 1 : width));
    }
    for (int i = 0; i < width; i++) {
      columns.get(i).add(cells.getField(i).strip());
    }
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, rows * 2);
    }
    lines[rows++] = Math.toIntExact(line);
  }

  Table build() {
    if (rows == 0) {
      throw new DataException(source + " has a first line but no rows; add at least one");
    }
    if (promisedRows >= 0 && promisedRows != rows) {
      throw new DataException(
          "%s says %d rows in its first line, but has %d; copy the file again"
              .formatted(source, promisedRows, rows));
    }
    int width = columns.size();
    while (width > 1 && isNothing(width - 1)) {
      width--; // what stands after the separator at the end of every line
    }
    for (int column : unnamed.stream().sorted().filter(c -> c < names.size()).toList()) {
      if (column < width && notes.size() < 20) {
        notes.add(
            "column %d of %s has no name and is called %s; leave it out (--without %s) if it only numbers the rows"
                .formatted(
                    column,
                    source,
                    Quoted.cell(names.get(column)),
                    Quoted.cell(names.get(column))));
      }
    }
    return new Table(
        source,
        names.subList(0, width),
        columns.subList(0, width),
        Arrays.copyOf(lines, rows),
        named,
        classNames,
        Reading.of(options.missing(), options.missingWords()),
        notes);
  }

  /** Whether a column has neither a name nor one cell with content. */
  private boolean isNothing(int column) {
    if (named && !unnamed.contains(column)) {
      return false;
    }
    Column cells = columns.get(column);
    for (int row = 0; row < rows; row++) {
      if (!cells.text(row).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
