package dev.lamella.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * One step of an optimizer: a pass over parameters, gradient and state, limited by their reading.
 */
public class OptimizerBenchmark extends PeerBenchmark {

  /** The optimizer and how many parameters. */
  @Param({"sgd 100000", "sgd 1000000", "adam 100000", "adam 1000000", "adam 16000000"})
  public String work = "";

  /** One step. */
  @Benchmark
  public void step() {
    task.run();
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    int arrays = adam() ? 7 : 3; // read p, g (m, v); write p (m, v)
    return new Cost(Cost.Unit.MICROSECONDS, 1, count(), 4.0 * arrays * count());
  }

  @Override
  Work prepare(Peer library) {
    return library.optimizer(adam(), Numbers.random(1, count()), Numbers.random(2, count()));
  }

  private boolean adam() {
    return work.startsWith("adam ");
  }

  private int count() {
    return Integer.parseInt(work.substring(work.indexOf(' ') + 1));
  }
}
