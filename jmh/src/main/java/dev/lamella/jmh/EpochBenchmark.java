package dev.lamella.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Five epochs from a cold JVM, after loading the data: what a user waits for. The data is
 * Fashion-MNIST if the system property {@code lamella.fashion} names its folder, else synthetic
 * rows of the same shape.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 1, timeUnit = TimeUnit.SECONDS)
public class EpochBenchmark extends PeerBenchmark {

  private static final int EPOCHS = 5;

  /** The network, the rows of a batch, the optimizer. */
  @Param({"784-128-10 b128 adam"})
  public String work = "";

  /** How many rows to learn, at most. */
  @Param({"60000"})
  public int rows;

  /** What the trained network is worth. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Worth {

    /** The part of the test rows it gets right. */
    public double accuracy;
  }

  /** All epochs, and the test rows once. */
  @Benchmark
  public void epochs(Worth worth) {
    task.run();
    worth.accuracy = task.result()[0];
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    Training training = Training.parse(work);
    double steps = EPOCHS * 60_000.0 / training.batch();
    return new Cost(Cost.Unit.SECONDS, 1, steps * training.flops(), 0);
  }

  @Override
  Work prepare(Peer library) {
    Training training = Training.parse(work);
    Examples data = Examples.fashion(training, "train", rows);
    Examples test = Examples.fashion(training, "t10k", rows / 6);
    System.out.printf("%s: %d rows, %d test rows%n", data.source(), data.rows(), test.rows());
    return library.epochs(training, EPOCHS, data, test);
  }

  @Override
  boolean cold() {
    return true;
  }

  /** Nothing: the run must be cold. Its accuracy is in the results. */
  @Override
  void check() {}
}
