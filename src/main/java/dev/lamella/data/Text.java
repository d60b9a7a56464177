package dev.lamella.data;

/**
 * Text from files as it may be shown: on one line, not too long, and without a character that a
 * terminal obeys or that changes the order in which others are read.
 */
public final class Text {
  private static final int MOST = 40; // characters of a cell in a message

  private Text() {}

  /**
   * Text in quotes for a message, cut after some 40 characters.
   *
   * @param text from anywhere
   * @return printable characters only; others are escaped as in Java
   */
  public static String quote(String text) {
    return '"' + shown(text, MOST) + '"';
  }

  /**
   * Text without quotes, cut.
   *
   * @param text from anywhere
   * @param most how many of its characters to show at most
   * @return printable characters only; others are escaped as in Java
   */
  public static String shown(String text, int most) {
    int end = Math.min(text.length(), most);
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--; // not half a character
    }
    StringBuilder shown = new StringBuilder(end + 8);
    for (int i = 0, point; i < end; i += Character.charCount(point)) {
      point = text.codePointAt(i);
      append(point, shown);
    }
    return shown.append(end < text.length() ? "..." : "").toString();
  }

  private static void append(int point, StringBuilder shown) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (!hides(point)) {
          shown.appendCodePoint(point);
        } else {
          for (char unit : Character.toChars(point)) {
            shown.append("\\u%04x".formatted((int) unit));
          }
        }
      }
    }
  }

  /** Controls (C0, DEL, C1), marks of direction and other invisible ones, ends of lines, halves. */
  private static boolean hides(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
