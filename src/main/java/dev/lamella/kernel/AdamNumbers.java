package dev.lamella.kernel;

/**
 * The numbers of one step of Adam, ready for {@link Update#adam}.
 *
 * <p>Set anew for each step, so that a step allocates nothing.
 */
public final class AdamNumbers {

  private float rest1;
  private float beta2;
  private float rest2;
  private float stepSize;
  private float sqrtBias2;
  private float eps;
  private float l2;
  private float decoupled;

  /** Returns the numbers of one step; see {@link #set}. */
  public static AdamNumbers of(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      long step) {
    AdamNumbers numbers = new AdamNumbers();
    numbers.set(lr, beta1, beta2, eps, weightDecay, decoupled, step);
    return numbers;
  }

  /**
   * Sets the numbers of step {@code t}, computed in double; Kingma and Ba 2015, Loshchilov and
   * Hutter 2019.
   *
   * @param step t, counted from 1
   * @param decoupled whether the decay shrinks the parameters by 1 - lr · weightDecay (AdamW)
   *     instead of joining the gradient (Adam)
   */
  public void set(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      long step) {
    // StrictMath: Math.pow may differ between platforms.
    double bias1 = 1 - StrictMath.pow(beta1, (double) step);
    double bias2 = 1 - StrictMath.pow(beta2, (double) step);
    this.rest1 = (float) (1 - beta1);
    this.beta2 = (float) beta2;
    this.rest2 = (float) (1 - beta2);
    this.stepSize = (float) (lr / bias1);
    this.sqrtBias2 = (float) Math.sqrt(bias2);
    this.eps = (float) eps;
    this.l2 = decoupled ? 0f : (float) weightDecay;
    this.decoupled = decoupled ? (float) (1 - lr * weightDecay) : 1f;
  }

  /** Returns 1 - beta1, what the first moments take of a gradient. */
  float rest1() {
    return rest1;
  }

  /** Returns the decay of the second moments. */
  float beta2() {
    return beta2;
  }

  /** Returns 1 - beta2, what the second moments take of a gradient's square. */
  float rest2() {
    return rest2;
  }

  /** Returns the learning rate divided by 1 - beta1ᵗ. */
  float stepSize() {
    return stepSize;
  }

  /** Returns the square root of 1 - beta2ᵗ. */
  float sqrtBias2() {
    return sqrtBias2;
  }

  /** Returns what keeps the denominator from 0. */
  float eps() {
    return eps;
  }

  /** Returns what the gradient gets of its parameter; 0 for none. */
  float l2() {
    return l2;
  }

  /** Returns what a parameter is multiplied by before the step; 1 for no decay. */
  float decoupled() {
    return decoupled;
  }
}
