package dev.lamella.cli;

/**
 * Text that may come from a file as it is shown: on one line, without characters that a terminal
 * obeys or that change the order in which others are read.
 */
final class Shown {
  private Shown() {}

  /** A name: cut after so many characters. */
  static String text(String text, int most) {
    int end = text.codePointCount(0, text.length()) <= most ? -1 : text.offsetByCodePoints(0, most);
    return end < 0 ? escaped(text) : escaped(text.substring(0, end)) + "...";
  }

  /** A sentence: a run of spaces with an end of line in it becomes one space. */
  static String sentence(String text) {
    StringBuilder line = new StringBuilder(text.length());
    int end = text.length();
    for (int i = 0; i < end; ) {
      int from = i;
      boolean breaks = false;
      while (i < end && isSpace(text.charAt(i))) {
        breaks |= text.charAt(i) != ' ' && text.charAt(i) != '\t';
        i++;
      }
      line.append(breaks ? " " : text.substring(from, i).replace('\t', ' '));
      if (i < end) {
        line.append(text.charAt(i++));
      }
    }
    return escaped(line.toString().strip());
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0, point; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (hides(point)) {
        for (char unit : Character.toChars(point)) {
          shown.append("\\u%04x".formatted((int) unit));
        }
      } else {
        shown.appendCodePoint(point);
      }
    }
    return shown.toString();
  }

  private static boolean hides(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Marks of direction and other invisible ones, but not the joiners of scripts and emoji.
      case Character.FORMAT -> point != 0x200c && point != 0x200d;
      default -> false;
    };
  }
}
