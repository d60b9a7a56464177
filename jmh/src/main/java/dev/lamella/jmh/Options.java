package dev.lamella.jmh;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bin/bench} was asked to do.
 *
 * @param peers whether to run the peers too
 * @param scalar whether to run our scalar kernels too
 * @param old a jar or a folder of classes of an older build to run too, if any
 * @param quick whether short rounds will do
 * @param isa the instructions to hold everyone to
 * @param threads how many threads everyone may use
 * @param rounds fresh JVMs for each side; 0 for the usual number
 * @param csv the file that gets every figure
 * @param format how to write the table
 * @param works which works to run: a search in titles such as {@code sgemm NN 64x128x784}
 */
record Options(
    boolean peers,
    boolean scalar,
    @Nullable Path old,
    boolean quick,
    Isa isa,
    int threads,
    int rounds,
    Path csv,
    Table.Format format,
    Pattern works) {

  static final String USAGE =
      """
      bench [--peers] [--scalar] [--old JAR] [--quick] [--isa avx2] [--threads N] [--rounds N] [--csv FILE]
            [--markdown] [REGEX]

      Times Lamella, and with --peers the libraries one would pick instead, in fresh JVMs that take turns, and
      prints one table. REGEX picks works, such as 'sgemm' or 'predict 784-128-10'. Nothing else should be running.

        --peers      also MKL, OpenBLAS, netlib, ONNX Runtime and PyTorch through DJL (some 400 MB, fetched once)
        --scalar     also our own scalar kernels
        --old JAR    also an older build of ours, as a side "lamella (old)": its jar, a folder with its classes, or
                     a checkout that has been built
        --quick      short rounds, at most 15 s a work: shows that it works, and large differences
        --isa ISA    avx2 holds every side that can be held to AVX2, also on processors with AVX-512, prints how,
                     and leaves the others out of the ratios; native (the default) holds nobody
        --threads N  threads for everyone (default 1)
        --rounds N   fresh JVMs for each side (default: 5 for ours, 3 for each peer; with --quick up to 3 and 1)
        --csv FILE   appends every figure to this file (default jmh/target/results.csv)
        --markdown   the table for docs/performance.md\
      """;

  private static final Path RESULTS = Path.of("jmh", "target", "results.csv");

  static Options parse(List<String> arguments) {
    boolean peers = false;
    boolean scalar = false;
    Path old = null;
    boolean quick = false;
    Isa isa = Isa.NATIVE;
    int threads = 1;
    int rounds = 0;
    Path csv = RESULTS;
    Table.Format format = Table.Format.TEXT;
    String regex = "";
    ArrayDeque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      switch (argument) {
        case "--peers" -> peers = true;
        case "--scalar" -> scalar = true;
        case "--old" -> old = OldBuild.find(text(argument, "a jar or a folder", rest));
        case "--quick" -> quick = true;
        case "--isa" -> isa = Isa.parse(text(argument, "avx2 or native", rest));
        case "--threads" -> threads = number(argument, rest);
        case "--rounds" -> rounds = number(argument, rest);
        case "--csv" -> csv = Path.of(text(argument, "a file", rest));
        case "--markdown" -> format = Table.Format.MARKDOWN;
        default -> {
          if (argument.startsWith("-") || !regex.isEmpty()) {
            throw new IllegalArgumentException(
                "'%s' is not understood.%n%n%s".formatted(argument, USAGE));
          }
          regex = argument;
        }
      }
    }
    return new Options(
        peers, scalar, old, quick, isa, threads, rounds, csv, format, pattern(regex));
  }

  private static String text(String option, String what, ArrayDeque<String> rest) {
    String text = rest.isEmpty() ? "nothing" : rest.remove();
    if (text.equals("nothing") || text.startsWith("--")) {
      throw new IllegalArgumentException("%s wants %s, not %s.".formatted(option, what, text));
    }
    return text;
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

  /** How many rounds there are. */
  int allRounds() {
    return rounds > 0 ? rounds : quick ? 3 : 5;
  }

  /**
   * Whether a side has its turn in a round: always if the number was asked for, else ours always,
   * and the others every second time or, for a quick look, once.
   */
  boolean turn(String side, int round) {
    return rounds > 0 || Peers.isOurs(side) || (quick ? round == 0 : round % 2 == 0);
  }

  /** Whether rounds may be left out so that a work ends in time. */
  boolean hurries() {
    return quick && rounds == 0;
  }
}
