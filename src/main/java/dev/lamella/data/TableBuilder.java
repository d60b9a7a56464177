package dev.lamella.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a table of the records of a text file, and decides what the first one is. */
final class TableBuilder {
  private final String source;
  private final CsvOptions options;
  private final List<String> names = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private int[] lines = new int[16];
  private int rows;
  private boolean named;
  private List<String> classNames = List.of();
  private int promisedRows = -1; // what a first line of scikit-learn's form says

  TableBuilder(String source, CsvOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Takes the first record: names, or scikit-learn's counts, or a row. */
  void start(CsvRecord first, @Nullable CsvRecord second) {
    List<String> cells = first.getFields().stream().map(String::strip).toList();
    if (options.header() == null && second != null && isCounts(cells, second)) {
      promisedRows = Integer.parseInt(cells.get(0));
      classNames = cells.subList(2, cells.size());
      name(Arrays.asList(new String[second.getFieldCount()]), false);
      return;
    }
    Boolean header = options.header();
    if (header == null ? looksLikeNames(cells) : header) {
      name(cells, true);
    } else {
      name(cells, false);
      add(first);
    }
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

  private static boolean looksLikeNames(List<String> cells) {
    return new HashSet<>(cells).size() == cells.size()
        && cells.stream().noneMatch(c -> Cells.isNoNumber(c) || !Double.isNaN(Cells.number(c)));
  }

  private void name(List<@Nullable String> cells, boolean areNames) {
    this.named = areNames;
    Names distinct = new Names(source, areNames);
    for (int i = 0; i < cells.size(); i++) {
      names.add(distinct.next(String.valueOf(cells.get(i))));
      columns.add(new Column(options.text().contains(names.get(i))));
    }
    for (String text : options.text()) {
      if (!names.contains(text)) {
        throw new DataException(
            "%s has no column %s that could be read as text".formatted(source, Cells.quote(text)));
      }
    }
  }

  void add(CsvRecord cells) {
    long line = cells.getStartingLineNumber();
    if (cells.getFieldCount() != columns.size()) {
      throw new DataException(
          "%s:%d has %d cells, but the lines before have %d; is a separator missing, or a quote not closed?"
              .formatted(source, line, cells.getFieldCount(), columns.size()));
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(cells.getField(i).strip());
    }
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, rows * 2);
    }
    lines[rows++] = Math.toIntExact(line);
  }

  Table build() {
    if (rows == 0) {
      throw new DataException(
          source + " has a first line but no rows; there is nothing to learn from");
    }
    if (promisedRows >= 0 && promisedRows != rows) {
      throw new DataException(
          "%s says %d rows in its first line, but has %d; copy the file again"
              .formatted(source, promisedRows, rows));
    }
    return new Table(source, names, columns, Arrays.copyOf(lines, rows), named, classNames);
  }

  /** The names of columns as they come, each once; indexes where a file gives none. */
  static final class Names {
    private final String source;
    private final boolean given;
    private final Map<String, Integer> taken = new HashMap<>();

    Names(String source, boolean given) {
      this.source = source;
      this.given = given;
    }

    String next(String cell) {
      int place = taken.size();
      String name = given ? cell : Integer.toString(place);
      if (name.isEmpty()) {
        throw new DataException(
            "%s has no name for column %d in its first line; give it one".formatted(source, place));
      }
      Integer before = taken.put(name, place);
      if (before != null) {
        throw new DataException(
            "%s has the name %s for columns %d and %d; rename one"
                .formatted(source, Cells.quote(name), before, place));
      }
      return name;
    }
  }
}
