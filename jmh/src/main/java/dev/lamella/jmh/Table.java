package dev.lamella.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The one table: a line for each work, a column for each peer. */
final class Table {

  /** How a table is written. */
  enum Format {
    /** Columns, for a terminal. */
    TEXT,
    /** For a page. */
    MARKDOWN
  }

  private final List<Row> rows = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  String write(Format format) {
    Set<String> peers = new LinkedHashSet<>(List.of(Peers.LAMELLA));
    rows.forEach(row -> peers.addAll(row.values().keySet()));
    List<List<String>> cells = new ArrayList<>();
    cells.add(head(peers));
    rows.forEach(row -> cells.add(cells(row, peers)));
    return switch (format) {
      case TEXT -> columns(cells);
      case MARKDOWN -> markdown(cells);
    };
  }

  private List<String> head(Set<String> peers) {
    List<String> head = new ArrayList<>(List.of("work", "unit"));
    for (String peer : peers) {
      boolean held = rows.stream().noneMatch(row -> row.notHeld().contains(peer));
      head.add(held ? peer : peer + " (" + Isa.NOT_HELD + ")");
      if (Peers.isOurs(peer)) {
        head.add("±");
      }
    }
    if (peers.contains(Peers.LAMELLA_OLD)) {
      head.add("new / old");
    }
    head.addAll(List.of("ours / best other", "of the limit", "of the FMA peak", "note"));
    return head;
  }

  private static List<String> cells(Row row, Set<String> peers) {
    List<String> cells = new ArrayList<>(List.of(row.title(), row.unit().text));
    for (String peer : peers) {
      cells.add(Row.number(row.values().getOrDefault(peer, Double.NaN)));
      if (Peers.isOurs(peer)) {
        cells.add(percent(row.spread(peer)));
      }
    }
    if (peers.contains(Peers.LAMELLA_OLD)) {
      cells.add(Row.number(row.overOld()));
    }
    String star = row.best().endsWith("*") ? "*" : "";
    cells.add(Double.isNaN(row.ratio()) ? "–" : Row.number(row.ratio()) + star);
    cells.add(percent(row.ofLimit(Peers.LAMELLA)));
    cells.add(percent(row.ofPeak(Peers.LAMELLA)));
    cells.add(row.note());
    return cells;
  }

  private static String percent(double part) {
    return Double.isNaN(part) ? "–" : Math.round(100 * part) + " %";
  }

  /** The geometric mean of the ratios, and the least, for each kind of work: one line each. */
  String summary() {
    return summary("new / old", Row::overOld) + summary("ours / best other", Row::ratio);
  }

  private String summary(String what, ToDoubleFunction<Row> ratio) {
    Map<String, List<Row>> kinds = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!Double.isNaN(ratio.applyAsDouble(row))) {
        String kind = row.title().substring(0, row.title().indexOf(' '));
        kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(row);
      }
    }
    StringBuilder text = new StringBuilder();
    kinds.forEach((kind, of) -> {
      double logs = 0;
      for (Row row : of) {
        logs += Math.log(ratio.applyAsDouble(row));
      }
      Row least = Collections.min(of, Comparator.comparingDouble(ratio));
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %s %.2f (geometric mean of %d), least %.2f (%s)%n",
              kind,
              what,
              Math.exp(logs / of.size()),
              of.size(),
              ratio.applyAsDouble(least),
              least.title()));
    });
    return text.toString();
  }

  private static String columns(List<List<String>> cells) {
    int[] widths = new int[cells.getFirst().size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - line.get(i).length());
        boolean left = i < 2 || i == widths.length - 1;
        row.append(left ? line.get(i) + padding : padding + line.get(i)).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String markdown(List<List<String>> cells) {
    List<String> lines = new ArrayList<>();
    cells.forEach(line -> lines.add("| " + String.join(" | ", line) + " |\n"));
    lines.add(1, "|---|---|" + "---:|".repeat(cells.getFirst().size() - 3) + "---|\n");
    return String.join("", lines);
  }
}
