package dev.lamella.train;

import dev.lamella.formula.AdamRule;
import dev.lamella.formula.DescentRule;
import dev.lamella.formula.MomentumRule;
import dev.lamella.formula.Update;
import dev.lamella.formula.UpdateRule;
import dev.lamella.kernel.Kernels;

/** An optimizer at work on the weights of one network: its formula, its clock, its state. */
final class Updater {

  private final Update kernel = Kernels.active().update();
  private final Weights weights;
  private final UpdateRule rule;
  private long step; // counted from 1

  Updater(Weights weights, Optimizer optimizer) {
    this.weights = weights;
    this.rule = rule(optimizer);
  }

  private static UpdateRule rule(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd o when o.slots() == 0 -> new DescentRule((float) o.weightDecay());
      case Sgd o ->
          new MomentumRule(
              (float) o.momentum(), (float) o.dampening(), (float) o.weightDecay(), o.nesterov());
      case Adam o -> new AdamRule(o.beta1(), o.beta2(), o.eps(), o.weightDecay(), false);
      case AdamW o -> new AdamRule(o.beta1(), o.beta2(), o.eps(), o.weightDecay(), true);
    };
  }

  /** Starts the next step. */
  void start(double rate) {
    step++;
    rule.start(rate, step);
  }

  /** Updates parameters [from, to) of the block by their gradient; parts may run at once. */
  void update(int from, int to) {
    kernel.update(rule, weights.parameters, weights.gradient, weights.state, from, to);
  }

  /** Forgets everything that was learned about the gradient. */
  void reset() {
    step = 0;
    weights.clearState();
  }
}
