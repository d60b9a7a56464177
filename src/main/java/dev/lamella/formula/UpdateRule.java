package dev.lamella.formula;

import java.lang.foreign.MemorySegment;

/**
 * What an optimizer does with one parameter, in a fixed sequence of operations, and its numbers,
 * which are set anew for each step so that a step allocates nothing. Like a {@link Formula} a rule
 * has its vector form under it, which has the loop too. The formulas are PyTorch's.
 *
 * <p><b>Subnormal guard.</b> Gradients of dead units decay the moments into subnormal numbers, on
 * which many processors compute ten to a hundred times slower, and Java cannot switch them off. So
 * a gradient below {@link #TINY_GRADIENT} in magnitude counts as 0, and so do a new first moment or
 * velocity below {@link #TINY_MOMENT} and a new second moment below {@link #TINY_SQUARE}. Beside an
 * eps of 1e-8 none of these moves a parameter.
 */
public abstract class UpdateRule {

  /** The magnitude below which a gradient counts as 0. */
  public static final float TINY_GRADIENT = 1e-18f;

  /** The magnitude below which a first moment or a velocity becomes 0. */
  public static final float TINY_MOMENT = 1e-30f;

  /** The size below which a second moment becomes 0. */
  public static final float TINY_SQUARE = 1e-36f;

  UpdateRule() {}

  /**
   * Sets the numbers of a step.
   *
   * @param lr the learning rate
   * @param step counted from 1
   */
  public abstract void start(double lr, long step);

  /** Updates parameter i and what the rule remembers of it. */
  abstract void step(MemorySegment p, float[] g, MemorySegment[] state, int i);

  /** Returns x, or 0 where it is too small to matter. */
  static float guard(float x, float tiny) {
    return Math.abs(x) < tiny ? 0f : x;
  }
}
