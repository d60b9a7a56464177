package dev.lamella.train;

/**
 * Stochastic gradient descent, with momentum (Polyak, 1964) or Nesterov's momentum (Nesterov, 1983;
 * in the form of Sutskever et al., 2013) if wanted.
 *
 * <p>For a parameter p with gradient g: {@code g += weightDecay p; v = momentum v + (1 - dampening)
 * g} (v = g at the first step); {@code g = nesterov ? g + momentum v : v; p -= learningRate g}.
 * Without momentum there is no v and {@code p -= learningRate g}.
 *
 * @param learningRate the length of a step, not negative
 * @param momentum the share of the velocity that is kept, not negative; 0 for none
 * @param dampening the share of the gradient that the velocity does not take up, not negative
 * @param weightDecay the factor of the L2 penalty, not negative; biases decay too, as in PyTorch
 * @param nesterov whether to look ahead; needs a momentum and no dampening
 */
public record Sgd(
    double learningRate, double momentum, double dampening, double weightDecay, boolean nesterov)
    implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public Sgd {
    OptimizerText.checkNotNegative("lr", learningRate);
    OptimizerText.checkNotNegative("momentum", momentum);
    OptimizerText.checkNotNegative("dampening", dampening);
    OptimizerText.checkNotNegative("weight_decay", weightDecay);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "nesterov needs a momentum above 0 and a dampening of 0, but they are "
              + momentum
              + " and "
              + dampening);
    }
  }

  /**
   * Returns plain gradient descent.
   *
   * @param learningRate not negative
   * @return the optimizer
   */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, 0, 0, false);
  }

  /**
   * Returns gradient descent with momentum.
   *
   * @param learningRate not negative
   * @param momentum not negative
   * @return the optimizer
   */
  public static Sgd of(double learningRate, double momentum) {
    return new Sgd(learningRate, momentum, 0, 0, false);
  }

  @Override
  public Sgd withLearningRate(double learningRate) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * Returns the same with another momentum.
   *
   * @param momentum see the record
   * @return a new optimizer
   */
  public Sgd withMomentum(double momentum) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * Returns the same with another dampening.
   *
   * @param dampening see the record
   * @return a new optimizer
   */
  public Sgd withDampening(double dampening) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * Returns the same with another weight decay.
   *
   * @param weightDecay see the record
   * @return a new optimizer
   */
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * Returns the same with Nesterov's momentum, or without.
   *
   * @param nesterov see the record
   * @return a new optimizer
   */
  public Sgd withNesterov(boolean nesterov) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov);
  }

  @Override
  public int slots() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public String text() {
    return "sgd:lr="
        + (float) learningRate
        + ",momentum="
        + (float) momentum
        + ",dampening="
        + (float) dampening
        + ",weight_decay="
        + (float) weightDecay
        + ",nesterov="
        + nesterov;
  }
}
