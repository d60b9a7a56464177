package dev.lamella.train;

import dev.lamella.kernel.AdamNumbers;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.Update;

/** An optimizer at work on the weights of one network: its formula, its clock, its state. */
final class Updater {

  private final Update kernel = Kernels.active().update();
  private final Weights weights;
  private final Optimizer optimizer;
  private final AdamNumbers adam = new AdamNumbers();
  private float learningRate;
  private long step; // counted from 1

  Updater(Weights weights, Optimizer optimizer) {
    this.weights = weights;
    this.optimizer = optimizer;
  }

  /** Starts the next step. */
  void start(double rate) {
    step++;
    learningRate = (float) rate;
    if (optimizer instanceof Adam a) {
      adam.set(rate, a.beta1(), a.beta2(), a.eps(), a.weightDecay(), false, step);
    } else if (optimizer instanceof AdamW a) {
      adam.set(rate, a.beta1(), a.beta2(), a.eps(), a.weightDecay(), true, step);
    }
  }

  /** Updates parameters [from, to) of the block by their gradient; parts may run at once. */
  void update(int from, int to) {
    if (optimizer instanceof Sgd sgd) {
      kernel.sgd(
          weights.parameters,
          weights.gradient,
          weights.state.length == 0 ? null : weights.state[0],
          from,
          to,
          learningRate,
          (float) sgd.momentum(),
          (float) sgd.dampening(),
          (float) sgd.weightDecay(),
          sgd.nesterov(),
          step == 1);
    } else {
      kernel.adam(
          weights.parameters, weights.gradient, weights.state[0], weights.state[1], from, to, adam);
    }
  }

  /** Forgets everything that was learned about the gradient. */
  void reset() {
    step = 0;
    weights.clearState();
  }
}
