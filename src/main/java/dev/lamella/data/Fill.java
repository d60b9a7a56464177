package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What stands for the missing cells of a column, learned from the cells that have something. */
final class Fill {
  private Fill() {}

  /** The mean, the median or the most frequent number; NaN if a cell is no finite number. */
  static double number(Table table, int column, int[] rows, Missing policy) {
    Column cells = table.get(column);
    double[] numbers =
        Arrays.stream(rows).filter(r -> !cells.isMissing(r)).mapToDouble(cells::number).toArray();
    requireSome(numbers.length, table, column);
    Arrays.sort(numbers);
    double least = numbers[0];
    double largest = numbers[numbers.length - 1];
    if (Double.isNaN(largest)) { // sorted last
      return Double.NaN;
    }
    return switch (policy) {
      case MEAN -> {
        double mean = Arrays.stream(numbers).sum() / numbers.length;
        yield Double.isFinite(mean) ? Math.clamp(mean, least, largest) : Double.NaN;
      }
      case MEDIAN -> {
        double upper = numbers[numbers.length / 2];
        double lower = numbers[(numbers.length - 1) / 2];
        yield lower == upper ? lower : lower / 2 + upper / 2;
      }
      default -> mostFrequent(numbers);
    };
  }

  private static double mostFrequent(double[] sorted) {
    double best = sorted[0];
    int most = 0;
    for (int from = 0, to; from < sorted.length; from = to) {
      to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        best = sorted[from];
      }
    }
    return best;
  }

  /** The most frequent word, the first in the alphabet of several. */
  static String word(Table table, int column, int[] rows) {
    Column cells = table.get(column);
    Map<String, Integer> counts = new TreeMap<>();
    for (int row : rows) {
      if (!cells.isMissing(row)) {
        counts.merge(cells.word(row), 1, Integer::sum);
      }
    }
    requireSome(counts.size(), table, column);
    String best = "";
    int most = 0;
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      if (each.getValue() > most) {
        most = each.getValue();
        best = each.getKey();
      }
    }
    return best;
  }

  private static void requireSome(int count, Table table, int column) {
    if (count == 0) {
      throw new DataException(
          "column %s of %s has no values in the rows to train on, so that missing ones cannot be filled; %s"
              .formatted(
                  Quoted.cell(table.names().get(column)), table.source(), table.leaveOut(column)));
    }
  }
}
