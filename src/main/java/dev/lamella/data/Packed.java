package dev.lamella.data;

/**
 * A cell in 64 bits: a short decimal number with the number of its decimals, so that its text comes
 * back as it was; or the place of its text in a list; or a double as it is.
 *
 * <p>The first two stand where a double would be one of the many NaNs, which no cell is.
 */
final class Packed {
  private static final long TAG = 0x7ff8_0000_0000_0000L;
  private static final long WORD = 1L << 50;
  private static final int DECIMALS = 46; // where the four bits for the number of decimals start
  private static final long MOST = 1L << DECIMALS;
  private static final int LONGEST = 16; // characters: 14 digits, a sign and a point
  private static final double[] POWERS = new double[16]; // of ten; exact

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Packed() {}

  /** The place of a text in a list. */
  static long word(int place) {
    return TAG | WORD | place;
  }

  static boolean isWord(long cell) {
    return (cell & (TAG | WORD)) == (TAG | WORD);
  }

  static int place(long cell) {
    return (int) cell;
  }

  /** The digits of a number such as -12.50, or 0 for a text that would not come back from them. */
  static long number(String cell) {
    int length = cell.length();
    if (length == 0 || length > LONGEST) {
      return 0;
    }
    boolean negative = cell.charAt(0) == '-';
    int first = negative ? 1 : 0;
    int point = -1;
    long digits = 0;
    for (int i = first; i < length; i++) {
      char c = cell.charAt(i);
      if (Cells.isDigit(c)) {
        digits = digits * 10 + c - '0';
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return 0;
      }
    }
    int whole = (point < 0 ? length : point) - first;
    int decimals = point < 0 ? 0 : length - 1 - point;
    boolean padded = whole > 1 && cell.charAt(first) == '0';
    if (whole == 0 || padded || point == length - 1 || digits >= MOST || decimals > 15) {
      return 0;
    }
    return (negative ? Long.MIN_VALUE : 0) | TAG | ((long) decimals << DECIMALS) | digits;
  }

  private static boolean isDigits(long cell) {
    return (cell & (TAG | WORD)) == TAG;
  }

  private static int decimals(long cell) {
    return (int) (cell >>> DECIMALS) & 15;
  }

  /** Whether a number, not a word, is written with a point. */
  static boolean hasPoint(long cell) {
    return !isDigits(cell) || decimals(cell) > 0;
  }

  /** The value of a number, not of a word; rounded once, as digits and power of ten are exact. */
  static double value(long cell) {
    if (!isDigits(cell)) {
      return Double.longBitsToDouble(cell);
    }
    double value = (cell & (MOST - 1)) / POWERS[decimals(cell)];
    return cell < 0 ? -value : value;
  }

  /** The text of a number, not of a word. */
  static String text(long cell) {
    if (!isDigits(cell)) {
      return Double.toString(Double.longBitsToDouble(cell));
    }
    int decimals = decimals(cell);
    StringBuilder text = new StringBuilder(LONGEST).append(cell & (MOST - 1));
    while (text.length() <= decimals) {
      text.insert(0, '0');
    }
    if (decimals > 0) {
      text.insert(text.length() - decimals, '.');
    }
    return (cell < 0 ? "-" : "") + text;
  }
}
