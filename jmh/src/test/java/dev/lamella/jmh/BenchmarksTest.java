package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark for a moment, in this JVM, so that none rots. */
class BenchmarksTest {

  /** A small work of each scenario. */
  private static final Map<String, String> WORKS =
      Map.of(
          "sgemm", "NN 7x13x31",
          "sgemv", "10x128",
          "latency", "4-16-3 b1",
          "predict", "4-16-3 b32",
          "train", "13-64-64-1 b32 adam",
          "epochs", "784-128-10 b128 adam",
          "function", "gelu",
          "optimizer", "sgd 100000");

  /** Other benchmarks may run on this machine; none of the figures here counts. */
  @BeforeAll
  static void ignoreOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  static List<Scenario> scenarios() {
    return Scenario.ALL;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void runsForAMoment(Scenario scenario) throws RunnerException {
    String work = WORKS.get(scenario.title());
    assertTrue(scenario.works().contains(work), work);
    assertTrue(scenario.cost(work).flops() > 0);
    ChainedOptionsBuilder options =
        moment(scenario.type(), scenario.method()).param("work", work).param("threads", "1", "2");
    if (scenario.type() == EpochBenchmark.class) {
      options.param("rows", "600");
    }
    assertEquals(2, new Runner(options.build()).run().size());
  }

  @Test
  void limitsRunForAMoment() throws RunnerException {
    ChainedOptionsBuilder options = moment(LimitsBenchmark.class, "\\w+").param("kib", "24");
    assertEquals(2, new Runner(options.build()).run().size());
  }

  @Test
  void rowsRunForAMoment() throws RunnerException {
    assertEquals(6, new Runner(moment(RowBenchmark.class, "row").build()).run().size());
  }

  private static ChainedOptionsBuilder moment(Class<?> type, String method) {
    return new OptionsBuilder()
        .include("^" + type.getName().replace(".", "\\.") + "\\." + method + "$")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(1))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  /** A benchmark that has no section in the table would be measured by no one. */
  @Test
  void everyBenchmarkHasASection() {
    Set<String> sections =
        Scenario.ALL.stream()
            .map(scenario -> scenario.type().getName() + "." + scenario.method())
            .collect(Collectors.toCollection(TreeSet::new));
    sections.add(LimitsBenchmark.class.getName() + ".fma");
    sections.add(LimitsBenchmark.class.getName() + ".read");
    sections.add(RowBenchmark.class.getName() + ".row"); // nobody else has a schema
    Set<String> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
            .stream()
            .map(BenchmarkListEntry::getUsername)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(sections, all);
  }
}
