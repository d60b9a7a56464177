package dev.lamella.text;

import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
  private static final int CELL = 40; // of a cell of a table, in chars
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

  /**
   * The text of a cell between quotation marks.
   *
   * @param text from a table
   * @return some 40 characters of it, escaped
   */
  public static String cell(String text) {
    return '"' + shown(text, CELL) + '"';
  }

  /**
   * The text of a cell without quotation marks. Its backslashes stay as they are, and no invisible
   * character is shown at all: what looks alike in a table is alike.
   *
   * @param text from a table
   * @param most how many of its chars to show at most; a character is never cut in two
   * @return so many of them, escaped
   */
  public static String shown(String text, int most) {
    int end = Math.min(text.length(), most);
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return escaped(text, end, false, true);
  }

  /**
   * The first of many names with commas between, such as {@code a, b, ...}.
   *
   * @param names all of them
   * @param most how many are shown
   * @param shown how each is
   * @return the list
   */
  public static String list(Collection<String> names, int most, UnaryOperator<String> shown) {
    String listed = names.stream().limit(most).map(shown).collect(Collectors.joining(", "));
    return names.size() > most ? listed + ", ..." : listed;
  }

  /**
   * A cell of a file of comma-separated values, in quotation marks where RFC 4180 wants them.
   *
   * @param cell any text
   * @return the text as the file has it
   */
  public static String csv(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** At most so many characters, where a character is a code point. */
  private static String escaped(String text, int most, boolean backslashes) {
    boolean whole = text.length() <= most || text.codePointCount(0, text.length()) <= most;
    int end = whole ? text.length() : text.offsetByCodePoints(0, most);
    return escaped(text, end, backslashes, false);
  }

  private static String escaped(String text, int end, boolean backslashes, boolean strict) {
    StringBuilder shown = new StringBuilder(end + 8);
    for (int i = 0, character; i < end; i += Character.charCount(character)) {
      character = text.codePointAt(i);
      switch (character) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case '\\' -> shown.append(backslashes ? "\\\\" : "\\");
        default -> {
          if (isShown(character, strict)) {
            shown.appendCodePoint(character);
          } else {
            for (char unit : Character.toChars(character)) {
              shown.append("\\u%04x".formatted((int) unit));
            }
          }
        }
      }
    }
    return shown.append(end < text.length() ? "..." : "").toString();
  }

  private static boolean isShown(int character, boolean strict) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT ->
          !strict && (character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER);
      case Character.PRIVATE_USE -> !strict;
      default -> true;
    };
  }
}
