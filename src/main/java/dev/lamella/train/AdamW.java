package dev.lamella.train;

/**
 * AdamW: {@link Adam} with decoupled weight decay (Loshchilov and Hutter, 2019).
 *
 * <p>Each step first shrinks the parameter, {@code p *= 1 - learningRate weightDecay}, then is
 * Adam's without L2 penalty.
 *
 * @param learningRate the length of a step, not negative
 * @param beta1 the share of the first moment that is kept, in [0, 1)
 * @param beta2 the share of the second moment that is kept, in [0, 1)
 * @param eps what keeps the division finite, above 0
 * @param weightDecay the decay, not negative; biases decay too, as in PyTorch
 */
public record AdamW(double learningRate, double beta1, double beta2, double eps, double weightDecay)
    implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public AdamW {
    OptimizerText.checkAdam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns AdamW with the default numbers: betas 0.9 and 0.999, eps 1e-8, weight decay 0.01.
   *
   * @param learningRate not negative
   * @return the optimizer
   */
  public static AdamW of(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  @Override
  public AdamW withLearningRate(double learningRate) {
    return new AdamW(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with other shares of the moments.
   *
   * @param beta1 see the record
   * @param beta2 see the record
   * @return a new optimizer
   */
  public AdamW withBetas(double beta1, double beta2) {
    return new AdamW(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with another eps.
   *
   * @param eps see the record
   * @return a new optimizer
   */
  public AdamW withEps(double eps) {
    return new AdamW(learningRate, beta1, beta2, eps, weightDecay);
  }

  /**
   * Returns the same with another weight decay.
   *
   * @param weightDecay see the record
   * @return a new optimizer
   */
  public AdamW withWeightDecay(double weightDecay) {
    return new AdamW(learningRate, beta1, beta2, eps, weightDecay);
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public String text() {
    return OptimizerText.adam("adamw", learningRate, beta1, beta2, eps, weightDecay);
  }
}
