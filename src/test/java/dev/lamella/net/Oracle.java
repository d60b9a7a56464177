package dev.lamella.net;

/**
 * The forward pass in double, written from the formulas, with a bound on what float may differ.
 *
 * <p>The bound runs beside the values: a sum of n products with inputs that are off by e_i is off
 * by at most sum |w_i| e_i + (n + 2) u (sum |w_i x_i| + |b|), where u = 2^-24 (Higham, Accuracy and
 * Stability of Numerical Algorithms, 2002, section 3.1; fma and any order of the sum stay below
 * it). An activation stretches that by its largest slope and adds its own rounding.
 */
final class Oracle {
  private static final double U = 0x1p-24;

  /** The largest slope of all activations is that of SELU at -0, 1.7581. */
  private static final double SLOPE = 1.76;

  /** What the kernels' polynomials may be off, relative to the output or absolute below 1. */
  private static final double FUNCTION = 8 * U;

  double[] values; // (outputs)
  double[] bounds; // (outputs)

  Oracle(Network network, float[] in, int offset) {
    values = new double[network.inputs()];
    bounds = new double[network.inputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in[offset + i];
    }
    for (int i = 0; i < network.layers().size(); i++) {
      layer(network.layer(i), network.weights(i), network.biases(i));
    }
  }

  private void layer(Dense layer, float[][] weights, float[] biases) {
    double[] z = new double[layer.units()];
    double[] e = new double[layer.units()];
    for (int u = 0; u < z.length; u++) {
      double size = 0;
      for (int i = 0; i < values.length; i++) {
        z[u] += weights[u][i] * values[i];
        size += Math.abs(weights[u][i]) * (Math.abs(values[i]) + bounds[i]);
        e[u] += Math.abs(weights[u][i]) * bounds[i];
      }
      double bias = layer.bias() ? biases[u] : 0;
      z[u] += bias;
      e[u] += (values.length + 2) * U * (size + Math.abs(bias));
    }
    values = z;
    bounds = e;
    if (layer.activation() == Activation.SOFTMAX) {
      softmax();
    } else {
      for (int u = 0; u < z.length; u++) {
        values[u] = activate(layer.activation(), z[u]);
        bounds[u] = SLOPE * bounds[u] + FUNCTION * Math.max(1, Math.abs(values[u]));
      }
    }
  }

  /** Softmax changes by at most 2 p max(e) for logits that are off by e. */
  private void softmax() {
    double max = Double.NEGATIVE_INFINITY;
    double off = 0;
    for (int u = 0; u < values.length; u++) {
      max = Math.max(max, values[u]);
      off = Math.max(off, bounds[u]);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    for (int u = 0; u < values.length; u++) {
      // The rounding of z - max, at most |z - max| u, is an error of the logit too.
      double logit = off + Math.abs(values[u] - max) * U;
      values[u] = Math.exp(values[u] - max) / sum;
      bounds[u] = values[u] * Math.expm1(2 * logit) + (values.length + 16) * U * values[u] + 1e-30;
    }
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
