package dev.lamella.train;

import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that learns: its weights, the optimizer at work on them, and the buffers for batches.
 */
final class Learner {

  /**
   * Steps of fewer floating-point operations run on the calling thread alone: handing them out
   * would cost more than it saves.
   */
  private static final long SERIAL_OPERATIONS = 2_000_000;

  private final Network shape;
  private final Loss loss;
  private final Weights weights;
  private final Updater updater;
  private @Nullable Backprop backprop;
  private List<Metric> metrics = List.of();
  private long steps;

  Learner(Network network, Loss loss, Optimizer optimizer) {
    this.shape = network;
    this.loss = loss;
    this.weights = new Weights(network, optimizer.slots());
    this.updater = new Updater(weights, optimizer);
  }

  /** Makes room for batches of so many rows, judged by these metrics. */
  Backprop prepare(int rows, List<Metric> wanted) {
    Backprop ready = backprop;
    if (ready == null || ready.capacity() < rows || !metrics.equals(wanted)) {
      ready = new Backprop(shape, weights, loss, wanted, rows);
      backprop = ready;
      metrics = wanted;
    }
    return ready;
  }

  /**
   * Learns from one batch, unless its loss is not finite: then nothing changes.
   *
   * @return the sum of the rows' losses before the update
   */
  double step(Backprop at, Source batch, int rows, double learningRate, Workers workers) {
    // A product forward, one for the deltas, one for the gradient; each multiplies and adds.
    Workers crew =
        6L * shape.parameterCount() * rows < SERIAL_OPERATIONS ? Workers.single() : workers;
    double sum = at.rows(batch, rows, true, crew);
    if (Double.isFinite(sum)) {
      steps++;
      updater.start(learningRate);
      at.update(updater, crew);
    }
    return sum;
  }

  /** Asks about one batch; returns the sum of the rows' losses. */
  double ask(Backprop at, Source batch, int rows, Workers workers) {
    Workers crew =
        2L * shape.parameterCount() * rows < SERIAL_OPERATIONS ? Workers.single() : workers;
    return at.rows(batch, rows, false, crew);
  }

  int inputs() {
    return shape.inputs();
  }

  int outputs() {
    return shape.outputs();
  }

  /** How many updates there have been. */
  long steps() {
    return steps;
  }

  /** Takes the weights as they are for good, if all are finite. */
  boolean remember() {
    return weights.remember();
  }

  /** Goes back to the weights that were last good; the optimizer starts anew. */
  void goBack() {
    weights.goBack();
    updater.reset();
  }

  /** Goes on with the numbers of another network. */
  void restore(Network network) {
    weights.load(network);
  }

  /** The weights as they are; all must be finite. */
  Network network() {
    return weights.network();
  }

  boolean finite() {
    return weights.finite();
  }
}
