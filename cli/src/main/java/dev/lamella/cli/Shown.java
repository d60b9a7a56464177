package dev.lamella.cli;

import dev.lamella.text.Quoted;

/**
 * Text that may come from a file as it is shown: on one line, without characters that a terminal
 * obeys or that change the order in which others are read.
 */
final class Shown {
  private Shown() {}

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
    String sentence = line.toString().strip();
    return Quoted.shown(sentence, sentence.length());
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
  }
}
