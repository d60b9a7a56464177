package dev.lamella.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The one table: a line for each work, a column for each peer. */
final class Table {

  /** How a table is written. */
  enum Format {
    /** Columns, for a terminal. */
    TEXT,
    /** For a page. */
    MARKDOWN,
    /** For another program. */
    CSV
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
      case CSV -> csv(cells);
    };
  }

  private static List<String> head(Set<String> peers) {
    List<String> head = new ArrayList<>(List.of("work", "unit"));
    peers.forEach(
        peer -> head.addAll(peer.equals(Peers.LAMELLA) ? List.of(peer, "±") : List.of(peer)));
    head.addAll(List.of("ours / best other", "of the limit", "note"));
    return head;
  }

  private static List<String> cells(Row row, Set<String> peers) {
    List<String> cells = new ArrayList<>(List.of(row.title(), row.unit().text));
    for (String peer : peers) {
      cells.add(Row.number(row.values().getOrDefault(peer, Double.NaN)));
      if (peer.equals(Peers.LAMELLA)) {
        cells.add(percent(row.spread()));
      }
    }
    String star = row.best().endsWith("*") ? "*" : "";
    cells.add(Double.isNaN(row.ratio()) ? "–" : Row.number(row.ratio()) + star);
    cells.add(percent(row.ofLimit()));
    cells.add(row.note());
    return cells;
  }

  private static String percent(double part) {
    return Double.isNaN(part) ? "–" : Math.round(100 * part) + " %";
  }

  /** The geometric mean of the ratios, and the least, for each kind of work: one line each. */
  String summary() {
    Map<String, List<Row>> kinds = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!Double.isNaN(row.ratio())) {
        String kind = row.title().substring(0, row.title().indexOf(' '));
        kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(row);
      }
    }
    StringBuilder text = new StringBuilder();
    kinds.forEach((kind, of) -> {
      double logs = 0;
      Row least = of.getFirst();
      for (Row row : of) {
        logs += Math.log(row.ratio());
        least = row.ratio() < least.ratio() ? row : least;
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%s: ours / best other %.2f (geometric mean of %d), least %.2f (%s)%n",
              kind,
              Math.exp(logs / of.size()),
              of.size(),
              least.ratio(),
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

  private static String csv(List<List<String>> cells) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      List<String> fields = new ArrayList<>();
      for (String cell : line) {
        String plain = cell.equals("–") ? "" : cell.replace(",", "");
        fields.add(plain);
      }
      text.append(String.join(",", fields)).append('\n');
    }
    return text.toString();
  }
}
