package dev.lamella.net;

/**
 * The forward pass in double, written from the formulas, with a bound on what float may differ.
 *
 * <p>The bound is probabilistic (Higham and Mary, "A new approach to probabilistic rounding error
 * analysis", 2019), as the certain one grows so fast with the layers that it would let mistakes
 * pass. Beside each value runs the standard deviation of its error, as if every rounding were an
 * independent error of at most u = 2^-24 relative: a sum has that of each partial sum and of its
 * terms, an activation stretches it by the slope at that place. A result may be off by {@link
 * #DEVIATIONS} of them.
 */
final class Oracle {
  private static final double U = 0x1p-24;

  /** Errors are bounded, not normal, and some depend on each other. */
  private static final double DEVIATIONS = 4;

  /** What an activation itself may be off: two units in the last place of its output. */
  private static final double FUNCTION = 4 * U;

  double[] values; // (outputs)
  double[] bounds; // (outputs) standard deviations, at the end what the outputs may be off

  Oracle(Network network, float[] in, int offset) {
    values = new double[network.inputs()];
    bounds = new double[network.inputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in[offset + i];
    }
    for (int i = 0; i < network.layers().size(); i++) {
      layer(network.layer(i), network.weights(i), network.biases(i));
    }
    for (int u = 0; u < bounds.length; u++) {
      bounds[u] = DEVIATIONS * bounds[u] + Float.MIN_NORMAL;
    }
  }

  private void layer(Dense layer, float[][] weights, float[] biases) {
    double[] z = new double[layer.units()];
    double[] e = new double[layer.units()];
    for (int u = 0; u < z.length; u++) {
      double variance = 0;
      for (int i = 0; i < values.length; i++) {
        z[u] += weights[u][i] * values[i];
        variance += square(U * z[u]) + square(weights[u][i] * bounds[i]);
      }
      z[u] += layer.bias() ? biases[u] : 0;
      // Other orders have other partial sums; no term is smaller than its own rounding.
      e[u] = Math.sqrt(2 * variance + square(U * z[u]));
    }
    values = z;
    bounds = e;
    if (layer.activation() == Activation.SOFTMAX) {
      softmax();
    } else {
      for (int u = 0; u < z.length; u++) {
        values[u] = activate(layer.activation(), z[u]);
        bounds[u] = slope(layer.activation(), z[u]) * e[u] + FUNCTION * Math.abs(values[u]);
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private static double slope(Activation activation, double z) {
    double h = 1e-4;
    return Math.abs(activate(activation, z + h) - activate(activation, z - h)) / (2 * h);
  }

  /** The error of output u is p_u (e_u - sum of p_j e_j), and that of exp and of the quotient. */
  private void softmax() {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    double[] p = new double[values.length];
    double sum = 0;
    for (int u = 0; u < p.length; u++) {
      p[u] = Math.exp(values[u] - max);
      sum += p[u];
    }
    double shared = 0; // variance of the sum of p_j e_j
    for (int u = 0; u < p.length; u++) {
      p[u] /= sum;
      // The rounding of z - max counts as an error of the logit.
      bounds[u] = Math.hypot(bounds[u], U * (max - values[u]));
      shared += square(p[u] * bounds[u]);
    }
    for (int u = 0; u < p.length; u++) {
      bounds[u] = p[u] * (Math.hypot(bounds[u], Math.sqrt(shared)) + FUNCTION);
    }
    values = p;
  }

  private static double activate(Activation activation, double z) {
    return switch (activation) {
      case LINEAR -> z;
      case RELU -> Math.max(z, 0);
      case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
      case ELU -> z > 0 ? z : Math.expm1(z);
      case SELU -> 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z));
      case GELU -> z * normal(z);
      case SILU -> z / (1 + Math.exp(-z));
      case SIGMOID -> 1 / (1 + Math.exp(-z));
      case TANH -> Math.tanh(z);
      case SOFTPLUS -> z > 30 ? z : Math.log1p(Math.exp(z));
      case SOFTMAX -> throw new AssertionError("a function of the row");
    };
  }

  /** The standard normal distribution: 1/2 + phi(z) (z + z^3/3 + z^5/15 + ...) (Marsaglia 2004). */
  private static double normal(double z) {
    if (Math.abs(z) > 8) {
      return z > 0 ? 1 : 0;
    }
    double sum = z;
    double term = z;
    for (int i = 3; Math.abs(term) > 1e-20; i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
