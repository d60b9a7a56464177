package dev.lamella.train;

import dev.lamella.net.Network;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Callback} that ends a training once it gets no better, and goes back to the best network
 * (Prechelt, 1998).
 *
 * <p>It watches the loss, or a metric that the trainer was asked for; on the validation rows where
 * there are any, else on the training rows. Training rows are judged during the epoch, before its
 * last updates; so the network gone back to without validation rows is the one after the best
 * epoch.
 */
public final class EarlyStopping implements Callback {

  private final int patience;
  private final double minDelta;
  private final @Nullable Metric metric;
  private final boolean restoreBest;
  private double best;
  private int bestEpoch;
  private @Nullable Network bestNetwork;

  private EarlyStopping(
      int patience, double minDelta, @Nullable Metric metric, boolean restoreBest) {
    this.patience = patience;
    this.minDelta = minDelta;
    this.metric = metric;
    this.restoreBest = restoreBest;
  }

  /**
   * Returns a callback that stops after so many epochs in a row without a better loss.
   *
   * @param epochs at least 1
   * @return a callback that watches the loss and goes back to the best network
   * @throws IllegalArgumentException if it is less
   */
  public static EarlyStopping patience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "a patience of " + epochs + " epochs never trains: use 1 or more");
    }
    return new EarlyStopping(epochs, 0, null, true);
  }

  /**
   * Returns the same, watching a metric instead of the loss.
   *
   * @param watched one of the trainer's metrics
   * @return a new callback
   */
  public EarlyStopping watching(Metric watched) {
    Objects.requireNonNull(watched, "watched");
    return new EarlyStopping(patience, minDelta, watched, restoreBest);
  }

  /**
   * Returns the same, taking only a change of more than {@code delta} for better; 0 if not said.
   *
   * @param delta 0 or greater
   * @return a new callback
   * @throws IllegalArgumentException if it is negative
   */
  public EarlyStopping minDelta(double delta) {
    if (!(delta >= 0)) {
      throw new IllegalArgumentException("minDelta is " + delta + ", but must be 0 or greater");
    }
    return new EarlyStopping(patience, delta, metric, restoreBest);
  }

  /**
   * Returns the same, going back to the best network at the end, as if not said, or not.
   *
   * @param restore whether to go back
   * @return a new callback
   */
  public EarlyStopping restoreBest(boolean restore) {
    return new EarlyStopping(patience, minDelta, metric, restore);
  }

  /** {@return the number of the best epoch of the last training, or 0 before the first epoch} */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void started(Training training) {
    best = Double.NaN;
    bestEpoch = 0;
    bestNetwork = null;
  }

  @Override
  public void epochEnded(Training training, Epoch epoch) {
    double value = watched(epoch.validation().orElse(epoch.training()));
    if (Double.isNaN(best) ? !Double.isNaN(value) : best - value > minDelta) {
      best = value;
      bestEpoch = epoch.epoch();
      bestNetwork = restoreBest ? training.network() : null;
    } else if (epoch.epoch() - Math.max(bestEpoch, training.firstEpoch() - 1) >= patience) {
      training.stop();
    }
  }

  @Override
  public void ended(Training training) {
    if (bestNetwork != null && bestEpoch != training.epoch()) {
      training.restore(bestNetwork);
    }
    bestNetwork = null;
  }

  /** What is watched, turned so that less is better. */
  private double watched(Evaluation evaluation) {
    if (metric == null) {
      return evaluation.loss();
    }
    return metric.higherIsBetter() ? -evaluation.metric(metric) : evaluation.metric(metric);
  }
}
