package dev.lamella.formula;

import java.lang.foreign.MemorySegment;

/**
 * Optimizer steps: one pass of an {@link UpdateRule} over a range of parameters, with their
 * gradients and their state.
 *
 * <p>Parameters and state lie off the heap, gradients on it, all with the same index. Padding
 * (parameter, gradient and state 0) stays 0.
 */
public abstract sealed class Update permits UpdateScalar, UpdateVector {

  Update() {}

  /**
   * Takes a step with the parameters [from, to).
   *
   * @param p the parameters
   * @param g the gradients
   * @param state what the rule remembers of each parameter: as many blocks as it says
   */
  public abstract void update(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to);
}
