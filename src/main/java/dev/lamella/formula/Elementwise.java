package dev.lamella.formula;

/**
 * Functions of one number, applied to many: activations and their derivatives.
 *
 * <p>Every element depends on its own input only, so bits do not depend on where an element stands.
 * NaN gives NaN. The transcendental ones are our own polynomials; see {@link Formula}.
 */
public abstract sealed class Elementwise permits ElementwiseScalar, ElementwiseVector {

  Elementwise() {}

  /**
   * Writes y = f(z).
   *
   * @param z (n) from {@code zOffset}
   * @param y (n) from {@code yOffset}; may be z itself at the same offset
   */
  public abstract void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n);

  /**
   * Multiplies delta by f'. A delta of 0 stays 0 wherever f' is finite, so padding stays padding.
   *
   * @param zOrY (n), f's input where {@link Function#needsInput}, else its output
   * @param delta (n) from {@code deltaOffset}: the loss's derivative by y before, by z after
   */
  public abstract void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n);
}
