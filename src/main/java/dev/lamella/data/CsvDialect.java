package dev.lamella.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What separates the cells of a file, seen from its first lines.
 *
 * @param encoding of the text
 * @param separator the character between two cells
 * @param told whether the first line is no row but tells the separator, as spreadsheets write it
 */
record CsvDialect(TextEncoding encoding, char separator, boolean told) {
  private static final int SAMPLE = 1 << 16; // bytes
  private static final int LINES = 50;

  // In this order: a comma may be the decimal sign or stand in texts where another separates.
  private static final char[] CANDIDATES = {'\t', ';', '|', ',', ' '};

  static CsvDialect of(Source source, CsvOptions options) {
    byte[] bytes = source.peek(SAMPLE);
    TextEncoding encoding = TextEncoding.of(bytes);
    String sample = encoding.decode(bytes);
    if (sample.indexOf('\0') >= 0) {
      throw new DataException(
          source.name() + " is not a table in text: it has zero bytes; save it as CSV in UTF-8");
    }
    List<String> lines = lines(sample, bytes.length);
    char tells = toldBy(sample);
    boolean told = tells != 0;
    if (options.separator() != null || told) {
      char separator = options.separator() != null ? options.separator() : tells;
      return new CsvDialect(encoding, separator, told);
    }
    // First the character that every line has equally often, then one that most lines have: a line
    // that is broken must not hide the separator, so that the reader can say which line it is.
    for (double share : new double[] {1, 0.6}) {
      for (char candidate : CANDIDATES) {
        // Words may have a space in most lines.
        if (separates(lines, candidate, candidate == ' ' ? 1 : share)) {
          return new CsvDialect(encoding, candidate, false);
        }
      }
    }
    return new CsvDialect(encoding, ',', false);
  }

  /** The separator that a first line such as {@code sep=;} tells, or 0. */
  private static char toldBy(String sample) {
    int start = sample.startsWith("\"") ? 1 : 0;
    int end = start + 5;
    if (sample.length() < end || !sample.regionMatches(true, start, "sep=", 0, 4)) {
      return 0;
    }
    int after = start == 1 && sample.length() > end && sample.charAt(end) == '"' ? end + 1 : end;
    boolean ends =
        after == sample.length() || sample.charAt(after) == '\n' || sample.charAt(after) == '\r';
    char separator = sample.charAt(end - 1);
    return ends && separator != '"' && separator != '\n' && separator != '\r' ? separator : 0;
  }

  /** Whether a share of the lines has the character as often as the second line, at least once. */
  private static boolean separates(List<String> lines, char candidate, double share) {
    int count = lines.isEmpty() ? 0 : count(lines.get(lines.size() > 1 ? 1 : 0), candidate);
    long same = lines.stream().filter(line -> count(line, candidate) == count).count();
    return count > 0 && same >= share * lines.size();
  }

  /** The first lines that are complete, without what stands in quotes. */
  private static List<String> lines(String sample, int length) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < sample.length() && lines.size() < LINES; i++) {
      char c = sample.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (!line.isEmpty()) {
          lines.add(line.toString());
        }
        line.setLength(0);
      } else if (!quoted) {
        line.append(c);
      }
    }
    if (!line.isEmpty() && !quoted && (length < SAMPLE || lines.isEmpty())) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static int count(String line, char candidate) {
    return (int) line.chars().filter(c -> c == candidate).count();
  }
}
