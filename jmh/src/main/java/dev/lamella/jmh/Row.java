package dev.lamella.jmh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One line of the table.
 *
 * @param title the work
 * @param unit how values are shown
 * @param values what is shown, by side: medians over the forks, and figures from elsewhere
 * @param measured each fork's value, by side
 * @param notHeld sides that nothing is compared with, because they use other instructions
 * @param limit what the machine's limit allows; NaN if nothing is known
 * @param peak what its FMA peak alone would allow
 * @param note what else to say
 */
record Row(
    String title,
    Cost.Unit unit,
    Map<String, Double> values,
    Map<String, List<Double>> measured,
    Set<String> notHeld,
    double limit,
    double peak,
    String note) {

  /** Makes a line of what the forks measured. */
  static Row of(
      String title,
      Cost cost,
      Map<String, List<Double>> nanos,
      Set<String> notHeld,
      Limits limits,
      String note) {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Double>> measured = new LinkedHashMap<>();
    nanos.forEach((side, times) -> {
      values.put(side, cost.value(median(times)));
      measured.put(side, times.stream().map(cost::value).toList());
    });
    return new Row(
        title,
        cost.unit(),
        values,
        measured,
        notHeld,
        cost.value(limits.nanos(cost)),
        cost.value(limits.peakNanos(cost)),
        note);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Half the range of a side's forks, as a part of their median; NaN if it was not measured. */
  double spread(String side) {
    List<Double> forks = measured.getOrDefault(side, List.of(Double.NaN));
    return (Collections.max(forks) - Collections.min(forks)) / 2 / median(forks);
  }

  double ours() {
    return value(Peers.LAMELLA);
  }

  private double value(String side) {
    return values.getOrDefault(side, Double.NaN);
  }

  /** The fastest of the others: its name, or nothing if there is none. */
  String best() {
    return best(Peers.LAMELLA, values.keySet());
  }

  private String best(String side, Set<String> of) {
    String best = "";
    for (String other : of) {
      boolean same = other.equals(side) || (Peers.isOurs(other) && Peers.isOurs(side));
      boolean variant = Peers.isOurs(other) && !other.equals(Peers.LAMELLA);
      boolean rival = !same && !variant && !notHeld.contains(other);
      if (rival && (best.isEmpty() || speed(other) > speed(best))) {
        best = other;
      }
    }
    return best;
  }

  /** How many times as fast as the fastest of the others ours is; NaN if there is none. */
  double ratio() {
    return over(Peers.LAMELLA, best());
  }

  /** The same for any side, beside the other libraries that were measured in this run. */
  double ratio(String side) {
    return over(side, best(side, measured.keySet()));
  }

  /** How many times as fast as the older build ours is; NaN if there is none. */
  double overOld() {
    return over(Peers.LAMELLA, Peers.LAMELLA_OLD);
  }

  private double over(String side, String other) {
    return speed(side) / speed(other);
  }

  /** A side as a part of what the limit allows. */
  double ofLimit(String side) {
    return part(side, limit);
  }

  /** A side as a part of the FMA peak. */
  double ofPeak(String side) {
    return part(side, peak);
  }

  private double part(String side, double of) {
    return unit.more ? value(side) / of : of / value(side);
  }

  private double speed(String side) {
    return unit.more ? value(side) : 1 / value(side);
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
