package dev.lamella.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of a network's layers. */
final class Summary {
  /** Columns of words are aligned to the left, columns of numbers to the right. */
  private static final boolean[] LEFT = {true, true, true, true, false, false}; // (columns)

  private Summary() {}

  static String of(Network network) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "name", "shape", "activation", "parameters", "bytes"});
    for (int i = 0; i < network.layers().size(); i++) {
      Dense layer = network.layer(i);
      rows.add(
          new String[] {
            Integer.toString(i),
            layer.bias() ? "dense" : "dense, no bias",
            layer.inputs() + " -> " + layer.units(),
            layer.activation().text(),
            number(layer.parameters()),
            number((long) Float.BYTES * layer.parameters())
          });
    }
    int total = network.parameterCount();
    rows.add(new String[] {"total", "", "", "", number(total), number((long) Float.BYTES * total)});
    return table(rows);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** The rows under each other, with a rule under the heading and above the totals. */
  private static String table(List<String[]> rows) {
    int[] widths = new int[LEFT.length]; // (columns)
    for (String[] row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String padding = " ".repeat(widths[c] - rows.get(r)[c].length());
        line.append(c == 0 ? "" : "  ");
        line.append(LEFT[c] ? rows.get(r)[c] + padding : padding + rows.get(r)[c]);
      }
      String rule = "-".repeat(line.length()) + "\n";
      text.append(r == rows.size() - 1 ? rule : "").append(line).append('\n');
      text.append(r == 0 ? rule : "");
    }
    return text.toString();
  }
}
