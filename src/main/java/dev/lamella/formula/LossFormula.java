package dev.lamella.formula;

/**
 * The loss of one output and its derivative, in a fixed sequence of operations; like a {@link
 * Formula} with its vector form under it.
 */
public abstract class LossFormula {

  /**
   * Returns the loss, or where it is a square ({@link #squared}) what is squared.
   *
   * @param o the output
   * @param t the target
   * @param limit what the family of losses was called with
   */
  public abstract float value(float o, float t, float limit);

  /** Returns the derivative of {@link #value} by o. */
  public abstract float derivative(float o, float t, float limit);

  /** Returns whether a row's loss is the sum of the values' squares, each product fused. */
  public boolean squared() {
    return false;
  }

  /** Returns 1, -1, or d itself where it is zero or NaN. */
  public static float sign(float d) {
    float s = d > 0f ? 1f : d;
    return d < 0f ? -1f : s;
  }
}
