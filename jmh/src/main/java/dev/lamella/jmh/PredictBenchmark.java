package dev.lamella.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Asking a network: one row, as a service does, and batches. {@link #latency} samples single calls
 * for the percentiles (a sample holds the clock's own 20-30 ns), {@link #predict} is their mean.
 */
@Warmup(iterations = 8, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PredictBenchmark extends PeerBenchmark {

  /** The network and the rows of one call. */
  @Param({
    "4-16-3 b1",
    "784-128-10 b1",
    "784-512-256-10 b1",
    "256-1024-1024-256-1 b1",
    "4-16-3 b32",
    "784-128-10 b32",
    "784-512-256-10 b32",
    "256-1024-1024-256-1 b32",
    "4-16-3 b1024",
    "784-128-10 b1024",
    "784-512-256-10 b1024",
    "256-1024-1024-256-1 b1024"
  })
  public String work = "";

  /** One call. */
  @Benchmark
  public void predict() {
    task.run();
  }

  /** One call, sampled. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public void latency() {
    task.run();
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    Mlp net = net();
    int rows = rows();
    double bytes = 4.0 * (net.parameterCount() + (double) rows * (net.inputs() + net.outputs()));
    return rows == 1
        ? new Cost(Cost.Unit.MICROSECONDS, 1, net.flops(), bytes)
        : new Cost(Cost.Unit.ROWS, rows, rows * net.flops(), bytes);
  }

  @Override
  Work prepare(Peer library) {
    return library.predict(net(), net().parameters(1), input(), rows());
  }

  @Override
  boolean verifies() {
    return true;
  }

  @Override
  void verify(String what, float[] result) {
    Mlp net = net();
    float[] parameters = net.parameters(1);
    int rows = Math.min(rows(), 4);
    float[] expected = new float[rows * net.outputs()];
    float[] actual = new float[expected.length];
    for (int i = 0; i < expected.length; i++) {
      int row = i / net.outputs();
      expected[i] = (float) net.outputs(parameters, input(), row)[i % net.outputs()];
      actual[i] = result[i];
    }
    Numbers.requireSame(what, "the same in double", expected, actual);
  }

  private Mlp net() {
    return Mlp.parse(work.substring(0, work.indexOf(' ')));
  }

  private int rows() {
    return Integer.parseInt(work.substring(work.indexOf(" b") + 2));
  }

  private float[] input() {
    return Numbers.random(2, rows() * net().inputs());
  }
}
