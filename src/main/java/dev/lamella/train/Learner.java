package dev.lamella.train;

import dev.lamella.data.Dataset;
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
  private @Nullable TargetScale scale;
  private boolean scaleKnown;
  private @Nullable Network restored; // what the weights are, until they change

  Learner(Network network, Loss loss, Optimizer optimizer) {
    this.shape = network;
    this.loss = loss;
    this.weights = new Weights(network, optimizer.slots());
    this.updater = new Updater(weights, optimizer);
  }

  /**
   * Takes the scale of the numbers to learn from the first rows that there are. A network that has
   * learned something answers in their units; the first weights of a new one know no units yet.
   */
  void scaleFor(Dataset data) {
    if (!scaleKnown) {
      scaleKnown = true;
      scale = TargetScale.of(data, shape, loss);
      if (scale != null && !shape.isBlank()) {
        weights.load(scale.unfold(shape));
      }
    }
  }

  /** Whether losses are those of standardized numbers. */
  boolean standardized() {
    return scale != null;
  }

  /** Makes room for batches of so many rows, judged by these metrics. */
  Backprop prepare(int rows, List<Metric> wanted) {
    Backprop ready = backprop;
    if (ready == null || ready.capacity() < rows || !metrics.equals(wanted)) {
      ready = new Backprop(shape, weights, loss, wanted, rows);
      backprop = ready;
      metrics = wanted;
    }
    ready.scale(scale);
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
      scaleKnown = true;
      restored = null;
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
    restored = null;
    weights.goBack();
    updater.reset();
  }

  /** Goes on with the numbers of another network. */
  void restore(Network network) {
    weights.load(scale == null ? network : scale.unfold(network));
    restored = network; // to the last bit, which unfolding and folding again would not keep
  }

  /** The weights as they are, in the units of the targets; all must be finite. */
  Network network() {
    if (restored != null) {
      return restored;
    }
    return scale == null ? weights.network() : scale.fold(weights.network());
  }

  boolean finite() {
    return weights.finite();
  }
}
