package dev.lamella.train;

/**
 * Adam: steps scaled by estimates of the gradient's first and second moment (Kingma and Ba, 2015).
 *
 * <p>For a parameter p with gradient g at step t = 1, 2, ...: {@code g += weightDecay p; m = beta1
 * m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²; p -= learningRate / (1 - beta1^t) m / (√(v / (1
 * - beta2^t)) + eps)}.
 *
 * @param learningRate the length of a step, not negative
 * @param beta1 the share of the first moment that is kept, in [0, 1)
 * @param beta2 the share of the second moment that is kept, in [0, 1)
 * @param eps what keeps the division finite, above 0
 * @param weightDecay the factor of the L2 penalty, not negative; biases decay too, as in PyTorch
 */
public record Adam(double learningRate, double beta1, double beta2, double eps, double weightDecay)
    implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public Adam {
    OptimizerText.checkAdam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns Adam with the default numbers: betas 0.9 and 0.999, eps 1e-8, weight decay 0.
   *
   * @param learningRate not negative
   * @return the optimizer
   */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  @Override
  public Adam withLearningRate(double learningRate) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with other shares of the moments.
   *
   * @param beta1 see the record
   * @param beta2 see the record
   * @return a new optimizer
   */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with another eps.
   *
   * @param eps see the record
   * @return a new optimizer
   */
  public Adam withEps(double eps) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with another weight decay.
   *
   * @param weightDecay see the record
   * @return a new optimizer
   */
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay);
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public String text() {
    return OptimizerText.adam("adam", learningRate, beta1, beta2, eps, weightDecay);
  }
}
