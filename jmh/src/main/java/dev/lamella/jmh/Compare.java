package dev.lamella.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Ours beside the peers: behind {@code bin/bench}. JMH does the measuring; here is only the order.
 * For each work the peers take turns, a fresh JVM a turn, so that what the machine does meanwhile
 * hits all of them; a figure is the median of its turns.
 */
public final class Compare {

  private final Options options;
  private final Machine machine = Machine.here();
  private final References references = References.read();
  private final Table table = new Table();
  private final Map<String, String> heads = new LinkedHashMap<>();

  private Compare(Options options) {
    this.options = options;
  }

  /** Runs what the arguments ask for and prints one table. */
  public static void main(String[] args) throws IOException {
    List<String> arguments = Arrays.asList(args);
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.println(Options.USAGE);
      return;
    }
    try {
      new Compare(Options.parse(arguments)).run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    }
  }

  private void run() throws IOException {
    // Half a second to look for something that only methods which return a value need.
    System.setProperty("jmh.blackhole.autoDetect", "false");
    options.isa().require(System.getProperty("os.arch"), System.getenv());
    Files.createDirectories(Fork.LOG.getParent());
    Map<Scenario, List<String>> chosen = chosen();
    note("machine", "%s; up to %d fresh JVMs a side".formatted(machine, options.allRounds()));
    Limits limits = Limits.measure(options);
    note("limits", "%d thread(s): %s".formatted(options.threads(), limits));
    Results results = new Results(options.csv(), options, machine, Instant.now(), limits);
    results.check();
    for (Map.Entry<Scenario, List<String>> entry : chosen.entrySet()) {
      for (String work : entry.getValue()) {
        measure(entry.getKey(), work, results);
      }
    }
    print(limits);
    System.err.println("appended to " + options.csv());
  }

  private Map<Scenario, List<String>> chosen() {
    Map<Scenario, List<String>> chosen = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.ALL) {
      List<String> works = new ArrayList<>(scenario.works());
      works.removeIf(work -> !options.works().matcher(scenario.title() + " " + work).find());
      if (!works.isEmpty()) {
        chosen.put(scenario, works);
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "No work matches '%s': try sgemm, sgemv, latency, predict, train."
              .formatted(options.works()));
    }
    return chosen;
  }

  /** Says something once, now and above a table for a page. */
  private void note(String what, String text) {
    if (heads.putIfAbsent(what, text) == null) {
      System.err.println(what + ": " + text);
    }
  }

  private void print(Limits limits) {
    if (options.format() == Table.Format.MARKDOWN) {
      heads.forEach((what, text) -> System.out.println(what + ": " + text + "  "));
      System.out.println();
    }
    System.out.print(table.write(options.format()));
    String summary = table.summary();
    if (!summary.isEmpty()) {
      System.out.print("\n" + summary);
    }
    if (options.peers() && options.isa() == Isa.NATIVE) {
      System.out.printf(
          Locale.ROOT,
          "* another machine's figures (references.csv) times %.2f, the FMA peak here over there%n",
          references.scale(limits));
    }
  }

  /** Who takes part in a work, ours and its older build side by side. */
  private List<String> sides(Scenario scenario, Cost cost) {
    List<String> sides = new ArrayList<>(List.of(Peers.LAMELLA));
    if (options.old() != null) {
      sides.add(Peers.LAMELLA_OLD);
    }
    if (options.scalar()) {
      sides.add(Peers.LAMELLA_SCALAR);
    }
    for (String peer : options.peers() ? scenario.peers() : List.<String>of()) {
      String skip = Scenario.skip(peer, cost, options.threads());
      if (skip.isEmpty()) {
        sides.add(peer);
      } else {
        System.err.printf("%s is skipped here: %s%n", peer, skip);
      }
    }
    return sides;
  }

  /** Lets all sides take turns at one work and adds its line, or lines, to the table. */
  private void measure(Scenario scenario, String work, Results results) {
    Cost cost = scenario.cost(work);
    String title = scenario.title() + " " + work;
    Map<String, List<Fork>> forks = turns(scenario, work, sides(scenario, cost));
    Set<String> notHeld = new LinkedHashSet<>(forks.keySet());
    notHeld.removeIf(side -> !held(side).equals(Isa.NOT_HELD));
    int lines = Math.max(1, scenario.percentiles().size());
    for (int line = 0; line < lines; line++) {
      Map<String, List<Double>> nanos = new LinkedHashMap<>();
      for (Map.Entry<String, List<Fork>> entry : forks.entrySet()) {
        int index = line;
        nanos.put(
            entry.getKey(), entry.getValue().stream().map(f -> f.nanos().get(index)).toList());
      }
      String part = scenario.percentiles().isEmpty() ? "" : " p" + percentile(scenario, line);
      Row row = Row.of(title + part, cost, nanos, notHeld, results.limits(), note(forks));
      forks.forEach((side, of) ->
          results.append(
              row, side, new Results.Side(version(side, of), held(side), allocated(of))));
      if (options.peers() && options.isa() == Isa.NATIVE) { // theirs were measured with AVX-512
        row.values().putAll(references.of(title, cost.unit(), results.limits()));
      }
      table.add(row);
      System.err.printf(
          Locale.ROOT,
          "%s: %s %s, ratio %s%n",
          row.title(),
          row.values(),
          row.unit().text,
          Row.number(row.ratio()));
    }
  }

  /** All rounds of a work, or with {@code --quick} those that end in time. */
  private Map<String, List<Fork>> turns(Scenario scenario, String work, List<String> sides) {
    Map<String, List<Fork>> forks = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(sides);
    long start = System.nanoTime();
    Map<String, Double> spent = new LinkedHashMap<>();
    double again = 0; // seconds that another round of ours would take
    int rounds = 0;
    while (rounds < options.allRounds()
        && !(options.hurries() && rounds > 0 && seconds(start) + again > Pace.SECONDS)) {
      again = 0;
      for (String side : order) {
        if (options.turn(side, rounds)) {
          long turn = System.nanoTime();
          Fork fork = Fork.run(scenario, work, side, options);
          forks.computeIfAbsent(side, s -> new ArrayList<>()).add(fork);
          note(side, fork.about() + Isa.words(held(side)));
          again += Peers.isOurs(side) ? seconds(turn) : 0;
          spent.merge(side, seconds(turn), Double::sum);
        }
      }
      Collections.reverse(order); // who is first in one round is last in the next
      rounds++;
    }
    StringBuilder each = new StringBuilder();
    spent.forEach((side, time) -> each.append(String.format(Locale.ROOT, ", %s %.1f", side, time)));
    System.err.printf(
        Locale.ROOT,
        "%s %s: %d fresh JVM(s) of ours; took %.1f s%s%n",
        scenario.title(),
        work,
        rounds,
        seconds(start),
        each);
    return forks;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private String held(String side) {
    return options.isa().held(side, System.getenv());
  }

  /** Of ours the commit; of a peer what it says itself. */
  private String version(String side, List<Fork> forks) {
    if (options.old() != null && side.equals(Peers.LAMELLA_OLD)) {
      return Machine.version(options.old());
    }
    return Peers.isOurs(side) ? Machine.version() : forks.getFirst().about();
  }

  private static double allocated(List<Fork> forks) {
    return Row.median(forks.stream().map(Fork::allocated).toList());
  }

  private static String percentile(Scenario scenario, int line) {
    double percentile = scenario.percentiles().get(line);
    return percentile % 1 == 0 ? "" + (int) percentile : "" + percentile;
  }

  private static String note(Map<String, List<Fork>> forks) {
    List<String> notes = new ArrayList<>();
    forks.forEach((side, of) -> {
      double accuracy = Row.median(of.stream().map(Fork::accuracy).toList());
      if (!Double.isNaN(accuracy)) {
        notes.add(String.format(Locale.ROOT, "%s right %.4f", side, accuracy));
      }
      if (Peers.isOurs(side) && !Double.isNaN(allocated(of))) {
        String whose = side.equals(Peers.LAMELLA) ? "" : side + " ";
        notes.add(whose + Math.round(allocated(of)) + " B allocated");
      }
    });
    return String.join("; ", notes);
  }
}
