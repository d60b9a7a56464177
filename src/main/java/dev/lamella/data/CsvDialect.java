package dev.lamella.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What separates the cells of a file, seen from its first lines.
 *
 * @param separator the character between two cells
 */
record CsvDialect(char separator) {
  private static final int SAMPLE = 1 << 16; // bytes
  private static final int LINES = 50;

  // In this order: a comma may be the decimal sign or stand in texts where another separates.
  private static final char[] CANDIDATES = {'\t', ';', '|', ',', ' '};

  static CsvDialect of(Source source, CsvOptions options) {
    byte[] bytes = source.peek(SAMPLE);
    for (byte each : bytes) {
      if (each == 0) {
        throw new DataException(source.name() + " is not a table in text: it has zero bytes");
      }
    }
    if (options.separator() != null) {
      return new CsvDialect(options.separator());
    }
    // Latin-1 keeps every byte one character, and all candidates are ASCII.
    List<String> lines = lines(new String(bytes, StandardCharsets.ISO_8859_1), bytes.length);
    // First the character that every line has equally often, then one that most lines have: a line
    // that is broken must not hide the separator, so that the reader can say which line it is.
    for (double share : new double[] {1, 0.6}) {
      for (char candidate : CANDIDATES) {
        if (separates(lines, candidate, share)) {
          return new CsvDialect(candidate);
        }
      }
    }
    return new CsvDialect(',');
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
