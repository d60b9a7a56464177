package dev.lamella.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table while it is read and afterwards.
 *
 * <p>A cell takes 64 bits. Short decimal numbers are in them; other distinct texts are kept once.
 * In a column of very many distinct numbers that are not short, further ones become doubles.
 */
final class Column {
  /** What a column holds, judged from all of its cells. */
  enum Kind {
    /** Numbers, and perhaps cells that say that there is none. */
    NUMBER,
    /** Words. */
    TEXT,
    /** Mostly numbers, but some cells hold words, or numbers in another way: a slip, as a rule. */
    MIXED,
    /** Not one cell with content. */
    EMPTY
  }

  private static final int MOST_DISTINCT = 4096;
  private static final long[] NONE = {};

  private final boolean text;
  private final CellRules rules;
  private final @Nullable NumberStyle known; // how a model knows that numbers are written here
  private int rows;
  private long[] cells = NONE; // (rows), as in Packed
  private @Nullable WordList words;
  private @Nullable Judgment judgment;
  private @Nullable String fill; // the text of cells that are missing

  /** An empty column, which holds words even if they look like numbers where {@code text}. */
  Column(boolean text, CellRules rules) {
    this(text, rules, null);
  }

  private Column(boolean text, CellRules rules, @Nullable NumberStyle known) {
    this.text = text;
    this.rules = rules;
    this.known = known;
  }

  int rows() {
    return rows;
  }

  void add(String cell) {
    if (rows == cells.length) {
      cells = Arrays.copyOf(cells, grown(rows));
    }
    long packed = Packed.number(cell);
    cells[rows++] = packed != 0 ? packed : word(cell);
  }

  private long word(String cell) {
    WordList list = words == null ? new WordList() : words;
    words = list;
    if (!text && list.size() >= MOST_DISTINCT && list.areMostlyNumbers() && !list.contains(cell)) {
      double number = Cells.number(cell);
      if (!Double.isNaN(number)) {
        return Double.doubleToRawLongBits(number);
      }
    }
    return Packed.word(list.add(cell));
  }

  private static int grown(int row) {
    return Math.max(row + 1, (int) Math.min((long) row * 2, Arrays2d.MAX_LENGTH));
  }

  /** The number in a cell, NaN if it holds none. */
  double number(int row) {
    if (isMissing(row)) {
      return fill == null ? Double.NaN : Cells.number(fill);
    }
    double plain = plain(row);
    return Double.isNaN(plain) && kind() == Kind.NUMBER ? style().number(raw(row)) : plain;
  }

  /** The number in a cell that is written without anything else, or NaN. */
  double plain(int row) {
    return Packed.isWord(cells[row])
        ? Cells.number(textOf(Packed.place(cells[row])))
        : Packed.value(cells[row]);
  }

  /** Whether a number is written with a point or an exponent. */
  boolean hasPoint(int row) {
    if (!Packed.isWord(cells[row])) {
      return Packed.hasPoint(cells[row]);
    }
    return textOf(Packed.place(cells[row])).chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
  }

  /** The text of a cell; a number may come back in another spelling of the same value. */
  String text(int row) {
    if (fill != null && isMissing(row)) {
      return fill;
    }
    return raw(row);
  }

  private String raw(int row) {
    return Packed.isWord(cells[row]) ? textOf(Packed.place(cells[row])) : Packed.text(cells[row]);
  }

  /** The text of a cell in the one spelling of this column, where programs have several. */
  String word(int row) {
    String text = text(row);
    return words == null ? text : words.spelling(text);
  }

  private String textOf(int place) {
    return words == null ? "" : words.get(place);
  }

  /** Whether a cell says that there is nothing. */
  boolean isMissing(int row) {
    if (Packed.isWord(cells[row]) && rules.missing().contains(textOf(Packed.place(cells[row])))) {
      return true;
    }
    return !rules.missingNumbers().isEmpty() && rules.missingNumbers().contains(plain(row));
  }

  boolean commaSeparates() {
    return rules.commaSeparates();
  }

  /** What the column holds. Numbers win unless texts are as many: one slip does not make words. */
  Kind kind() {
    return judgment().kind();
  }

  /** The first row whose cell is a word, or -1. */
  int firstWord() {
    for (int row = 0; row < rows; row++) {
      if (Double.isNaN(number(row)) && !isMissing(row) && !Cells.isInfinite(text(row))) {
        return row;
      }
    }
    return -1;
  }

  /** How its numbers are written. */
  NumberStyle style() {
    return judgment().style();
  }

  Judgment judgment() {
    if (judgment == null) {
      judgment = Judgment.of(this, text, known, rules.commaSeparates());
    }
    return judgment;
  }

  /** Whether some cells are not short numbers. */
  boolean hasWords() {
    return words != null;
  }

  /** The cells of some rows, in a new column. */
  Column select(int[] chosen) {
    Column column = new Column(text, rules, known);
    column.words = words;
    column.fill = fill;
    column.rows = chosen.length;
    column.cells = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      column.cells[i] = cells[chosen[i]];
    }
    return column;
  }

  /** The same cells under other rules, and with a style that decides where they leave a choice. */
  Column under(CellRules other, @Nullable NumberStyle style) {
    Column column = new Column(text, other, style);
    column.words = words;
    column.rows = rows;
    column.cells = cells;
    return column;
  }

  /** The same cells with a text for those that are missing. */
  Column filled(String value) {
    Column column = under(rules, known);
    column.judgment = judgment(); // a fill changes no kind
    column.fill = value;
    return column;
  }
}
