package dev.lamella.data;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number as people write it: with separators between thousands, a decimal comma, a percent sign
 * or a currency. Where a comma stands, there are two ways to read it.
 *
 * @param unit %, a currency, or empty
 * @param point the value if the point is the decimal sign, NaN if it cannot be
 * @param comma the value if the comma is the decimal sign, NaN if it cannot be
 * @param parentheses whether it stands in parentheses, as a negative number in some accounts
 */
record Clothed(String unit, double point, double comma, boolean parentheses) {
  static final String PERCENT = "%";
  private static final int LONGEST = 64; // characters
  private static final Set<String> CODES = Set.of("EUR", "USD", "GBP", "JPY", "CNY", "CHF");

  /** The number in a cell, or null if it is a word or a number without any of this. */
  static @Nullable Clothed of(String cell) {
    if (cell.length() > LONGEST || !hasDigit(cell)) {
      return null;
    }
    int end = cell.length();
    boolean parentheses = cell.charAt(0) == '(' && cell.charAt(end - 1) == ')';
    String inner = parentheses ? cell.substring(1, end - 1).strip() : cell;
    String unsigned = afterSign(inner);
    String before = unitBefore(unsigned);
    String body = unsigned.substring(before.length()).strip();
    boolean negative = isMinus(inner);
    if (!before.isEmpty() && unsigned.length() == inner.length()) {
      negative = isMinus(body); // as in $-3
      body = afterSign(body);
    }
    String after = unitAfter(body);
    body = body.substring(0, body.length() - after.length()).strip();
    if (body.isEmpty() || !(before.isEmpty() || after.isEmpty())) {
      return null;
    }
    String unit = before + after;
    double point = value(body, '.', unit);
    double comma = value(body, ',', unit);
    boolean none = Double.isNaN(point) && Double.isNaN(comma);
    return none
        ? null
        : new Clothed(unit, negative ? -point : point, negative ? -comma : comma, parentheses);
  }

  private static boolean hasDigit(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      if (Cells.isDigit(cell.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMinus(String text) {
    return text.startsWith("-") || text.startsWith("\u2212");
  }

  private static String afterSign(String text) {
    return isMinus(text) || text.startsWith("+") ? text.substring(1) : text;
  }

  private static String unitBefore(String text) {
    if (!text.isEmpty() && isCurrency(text.charAt(0))) {
      return text.substring(0, 1);
    }
    return text.length() > 3 && CODES.contains(text.substring(0, 3)) ? text.substring(0, 3) : "";
  }

  private static String unitAfter(String text) {
    int end = text.length();
    if (end > 0 && (text.endsWith(PERCENT) || isCurrency(text.charAt(end - 1)))) {
      return text.substring(end - 1);
    }
    return end > 3 && CODES.contains(text.substring(end - 3)) ? text.substring(end - 3) : "";
  }

  private static boolean isCurrency(char c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL;
  }

  /** The value of digits with one decimal sign and groups of three before it, or NaN. */
  private static double value(String body, char decimal, String unit) {
    StringBuilder plain = new StringBuilder(body.length() + 3);
    char group = 0;
    int run = 0; // digits since the last separator
    boolean fraction = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (Cells.isDigit(c)) {
        plain.append(c);
        run++;
      } else if (c == decimal && !fraction && (group == 0 || run == 3)) {
        plain.append('.');
        fraction = true;
        run = 0;
      } else if (!fraction && isGroup(c) && c != decimal && groupEnds(body, group, c, run)) {
        group = c;
        run = 0;
      } else {
        return Double.NaN;
      }
    }
    if (run == 0 || (!fraction && group != 0 && run != 3)) {
      return Double.NaN;
    }
    // The power of ten goes into the text, so that 5.1% is rounded once.
    return Double.parseDouble(plain + (unit.equals(PERCENT) ? "e-2" : ""));
  }

  private static boolean groupEnds(String body, char group, char next, int run) {
    return group == 0 ? run > 0 && run <= 3 && body.charAt(0) != '0' : next == group && run == 3;
  }

  /** What people write between thousands: Swiss apostrophes and French narrow spaces too. */
  private static boolean isGroup(char c) {
    return switch (c) {
      case ',', '.', '\'', '\u2019', ' ', '\u00a0', '\u202f' -> true;
      default -> false;
    };
  }
}
