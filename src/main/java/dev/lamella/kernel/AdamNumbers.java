package dev.lamella.kernel;

/**
 * The numbers of one step of Adam, ready for {@link Update#adam}.
 *
 * @param rest1 1 - beta1, what the first moments take of a gradient
 * @param beta2 the decay of the second moments
 * @param rest2 1 - beta2, what they take of a gradient's square
 * @param stepSize the learning rate divided by 1 - beta1ᵗ
 * @param sqrtBias2 the square root of 1 - beta2ᵗ
 * @param eps what keeps the denominator from 0
 * @param l2 what the gradient gets of its parameter; 0 for none
 * @param decoupled what a parameter is multiplied by before the step; 1 for no decay
 */
public record AdamNumbers(
    float rest1,
    float beta2,
    float rest2,
    float stepSize,
    float sqrtBias2,
    float eps,
    float l2,
    float decoupled) {

  /**
   * Returns the numbers of step {@code t}, computed in double; Kingma and Ba 2015, Loshchilov and
   * Hutter 2019.
   *
   * @param step t, counted from 1
   * @param decoupled whether the decay shrinks the parameters by 1 - lr · weightDecay (AdamW)
   *     instead of joining the gradient (Adam)
   */
  public static AdamNumbers of(
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
    return new AdamNumbers(
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) (lr / bias1),
        (float) Math.sqrt(bias2),
        (float) eps,
        decoupled ? 0f : (float) weightDecay,
        decoupled ? (float) (1 - lr * weightDecay) : 1f);
  }
}
