package dev.lamella.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of rivals that do not run in a JVM, measured once on another machine, for lack of better.
 * They are scaled by the FMA peak here over the peak there, which flatters them where memory or
 * overhead is the limit. Names end in a star.
 *
 * @param lines work, threads, figures
 */
record References(List<String[]> lines) {

  private static final String[] NAMES = {"jax*", "pytorch*"};

  static References read() {
    try (InputStream in = References.class.getResourceAsStream("references.csv");
        BufferedReader text = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return new References(
          new ArrayList<>(
              text.lines().filter(l -> !l.startsWith("#")).map(l -> l.split(",", -1)).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How much faster than there this machine multiplies. */
  double scale(Limits limits) {
    return limits.peak() / Double.parseDouble(line("peak", limits.threads())[2]);
  }

  /** Returns the rivals' figures for a work, scaled to this machine; none if there are none. */
  Map<String, Double> of(String title, Cost.Unit unit, Limits limits) {
    Map<String, Double> figures = new LinkedHashMap<>();
    String[] line = line(title, limits.threads());
    if (line.length > 0) {
      double scale = unit.more ? scale(limits) : 1 / scale(limits);
      for (int i = 0; i < NAMES.length; i++) {
        figures.put(NAMES[i], Double.parseDouble(line[2 + i]) * scale);
      }
    }
    return figures;
  }

  private String[] line(String title, int threads) {
    for (String[] line : lines) {
      if (line[0].equals(title) && line[1].equals(Integer.toString(threads))) {
        return line;
      }
    }
    return new String[0];
  }
}
