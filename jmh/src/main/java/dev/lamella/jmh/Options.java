package dev.lamella.jmh;

import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code bin/bench} was asked to do.
 *
 * @param peers whether to run the peers too
 * @param scalar whether to run our scalar kernels too
 * @param quick whether one short round will do
 * @param threads how many threads everyone may use
 * @param forks fresh JVMs for ours; peers get half of them, rounded up
 * @param format how to write the table
 * @param works which works to run: a search in titles such as {@code sgemm NN 64x128x784}
 */
record Options(
    boolean peers,
    boolean scalar,
    boolean quick,
    int threads,
    int forks,
    Table.Format format,
    Pattern works) {

  static final String USAGE =
      """
      bench [--peers] [--scalar] [--quick] [--threads N] [--forks N] [--markdown | --csv] [REGEX]

      Times Lamella, and with --peers the libraries one would pick instead, in fresh JVMs that take turns, and
      prints one table. REGEX picks works, such as 'sgemm' or 'predict 784-128-10'. Nothing else should be running.

        --peers      also MKL, OpenBLAS, netlib, ONNX Runtime and PyTorch through DJL (some 400 MB, fetched once)
        --scalar     also our own scalar kernels
        --quick      one short round: shows that it works, not how fast it is
        --threads N  threads for everyone (default 1)
        --forks N    fresh JVMs for each of our figures (default 5; peers get half as many, rounded up)
        --markdown   the table for docs/performance.md
        --csv        the table for other programs\
      """;

  static Options parse(List<String> arguments) {
    boolean peers = false;
    boolean scalar = false;
    boolean quick = false;
    int threads = 1;
    int forks = 0;
    Table.Format format = Table.Format.TEXT;
    String regex = "";
    ArrayDeque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      switch (argument) {
        case "--peers" -> peers = true;
        case "--scalar" -> scalar = true;
        case "--quick" -> quick = true;
        case "--threads" -> threads = number(argument, rest);
        case "--forks" -> forks = number(argument, rest);
        case "--markdown" -> format = Table.Format.MARKDOWN;
        case "--csv" -> format = Table.Format.CSV;
        default -> {
          if (argument.startsWith("-") || !regex.isEmpty()) {
            throw new IllegalArgumentException(
                "'%s' is not understood.%n%n%s".formatted(argument, USAGE));
          }
          regex = argument;
        }
      }
    }
    int rounds = forks > 0 ? forks : quick ? 1 : 5;
    return new Options(peers, scalar, quick, threads, rounds, format, pattern(regex));
  }

  private static int number(String option, ArrayDeque<String> rest) {
    String text = rest.isEmpty() ? "nothing" : rest.remove();
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "%s wants a number from 1 to 9999, not %s.".formatted(option, text));
    }
    return Integer.parseInt(text);
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s.".formatted(regex, e.getDescription()), e);
    }
  }

  /** Whether a peer has its turn in a round: ours always, the others every second time. */
  boolean turn(String peer, int round) {
    return Peers.isOurs(peer) || round % 2 == 0;
  }
}
