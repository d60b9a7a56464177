package dev.lamella.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final References references = References.read();
  private final Table table = new Table();

  private Compare(Options options) {
    this.options = options;
  }

  /** Runs what the arguments ask for and prints one table. */
  public static void main(String[] args) throws IOException, InterruptedException {
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

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(Fork.LOG.getParent());
    Map<Scenario, List<String>> chosen = new LinkedHashMap<>();
    Set<String> peers = new LinkedHashSet<>();
    for (Scenario scenario : Scenario.ALL) {
      List<String> works = new ArrayList<>(scenario.works());
      works.removeIf(work -> !options.works().matcher(scenario.title() + " " + work).find());
      if (!works.isEmpty()) {
        chosen.put(scenario, works);
        peers.addAll(peers(scenario));
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "No work matches '%s': try sgemm, sgemv, latency, predict, train."
              .formatted(options.works()));
    }
    StringBuilder head = new StringBuilder(machine()).append('\n');
    for (String peer : peers) {
      head.append(peer).append(": ").append(about(peer)).append('\n');
    }
    Limits limits = Limits.measure(options);
    head.append("limits, ").append(options.threads()).append(" thread(s): ").append(limits);
    System.err.println(head);
    for (Map.Entry<Scenario, List<String>> entry : chosen.entrySet()) {
      for (String work : entry.getValue()) {
        measure(entry.getKey(), work, limits);
      }
    }
    print(head, limits);
  }

  private void print(StringBuilder head, Limits limits) {
    if (options.format() == Table.Format.MARKDOWN) {
      System.out.println(head.toString().replace("\n", "  \n") + "\n");
    }
    System.out.print(table.write(options.format()));
    if (options.format() != Table.Format.CSV && options.peers()) {
      System.out.print("\n" + table.summary());
      System.out.printf(
          Locale.ROOT,
          "* another machine's figures (references.csv) times %.2f, the FMA peak here over there%n",
          references.scale(limits));
    }
  }

  private List<String> peers(Scenario scenario) {
    List<String> peers = new ArrayList<>(List.of(Peers.LAMELLA));
    if (options.scalar()) {
      peers.add(Peers.LAMELLA_SCALAR);
    }
    if (options.peers()) {
      peers.addAll(scenario.peers());
    }
    return peers;
  }

  /** Lets all peers take turns at one work and adds its line, or lines, to the table. */
  private void measure(Scenario scenario, String work, Limits limits) {
    List<String> peers = peers(scenario);
    Map<String, List<Fork>> forks = new LinkedHashMap<>();
    for (int round = 0; round < options.forks(); round++) {
      for (String peer : peers) {
        if (options.turn(peer, round)) {
          Fork fork = Fork.run(scenario, work, peer, options);
          forks.computeIfAbsent(peer, p -> new ArrayList<>()).add(fork);
        }
      }
      Collections.rotate(peers, 1);
    }
    Cost cost = scenario.cost(work);
    String title = scenario.title() + " " + work;
    int lines = Math.max(1, scenario.percentiles().size());
    for (int line = 0; line < lines; line++) {
      Map<String, List<Double>> nanos = new LinkedHashMap<>();
      for (Map.Entry<String, List<Fork>> entry : forks.entrySet()) {
        int index = line;
        nanos.put(
            entry.getKey(), entry.getValue().stream().map(f -> f.nanos().get(index)).toList());
      }
      String part = scenario.percentiles().isEmpty() ? "" : " p" + percentile(scenario, line);
      Row row = Row.of(title + part, cost, nanos, limits.nanos(cost), note(forks));
      if (options.peers()) {
        row.values().putAll(references.of(title, cost.unit(), limits));
      }
      table.add(row);
      System.err.printf(
          Locale.ROOT, "%s: %s, ratio %s%n", row.title(), row.values(), Row.number(row.ratio()));
    }
  }

  private static String percentile(Scenario scenario, int line) {
    double percentile = scenario.percentiles().get(line);
    return percentile % 1 == 0 ? "" + (int) percentile : "" + percentile;
  }

  private static String note(Map<String, List<Fork>> forks) {
    List<Fork> ours = forks.getOrDefault(Peers.LAMELLA, List.of());
    double allocated = Row.median(ours.stream().map(Fork::allocated).toList());
    StringBuilder note = new StringBuilder();
    if (!Double.isNaN(ours.getFirst().accuracy())) {
      forks.forEach((peer, of) ->
          note.append(
              String.format(
                  Locale.ROOT,
                  "%s right %.4f; ",
                  peer,
                  Row.median(of.stream().map(Fork::accuracy).toList()))));
    }
    return note.append(Math.round(allocated)).append(" B allocated").toString();
  }

  private String machine() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    String model = System.getProperty("os.arch");
    if (Files.isReadable(cpus)) {
      for (String line : Files.readAllLines(cpus)) {
        if (line.startsWith("model name")) {
          model = line.substring(line.indexOf(':') + 1).strip();
          break;
        }
      }
    }
    return "%s, %d processors; %s %s; medians of %d fresh JVMs"
        .formatted(
            model,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.vm.name"),
            Runtime.version(),
            options.forks());
  }

  /** Asks a peer, in a JVM of its own, what it is. */
  private String about(String peer) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    if (peer.equals(Peers.LAMELLA_SCALAR)) {
      command.add("-Dlamella.kernels=scalar");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Peers.class.getName()));
    command.addAll(List.of(peer, Integer.toString(options.threads())));
    Process process = new ProcessBuilder(command).redirectError(Fork.LOG.toFile()).start();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s does not start; %s says why.".formatted(peer, Fork.LOG));
    }
    return answer;
  }
}
