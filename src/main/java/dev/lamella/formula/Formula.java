package dev.lamella.formula;

/**
 * A function of one number and its derivative, in a fixed sequence of operations.
 *
 * <p>Each stands in a file of its own: the scalar form, and under it, operation for operation the
 * same, the vector form, a nested class {@code Vector} that is loaded only where vectors compute.
 */
public abstract class Formula {

  /** Returns f(x). */
  abstract float value(float x);

  /** Returns d f', where a is f's output, or its input where {@link #needsInput}. */
  abstract float derivative(float a, float d);

  /** Returns whether {@link #derivative} wants f's input: f's output does not tell it. */
  boolean needsInput() {
    return false;
  }
}
