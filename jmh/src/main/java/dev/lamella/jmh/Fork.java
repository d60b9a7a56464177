package dev.lamella.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * What one fresh JVM measured.
 *
 * @param nanos time of one run: the median iteration, or each of the scenario's percentiles
 * @param allocated bytes allocated in a run, or NaN if the work is not repeated
 * @param accuracy the part of test rows that were right, or NaN if the work does not tell
 * @param about what the side says it is
 */
record Fork(List<Double> nanos, double allocated, double accuracy, String about) {

  /** Everything JMH has to say, for when something fails. */
  static final Path LOG = Path.of("jmh", "target", "bench.log");

  private static final Path REPORT = Path.of("jmh", "target", "fork.txt");

  /** Runs one benchmark of one side in a fresh JVM. */
  static Fork run(Scenario scenario, String work, String side, Options options) {
    ChainedOptionsBuilder jmh =
        new OptionsBuilder()
            .include(
                "^"
                    + (scenario.type().getName() + "." + scenario.method()).replace(".", "\\.")
                    + "$")
            .forks(1)
            .shouldFailOnError(true)
            .output(LOG.toString())
            .param("work", work)
            .param("peer", side)
            .param("threads", Integer.toString(options.threads()));
    List<String> flags = new ArrayList<>(options.isa().flags());
    if (options.quick() && scenario.type() != EpochBenchmark.class) {
      Pace.apply(jmh);
      flags.add(Pace.FLAG);
    }
    flags.add(Report.flag(REPORT));
    if (side.equals(Peers.LAMELLA_SCALAR)) {
      flags.add("-Dlamella.kernels=scalar");
    }
    jmh.jvmArgsPrepend(flags.toArray(String[]::new));
    RunResult result = run(jmh, side, scenario.title() + " " + work, options);
    Statistics statistics = result.getPrimaryResult().getStatistics();
    List<Double> nanos = new ArrayList<>();
    for (double percentile :
        scenario.percentiles().isEmpty() ? List.of(50.0) : scenario.percentiles()) {
      nanos.add(statistics.getPercentile(percentile));
    }
    Result<?> accuracy = result.getSecondaryResults().get("accuracy");
    Report report = Report.read(REPORT);
    return new Fork(
        nanos,
        report.allocated(),
        accuracy == null ? Double.NaN : accuracy.getScore(),
        report.about());
  }

  private static RunResult run(
      ChainedOptionsBuilder jmh, String side, String work, Options options) {
    // Libraries greet on the standard error stream, which JMH passes on.
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    String classPath = System.getProperty("java.class.path");
    try {
      Files.deleteIfExists(REPORT);
      if (options.old() != null && side.equals(Peers.LAMELLA_OLD)) {
        // JMH gives a fork the class path that this property holds.
        System.setProperty(
            "java.class.path", OldBuild.classPath(classPath, OldBuild.ours(), options.old()));
      }
      Collection<RunResult> results = new Runner(jmh.build()).run();
      return results.iterator().next();
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "%s by %s failed; %s says why.".formatted(work, side, LOG), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setProperty("java.class.path", classPath);
      System.setErr(err);
    }
  }
}
