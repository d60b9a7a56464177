package dev.lamella.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the text of a cell is: a number, nothing, or a word. */
final class Cells {
  /** How people and programs write that there is nothing, unless the reader is told otherwise. */
  static final Set<String> MISSING =
      Set.of(
          "", "?", "-", "NA", "N/A", "n/a", "na", "<NA>", "#N/A", "null", "NULL", "None", "NaN",
          "nan", "NAN", "-nan");

  /** What programs write for a number that is not finite. */
  private static final Set<String> INFINITE =
      Set.of("inf", "-inf", "+inf", "Inf", "-Inf", "Infinity", "-Infinity");

  private static final List<List<String>> ONE_WORD =
      List.of(List.of("true", "True", "TRUE"), List.of("false", "False", "FALSE"));

  private Cells() {}

  /**
   * The number that a cell holds, or NaN. Only decimal numbers with a point count; Java's own
   * parser would take 1f and 0x1p3 too.
   */
  static double number(String cell) {
    return isNumber(cell) ? Double.parseDouble(cell) : Double.NaN;
  }

  /** Sign, digits with perhaps a point, exponent: one look at each character. */
  private static boolean isNumber(String cell) {
    int length = cell.length();
    int at = skipSign(cell, 0);
    int digits = at;
    at = skipDigits(cell, at);
    digits = at - digits;
    if (at < length && cell.charAt(at) == '.') {
      int fraction = ++at;
      at = skipDigits(cell, at);
      digits += at - fraction;
    }
    if (digits == 0 || at == length) {
      return digits > 0;
    }
    if (cell.charAt(at) != 'e' && cell.charAt(at) != 'E') {
      return false;
    }
    int exponent = skipSign(cell, at + 1);
    int end = skipDigits(cell, exponent);
    return end == length && end > exponent && end - exponent < 10;
  }

  private static int skipSign(String cell, int at) {
    boolean sign = at < cell.length() && (cell.charAt(at) == '+' || cell.charAt(at) == '-');
    return sign ? at + 1 : at;
  }

  private static int skipDigits(String cell, int from) {
    int at = from;
    while (at < cell.length() && isDigit(cell.charAt(at))) {
      at++;
    }
    return at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isInfinite(String cell) {
    return INFINITE.contains(cell);
  }

  /** Whether a cell is a number, plain or as people write it. */
  static boolean looksLikeNumber(String cell) {
    return isNumber(cell) || Clothed.of(cell) != null;
  }

  /** The other spellings of a word that programs write in several ways; none for most words. */
  static List<String> spellings(String word) {
    return ONE_WORD.stream().filter(each -> each.contains(word)).findFirst().orElse(List.of());
  }

  /** The place of each word of a vocabulary, under all of its spellings. */
  static Map<String, Integer> places(List<String> words) {
    Map<String, Integer> places = new HashMap<>();
    for (String word : words) {
      places.put(word, places.size());
    }
    for (int place = 0; place < words.size(); place++) {
      for (String spelling : spellings(words.get(place))) {
        places.putIfAbsent(spelling, place);
      }
    }
    return places;
  }
}
