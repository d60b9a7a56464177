package dev.lamella.text;

/**
 * Text from files as it is shown to people: on one line, cut, and without characters that a
 * terminal obeys or that change how their neighbors are read.
 *
 * <p>Escaped are control characters (C0 and C1), line and paragraph separators, halves of
 * surrogates, and invisible characters of format, above all those that change the direction of
 * text; the joiners that some scripts and emoji need stay. Java's own escapes are used, so that two
 * different texts never look the same unless they are cut.
 */
public final class Quoted {
  private static final int NAME = 60; // of a name or a cell, in code points
  private static final int SENTENCE = 2_000;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Quoted() {}

  /**
   * A name or a cell between quotation marks.
   *
   * @param text from a file
   * @return at most 60 characters of it, escaped
   */
  public static String of(String text) {
    return '"' + escaped(text, NAME, true).replace("\"", "\\\"") + '"';
  }

  /**
   * A name without quotation marks.
   *
   * @param text from a file
   * @return at most 60 characters of it, escaped
   */
  public static String name(String text) {
    return escaped(text, NAME, true);
  }

  /**
   * A text without quotation marks.
   *
   * @param text from a file
   * @param most how many characters are shown
   * @return so many characters of it, escaped
   */
  public static String text(String text, int most) {
    return escaped(text, most, true);
  }

  /**
   * A whole sentence that may repeat something from a file; its backslashes stay as they are.
   *
   * @param sentence for a person to read
   * @return the sentence on one line
   */
  public static String sentence(String sentence) {
    return escaped(sentence, SENTENCE, false);
  }

  private static String escaped(String text, int most, boolean backslashes) {
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length(); count++) {
      if (count == most) {
        return shown.append("...").toString();
      }
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      switch (character) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case '\\' -> shown.append(backslashes ? "\\\\" : "\\");
        default -> {
          if (isShown(character)) {
            shown.appendCodePoint(character);
          } else {
            for (char unit : Character.toChars(character)) {
              shown.append("\\u%04x".formatted((int) unit));
            }
          }
        }
      }
    }
    return shown.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }
}
