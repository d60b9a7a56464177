package dev.lamella.jmh;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * One section of the table: a benchmark's method, its works, and who takes part.
 *
 * @param title the section's name
 * @param type the benchmark
 * @param method its method
 * @param percentiles which percentiles of single calls to show; none to show the mean call
 * @param peers who can do it, besides ours
 */
record Scenario(
    String title,
    Class<? extends PeerBenchmark> type,
    String method,
    List<Double> percentiles,
    List<String> peers) {

  static final List<Scenario> ALL =
      List.of(
          mean("sgemm", SgemmBenchmark.class, "sgemm", "mkl", "openblas", "netlib"),
          mean("sgemv", SgemvBenchmark.class, "sgemv", "mkl", "openblas", "netlib"),
          new Scenario(
              "latency",
              PredictBenchmark.class,
              "latency",
              List.of(50.0, 99.0, 99.9),
              List.of("mkl", "openblas", "onnxruntime")),
          mean(
              "predict",
              PredictBenchmark.class,
              "predict",
              "mkl",
              "openblas",
              "onnxruntime",
              "djl"),
          mean("train", TrainStepBenchmark.class, "step", "djl"),
          mean("epochs", EpochBenchmark.class, "epochs", "djl"),
          mean("function", ElementwiseBenchmark.class, "apply", "djl"),
          mean("optimizer", OptimizerBenchmark.class, "step"));

  /** A product of 1024 x 1024 x 1024. */
  private static final double NETLIB_FLOPS = 2.0 * 1024 * 1024 * 1024;

  private static Scenario mean(
      String title, Class<? extends PeerBenchmark> type, String method, String... peers) {
    return new Scenario(title, type, method, List.of(), List.of(peers));
  }

  /** Returns the works: the values of the benchmark's parameter of that name. */
  List<String> works() {
    try {
      Field field = type.getField("work");
      List<String> works = new ArrayList<>(Arrays.asList(field.getAnnotation(Param.class).value()));
      if (!percentiles.isEmpty()) {
        works.removeIf(work -> !work.endsWith(" b1"));
      }
      return works;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(type + " has no parameter 'work'.", e);
    }
  }

  /** Why a peer's figure for a work would tell nothing; nothing if it does. */
  static String skip(String peer, Cost cost, int threads) {
    if (!peer.equals("netlib")) {
      return "";
    }
    if (threads > 1) {
      return "it has one thread";
    }
    return cost.flops() > NETLIB_FLOPS ? "it does not block for caches, a run takes seconds" : "";
  }

  /** Returns what one run of a work amounts to. */
  Cost cost(String work) {
    try {
      PeerBenchmark benchmark = type.getConstructor().newInstance();
      type.getField("work").set(benchmark, work);
      return benchmark.cost();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The cost of %s %s is unknown.".formatted(title, work), e);
    }
  }
}
