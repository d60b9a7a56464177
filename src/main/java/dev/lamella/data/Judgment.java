package dev.lamella.data;

import dev.lamella.data.NumberStyle.Comma;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, and how its numbers are written: decided by the column as a whole.
 *
 * @param kind what it holds
 * @param style of its numbers; plain unless all of them agree on another
 * @param row a cell that does not fit with the others, or -1
 * @param reason why it does not, for a message; empty for a word
 * @param chosen whether a comma was taken for one between thousands though it could be a decimal
 */
record Judgment(Column.Kind kind, NumberStyle style, int row, String reason, boolean chosen) {
  private static Judgment plain(Column.Kind kind, int row) {
    return new Judgment(kind, NumberStyle.PLAIN, row, "", false);
  }

  /**
   * Judges all cells.
   *
   * @param text whether they hold words whatever they look like
   * @param known the style that a model knows, null if it has none; it decides where cells do not
   */
  static Judgment of(
      Column column, boolean text, @Nullable NumberStyle known, boolean commaSeparates) {
    Count count = new Count(column);
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isMissing(row)) {
        count.add(row);
      }
    }
    if (count.numbers == 0 && count.clothed == 0 && count.words == 0) {
      return plain(Column.Kind.EMPTY, -1);
    }
    if (text || count.words >= count.numbers + count.clothed) {
      return plain(Column.Kind.TEXT, -1);
    }
    if (count.words > 0) {
      return plain(Column.Kind.MIXED, count.word);
    }
    return count.clothed == 0 ? plain(Column.Kind.NUMBER, -1) : count.agree(known, commaSeparates);
  }

  /** What the cells are, one after the other. */
  private static final class Count {
    private final Column column;
    private int numbers; // written plainly
    private int clothed;
    private int words;
    private int word = -1; // the first
    private int dressed = -1; // the first number that is not plain
    private int bare = -1; // the first plain number but 0
    private int pointed = -1; // the first plain number with a point
    private int parentheses = -1;
    private int otherUnit = -1;
    private int noPoint = -1; // the first that cannot have a decimal point
    private int noComma = -1; // the first that cannot have a decimal comma
    private int twofold = -1; // the first whose value depends on it
    private boolean commas;
    private String unit = "";

    Count(Column column) {
      this.column = column;
    }

    void add(int row) {
      double plain = column.plain(row);
      if (!Double.isNaN(plain)) {
        numbers++;
        bare = bare < 0 && plain != 0 ? row : bare;
        pointed = pointed < 0 && column.hasPoint(row) ? row : pointed;
        return;
      }
      String cell = column.text(row);
      Clothed number = Clothed.of(cell);
      if (number != null) {
        add(row, cell, number);
      } else if (!Cells.isInfinite(cell)) {
        words++;
        word = word < 0 ? row : word;
      }
    }

    private void add(int row, String cell, Clothed number) {
      clothed++;
      dressed = dressed < 0 ? row : dressed;
      commas |= cell.indexOf(',') >= 0 || Double.isNaN(number.point());
      parentheses = parentheses < 0 && number.parentheses() ? row : parentheses;
      noPoint = noPoint < 0 && Double.isNaN(number.point()) ? row : noPoint;
      noComma = noComma < 0 && Double.isNaN(number.comma()) ? row : noComma;
      boolean two = noneIsNaN(number) && number.point() != number.comma();
      twofold = twofold < 0 && two ? row : twofold;
      if (unit.isEmpty()) {
        unit = number.unit();
        boolean late = unit.equals(Clothed.PERCENT) && dressed != row;
        otherUnit = otherUnit < 0 && late ? row : otherUnit;
      } else {
        boolean percent = unit.equals(Clothed.PERCENT) || number.unit().equals(Clothed.PERCENT);
        boolean other = !number.unit().equals(unit) && (percent || !number.unit().isEmpty());
        otherUnit = otherUnit < 0 && other ? row : otherUnit;
      }
    }

    private static boolean noneIsNaN(Clothed number) {
      return !Double.isNaN(number.point()) && !Double.isNaN(number.comma());
    }

    /** The style of a column of numbers of which some are not plain. */
    Judgment agree(@Nullable NumberStyle known, boolean commaSeparates) {
      if (parentheses >= 0) {
        return refused(parentheses, "a negative number is written with a minus sign");
      }
      boolean percent = unit.equals(Clothed.PERCENT);
      if (otherUnit >= 0 || (percent && bare >= 0)) {
        int row = otherUnit >= 0 ? otherUnit : bare;
        return refused(row, "write all of its numbers with the same unit, or all without");
      }
      boolean mayPoint = noPoint < 0;
      boolean mayComma = noComma < 0 && pointed < 0;
      if (!mayPoint && !mayComma) {
        int row = noComma >= 0 ? noComma : pointed;
        return refused(row, "write all decimals with a point, and nothing between thousands");
      }
      if (!mayPoint || !mayComma || twofold < 0) {
        return agreed(mayPoint ? Comma.THOUSANDS : Comma.DECIMAL, false);
      }
      if (known != null && known.comma() != Comma.NONE) {
        return agreed(known.comma(), false);
      }
      return commaSeparates
          ? agreed(Comma.THOUSANDS, true)
          : refused(
              twofold,
              "its comma may stand before decimals or between thousands; write decimals with a"
                  + " point, and nothing between thousands");
    }

    private Judgment agreed(Comma comma, boolean chosen) {
      NumberStyle style = new NumberStyle(unit, commas ? comma : Comma.NONE);
      return new Judgment(Column.Kind.NUMBER, style, chosen ? twofold : -1, "", chosen);
    }

    private Judgment refused(int row, String reason) {
      return new Judgment(Column.Kind.MIXED, NumberStyle.PLAIN, row, reason, false);
    }
  }
}
