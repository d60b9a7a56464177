package dev.lamella.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * What one fresh JVM measured.
 *
 * @param nanos time of one run: the median iteration, or each of the scenario's percentiles
 * @param allocated bytes allocated in a run
 * @param accuracy the part of test rows that were right, or NaN if the work does not tell
 */
record Fork(List<Double> nanos, double allocated, double accuracy) {

  /** Everything JMH has to say, for when something fails. */
  static final Path LOG = Path.of("jmh", "target", "bench.log");

  /** Runs one benchmark of one peer in a fresh JVM. */
  static Fork run(Scenario scenario, String work, String peer, Options options) {
    ChainedOptionsBuilder jmh =
        builder(scenario.type(), scenario.method(), options.quick())
            .param("work", work)
            .param("peer", peer)
            .param("threads", Integer.toString(options.threads()))
            .addProfiler(GCProfiler.class);
    if (peer.equals(Peers.LAMELLA_SCALAR)) {
      jmh.jvmArgsPrepend("-Dlamella.kernels=scalar");
    }
    RunResult result = run(jmh, scenario.title() + " " + work + " by " + peer);
    Statistics statistics = result.getPrimaryResult().getStatistics();
    List<Double> nanos = new ArrayList<>();
    for (double percentile :
        scenario.percentiles().isEmpty() ? List.of(50.0) : scenario.percentiles()) {
      nanos.add(statistics.getPercentile(percentile));
    }
    return new Fork(nanos, secondary(result, "gc.alloc.rate.norm"), secondary(result, "accuracy"));
  }

  /** Runs one of the limits in a fresh JVM and returns how often it runs in a nanosecond. */
  static double limit(String method, int kib, Options options) {
    ChainedOptionsBuilder jmh =
        builder(LimitsBenchmark.class, method, options.quick())
            .param("kib", Integer.toString(kib))
            .threads(options.threads());
    return run(jmh, method).getPrimaryResult().getScore();
  }

  private static ChainedOptionsBuilder builder(Class<?> type, String method, boolean quick) {
    ChainedOptionsBuilder jmh =
        new OptionsBuilder()
            .include("^" + (type.getName() + "." + method).replace(".", "\\.") + "$")
            .forks(1)
            .shouldFailOnError(true)
            .output(LOG.toString());
    if (quick && type != EpochBenchmark.class) {
      // Not less warm-up: vector code that is not compiled yet is a thousand times slower.
      jmh.measurementIterations(3).measurementTime(TimeValue.milliseconds(100));
    }
    return jmh;
  }

  private static RunResult run(ChainedOptionsBuilder jmh, String what) {
    // Libraries greet on the standard error stream, which JMH passes on.
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      Collection<RunResult> results = new Runner(jmh.build()).run();
      return results.iterator().next();
    } catch (RunnerException e) {
      throw new IllegalStateException("%s failed; %s says why.".formatted(what, LOG), e);
    } finally {
      System.setErr(err);
    }
  }

  private static double secondary(RunResult result, String label) {
    Result<?> secondary = result.getSecondaryResults().get(label);
    return secondary == null ? Double.NaN : secondary.getScore();
  }
}
