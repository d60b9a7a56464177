package dev.lamella.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of training: forward, loss, backward, optimizer. Batches follow each other through some
 * 12,800 rows, in order, so that dead units and rare pixels come about as they do in earnest.
 */
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TrainStepBenchmark extends PeerBenchmark {

  private static final int ROWS = 12_800;

  /** For a quick look, which would spend a second on making rows. */
  private static final int QUICK_ROWS = 2048;

  /** The network, the rows of a batch, the optimizer. */
  @Param({
    "784-128-10 b32 sgd",
    "784-128-10 b128 sgd",
    "784-128-10 b512 sgd",
    "784-128-10 b32 adam",
    "784-128-10 b128 adam",
    "784-128-10 b512 adam",
    "784-512-512-10 b128 adam",
    "13-64-64-1 b32 adam",
    "512-2048-2048-512 b256 adam"
  })
  public String work = "";

  /** One step on the next batch. */
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
    Training training = Training.parse(work);
    Mlp net = training.net();
    double rows = 4.0 * training.batch() * (net.inputs() + net.outputs());
    // Parameters are read forward and backward, read and written by the optimizer, which also reads
    // the gradient and
    // reads and writes its state.
    int passes = training.adam() ? 9 : 5;
    double bytes = rows + 4.0 * passes * net.parameterCount();
    return new Cost(Cost.Unit.ROWS, training.batch(), training.flops(), bytes);
  }

  @Override
  Work prepare(Peer library) {
    Training training = Training.parse(work);
    int most = Pace.isQuick() ? QUICK_ROWS : ROWS;
    int rows = most / training.batch() * training.batch();
    Examples data =
        training.net().inputs() == 784
            ? Examples.fashion(training, "train", rows)
            : Examples.random(training, rows);
    return library.train(training, training.net().parameters(1), data);
  }

  @Override
  void compare(String what, Work ours, Work theirs) {
    float[] start = ours.result();
    ours.run();
    theirs.run();
    Numbers.requireSameWay(what, start, ours.result(), theirs.result());
  }
}
