package dev.lamella.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Activation functions on numbers that stay in the first cache. */
public class ElementwiseBenchmark extends PeerBenchmark {

  private static final int COUNT = 2048;

  /** The function. */
  @Param({"relu", "sigmoid", "tanh", "gelu", "silu", "elu", "softplus"})
  public String work = "";

  /** All elements once. */
  @Benchmark
  public void apply() {
    task.run();
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    return new Cost(Cost.Unit.NANOSECONDS_EACH, COUNT, COUNT, 8.0 * COUNT);
  }

  @Override
  Work prepare(Peer library) {
    float[] x = Numbers.random(1, COUNT);
    for (int i = 0; i < COUNT; i++) {
      x[i] *= 8;
    }
    return library.elementwise(work, x);
  }
}
