package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Optimizer steps: one pass over a range of parameters, with their gradients and their state.
 *
 * <p>Parameters and state lie off the heap, gradients on it, all with the same index. The formulas
 * are PyTorch's. Padding (parameter, gradient and state 0) stays 0.
 *
 * <p><b>Subnormal guard.</b> Gradients of dead units decay the moments into subnormal numbers, on
 * which many processors compute ten to a hundred times slower, and Java cannot switch them off. So
 * a gradient below {@link #TINY_GRADIENT} in magnitude counts as 0, and so do a new first moment or
 * velocity below {@link #TINY_MOMENT} and a new second moment below {@link #TINY_SQUARE}. Beside an
 * eps of 1e-8 none of these moves a parameter.
 */
public abstract sealed class Update permits UpdateScalar, UpdateVector {

  /** The magnitude below which a gradient counts as 0. */
  public static final float TINY_GRADIENT = 1e-18f;

  /** The magnitude below which a first moment or a velocity becomes 0. */
  public static final float TINY_MOMENT = 1e-30f;

  /** The size below which a second moment becomes 0. */
  public static final float TINY_SQUARE = 1e-36f;

  Update() {}

  /**
   * Takes a step of gradient descent, as PyTorch's SGD: d = g + weightDecay p; with momentum v =
   * momentum v + (1 - dampening) d, or v = d in the first step, and d = v or, with Nesterov's rule,
   * d + momentum v; p = p - lr d. Polyak 1964; Nesterov 1983; Sutskever et al. 2013.
   *
   * @param p the parameters
   * @param g the gradients
   * @param velocity v; null for none, and then momentum does not count
   * @param first whether this is the first step
   */
  public abstract void sgd(
      MemorySegment p,
      float[] g,
      @Nullable MemorySegment velocity,
      int from,
      int to,
      float lr,
      float momentum,
      float dampening,
      float weightDecay,
      boolean nesterov,
      boolean first);

  /**
   * Takes a step of Adam or AdamW: g = g + l2 p; m = m + (1 - beta1) (g - m); v = beta2 v + (1 -
   * beta2) g²; p = decoupled p - stepSize m / (√v / sqrtBias2 + eps). Kingma and Ba 2015;
   * Loshchilov and Hutter 2019.
   *
   * @param p the parameters
   * @param g the gradients
   * @param m the first moments
   * @param v the second moments
   */
  public abstract void adam(
      MemorySegment p,
      float[] g,
      MemorySegment m,
      MemorySegment v,
      int from,
      int to,
      AdamNumbers numbers);
}
