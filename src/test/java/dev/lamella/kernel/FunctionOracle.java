package dev.lamella.kernel;

import dev.lamella.formula.Function;

/** The functions in double, as their papers write them. */
final class FunctionOracle {

  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private FunctionOracle() {}

  static double value(Function f, double x) {
    return switch (f) {
      case LINEAR -> x;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : 0.01f * x;
      case ELU -> x > 0 ? x : StrictMath.expm1(x);
      case SELU -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * StrictMath.expm1(x));
      case GELU -> x * normal(x);
      case SILU -> x * sigmoid(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> StrictMath.tanh(x);
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    };
  }

  static double sigmoid(double x) {
    return x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
  }

  /**
   * Returns the normal distribution: near 0 by its series (Marsaglia 2004), far out by the
   * continued fraction of Laplace.
   */
  static double normal(double x) {
    double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (Math.abs(x) < 3) {
      double term = x;
      double sum = x;
      for (int k = 3; Math.abs(term) > 1e-18; k += 2) {
        term *= x * x / k;
        sum += term;
      }
      return 0.5 + density * sum;
    }
    double t = Math.min(Math.abs(x), 40);
    double fraction = t;
    for (int k = 120; k > 0; k--) {
      fraction = t + k / fraction;
    }
    double tail = density / fraction;
    return x < 0 ? tail : 1 - tail;
  }
}
