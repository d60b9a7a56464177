package dev.lamella.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table while it is read and afterwards.
 *
 * <p>Distinct texts are kept once and each cell is the number of its text. A column of very many
 * distinct numbers becomes an array of doubles, and the texts of its few cells that are no numbers
 * are kept beside it.
 */
final class Column {
  /** What a column holds, judged from all of its cells. */
  enum Kind {
    /** Numbers, and perhaps cells that say that there is none. */
    NUMBER,
    /** Words. */
    TEXT,
    /** Mostly numbers, but some cells hold words: a slip, as a rule. */
    MIXED,
    /** Not one cell with content. */
    EMPTY
  }

  private static final int MOST_DISTINCT = 4096;

  private final boolean text;
  private int rows;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private int[] cells = new int[16]; // (rows): the code of each cell, while numbers is null
  private double @Nullable [] numbers; // (rows): NaN where the cell is no number
  private final Map<Integer, String> odd = new HashMap<>(); // the cells that are no numbers
  private int numberWords;
  private @Nullable Kind kind;

  /** An empty column, which holds words even if they look like numbers where {@code text}. */
  Column(boolean text) {
    this.text = text;
  }

  int rows() {
    return rows;
  }

  void add(String cell) {
    int row = rows++;
    if (numbers != null) {
      addNumber(row, cell);
      return;
    }
    Integer code = codes.get(cell);
    if (code == null) {
      code = words.size();
      codes.put(cell, code);
      words.add(cell);
      numberWords += Double.isNaN(Cells.number(cell)) ? 0 : 1;
    }
    cells = row < cells.length ? cells : Arrays.copyOf(cells, grown(row));
    cells[row] = code;
    if (!text && words.size() > MOST_DISTINCT && numberWords > words.size() / 2) {
      keepNumbers();
    }
  }

  private void addNumber(int row, String cell) {
    double[] all = numbers == null ? new double[0] : numbers;
    all = row < all.length ? all : Arrays.copyOf(all, grown(row));
    all[row] = Cells.number(cell);
    if (Double.isNaN(all[row])) {
      odd.put(row, cell);
    }
    numbers = all;
  }

  /** From texts to doubles. */
  private void keepNumbers() {
    double[] all = new double[cells.length];
    for (int row = 0; row < rows; row++) {
      String cell = words.get(cells[row]);
      all[row] = Cells.number(cell);
      if (Double.isNaN(all[row])) {
        odd.put(row, cell);
      }
    }
    numbers = all;
    cells = new int[0];
    codes.clear();
    words.clear();
  }

  private static int grown(int row) {
    return Math.max(row + 1, (int) Math.min((long) row * 2, Arrays2d.MAX_LENGTH));
  }

  /** The number in a cell, NaN if it holds none. */
  double number(int row) {
    return numbers != null ? numbers[row] : Cells.number(words.get(cells[row]));
  }

  /** The text of a cell; a number may come back in another spelling of the same value. */
  String text(int row) {
    if (numbers == null) {
      return words.get(cells[row]);
    }
    return odd.getOrDefault(row, Double.toString(numbers[row]));
  }

  /** What the column holds. Numbers win unless texts are as many: one slip does not make words. */
  Kind kind() {
    if (kind == null) {
      kind = judge();
    }
    return kind;
  }

  private Kind judge() {
    int numberCells = 0;
    int words = 0;
    for (int row = 0; row < rows; row++) {
      if (!Double.isNaN(number(row))) {
        numberCells++;
      } else if (!Cells.isNoNumber(text(row))) {
        words++;
      }
    }
    if (numberCells == 0 && words == 0) {
      return Kind.EMPTY;
    }
    if (text || words >= numberCells) {
      return Kind.TEXT;
    }
    return words == 0 ? Kind.NUMBER : Kind.MIXED;
  }

  /** The first row whose cell is a word, or -1. */
  int firstWord() {
    for (int row = 0; row < rows; row++) {
      if (Double.isNaN(number(row)) && !Cells.isNoNumber(text(row))) {
        return row;
      }
    }
    return -1;
  }

  /** Whether all cells look like numbers with a comma before their decimals. */
  boolean hasDecimalCommas() {
    return numbers == null && words.stream().allMatch(Cells::isDecimalComma);
  }

  /** The distinct texts, or none when there are very many numbers. */
  List<String> words() {
    return List.copyOf(words);
  }
}
