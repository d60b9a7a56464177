package dev.lamella.formula;

import org.jspecify.annotations.Nullable;

/**
 * The functions that {@link Elementwise} knows, each the line that registers its {@link Formula}.
 *
 * <p>Softmax is not among them: it looks at a whole row, the kernels' reductions compute it.
 */
public enum Function {
  /** x. */
  LINEAR(new Linear()),
  /** max(x, 0). */
  RELU(new Relu()),
  /** x for x > 0, else 0.01 x. */
  LEAKY_RELU(new LeakyRelu()),
  /** x for x > 0, else exp(x) - 1. */
  ELU(new Elu()),
  /** λ x for x > 0, else λ α (exp(x) - 1). */
  SELU(new Selu()),
  /** x Φ(x), Φ the normal distribution. */
  GELU(new Gelu()),
  /** x sigmoid(x). */
  SILU(new Silu()),
  /** 1 / (1 + exp(-x)). */
  SIGMOID(new Sigmoid()),
  /** The hyperbolic tangent. */
  TANH(new Tanh()),
  /** log(1 + exp(x)). */
  SOFTPLUS(new Softplus());

  @SuppressWarnings("ImmutableEnumChecker") // a formula has no state
  final Formula formula;

  Function(Formula formula) {
    this.formula = formula;
  }

  /** Returns the function of that name, or null if what has that name looks at a whole row. */
  public static @Nullable Function named(String name) {
    for (Function function : values()) {
      if (function.name().equals(name)) {
        return function;
      }
    }
    return null;
  }

  /**
   * Returns whether {@link Elementwise#derivative} wants the function's input z: the functions that
   * are not monotonic cannot tell their derivative from their output y.
   */
  public boolean needsInput() {
    return formula.needsInput();
  }
}
