package dev.lamella.data;

import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a cell is: a number, nothing, or a word. */
final class Cells {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]*,[0-9]+");

  /** How people and programs write that a number is not there, or not a number. */
  private static final Set<String> NO_NUMBER =
      Set.of(
          "",
          "?",
          "-",
          "NA",
          "N/A",
          "n/a",
          "na",
          "null",
          "NULL",
          "None",
          "NaN",
          "nan",
          "NAN",
          "-nan",
          "inf",
          "-inf",
          "+inf",
          "Inf",
          "-Inf",
          "Infinity",
          "-Infinity");

  private Cells() {}

  /**
   * The number that a cell holds, or NaN. Only decimal numbers with a point count; Java's own
   * parser would take 1f and 0x1p3 too.
   */
  static double number(String cell) {
    return mayBeNumber(cell) && NUMBER.matcher(cell).matches()
        ? Double.parseDouble(cell)
        : Double.NaN;
  }

  /** A quick look that spares most words the pattern. */
  private static boolean mayBeNumber(String cell) {
    char first = cell.isEmpty() ? ' ' : cell.charAt(0);
    return first <= '9' && (first >= '0' || first == '-' || first == '.' || first == '+');
  }

  /** Whether a cell in a column of numbers says that there is none. */
  static boolean isNoNumber(String cell) {
    return NO_NUMBER.contains(cell);
  }

  static boolean isDecimalComma(String cell) {
    return DECIMAL_COMMA.matcher(cell).matches();
  }

  /** A cell for a message: in quotes, not too long, without control characters. */
  static String quote(String cell) {
    String shown = cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
