package dev.lamella.jmh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param title the work
 * @param unit how values are shown
 * @param values medians over the forks, by peer
 * @param spread half the range of ours over its forks, as a part of the median
 * @param limit what the machine's limit allows; NaN if nothing is known
 * @param note what else to say
 */
record Row(
    String title,
    Cost.Unit unit,
    Map<String, Double> values,
    double spread,
    double limit,
    String note) {

  /** Makes a line of what the forks measured. */
  static Row of(
      String title, Cost cost, Map<String, List<Double>> nanos, double limitNanos, String note) {
    Map<String, Double> values = new LinkedHashMap<>();
    nanos.forEach((peer, times) -> values.put(peer, cost.value(median(times))));
    List<Double> ours = nanos.getOrDefault(Peers.LAMELLA, List.of(Double.NaN));
    double range = Collections.max(ours) - Collections.min(ours);
    return new Row(
        title, cost.unit(), values, range / 2 / median(ours), cost.value(limitNanos), note);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double ours() {
    return values.getOrDefault(Peers.LAMELLA, Double.NaN);
  }

  /** The fastest of the others: its name, or nothing if there is none. */
  String best() {
    String best = "";
    for (String peer : values.keySet()) {
      if (!Peers.isOurs(peer) && (best.isEmpty() || speed(peer) > speed(best))) {
        best = peer;
      }
    }
    return best;
  }

  /** How many times as fast as the fastest of the others ours is; NaN if there is none. */
  double ratio() {
    return best().isEmpty() ? Double.NaN : speed(Peers.LAMELLA) / speed(best());
  }

  /** Ours as a part of what the limit allows. */
  double ofLimit() {
    return unit.more ? ours() / limit : limit / ours();
  }

  private double speed(String peer) {
    double value = values.getOrDefault(peer, Double.NaN);
    return unit.more ? value : 1 / value;
  }

  /** Writes a number with three digits that mean something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
