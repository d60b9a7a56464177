package dev.lamella.train;

import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.util.Arrays;

/**
 * A network in double: forward, loss and backward in the plainest form, one row at a time.
 *
 * <p>It is what the float code is compared with, and is itself compared with finite differences.
 */
final class Oracle {

  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private final Network shape;
  final double[] parameters; // as Network.parameters
  private final double[][] z; // (layers) of (units)
  private final double[][] y; // (layers + 1) of (units): y[0] is the input
  private final double[][] delta; // (layers) of (units)

  Oracle(Network network) {
    shape = network;
    float[] values = network.parameters();
    parameters = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      parameters[i] = values[i];
    }
    int layers = network.layers().size();
    z = new double[layers][];
    y = new double[layers + 1][];
    delta = new double[layers][];
    for (int i = 0; i < layers; i++) {
      z[i] = new double[network.layer(i).units()];
      delta[i] = new double[network.layer(i).units()];
    }
  }

  /** The mean loss of rows. */
  double loss(Loss loss, double[][] x, double[][] t) {
    double sum = 0;
    for (int r = 0; r < x.length; r++) {
      forward(x[r]);
      sum += rowLoss(loss, y[y.length - 1], t[r]);
    }
    return sum / loss.terms(x.length, shape.outputs());
  }

  /** The gradient of the mean loss, by backpropagation. */
  double[] gradient(Loss loss, double[][] x, double[][] t) {
    double[] g = new double[parameters.length]; // (parameters)
    int last = z.length - 1;
    for (int r = 0; r < x.length; r++) {
      forward(x[r]);
      double[] dy = lossGradient(loss, y[last + 1], t[r]);
      for (int i = 0; i < dy.length; i++) {
        dy[i] /= loss.terms(x.length, shape.outputs());
      }
      for (int l = last; l >= 0; l--) {
        dy = backward(l, dy, g);
      }
    }
    return g;
  }

  /** The gradient of the mean loss, by central differences. */
  double[] differences(Loss loss, double[][] x, double[][] t, double h) {
    double[] g = new double[parameters.length]; // (parameters)
    for (int i = 0; i < g.length; i++) {
      double old = parameters[i];
      parameters[i] = old + h;
      double above = loss(loss, x, t);
      parameters[i] = old - h;
      double below = loss(loss, x, t);
      parameters[i] = old;
      g[i] = (above - below) / (2 * h);
    }
    return g;
  }

  /** The Frobenius norm of a layer's weights and biases. */
  double norm(int layer) {
    double sum = 0;
    Dense dense = shape.layer(layer);
    int from = shape.weightsOffset(layer);
    for (int i = from; i < from + dense.parameters(); i++) {
      sum += parameters[i] * parameters[i];
    }
    return Math.sqrt(sum);
  }

  /** The sum that lies nearest to 0, where some functions have a kink. */
  double nearestSum(double[][] x) {
    double nearest = Double.MAX_VALUE;
    for (double[] row : x) {
      forward(row);
      for (double[] sums : z) {
        nearest = Math.min(nearest, Arrays.stream(sums).map(Math::abs).min().orElseThrow());
      }
    }
    return nearest;
  }

  private void forward(double[] x) {
    y[0] = x;
    for (int l = 0; l < z.length; l++) {
      Dense dense = shape.layer(l);
      int w = shape.weightsOffset(l);
      for (int u = 0; u < dense.units(); u++) {
        double sum = dense.bias() ? parameters[shape.biasOffset(l) + u] : 0;
        for (int k = 0; k < dense.inputs(); k++) {
          sum += parameters[w + u * dense.inputs() + k] * y[l][k];
        }
        z[l][u] = sum;
      }
      y[l + 1] = activate(dense.activation(), z[l]);
    }
  }

  private double[] backward(int l, double[] dy, double[] g) {
    Dense dense = shape.layer(l);
    double[] dz = derivative(dense.activation(), z[l], y[l + 1], dy);
    double[] dx = new double[dense.inputs()];
    int w = shape.weightsOffset(l);
    for (int u = 0; u < dense.units(); u++) {
      for (int k = 0; k < dense.inputs(); k++) {
        g[w + u * dense.inputs() + k] += dz[u] * y[l][k];
        dx[k] += dz[u] * parameters[w + u * dense.inputs() + k];
      }
      if (dense.bias()) {
        g[shape.biasOffset(l) + u] += dz[u];
      }
    }
    return dx;
  }

  private static double[] activate(Activation f, double[] z) {
    double[] y = new double[z.length];
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double v = z[i];
      y[i] =
          switch (f) {
            case LINEAR -> v;
            case RELU -> Math.max(v, 0);
            case LEAKY_RELU -> v > 0 ? v : 0.01 * v;
            case ELU -> v > 0 ? v : Math.expm1(v);
            case SELU -> SELU_SCALE * (v > 0 ? v : SELU_ALPHA * Math.expm1(v));
            case GELU -> v * normal(v);
            case SILU -> v * sigmoid(v);
            case SIGMOID -> sigmoid(v);
            case TANH -> Math.tanh(v);
            case SOFTPLUS -> Math.log1p(Math.exp(v));
            case SOFTMAX -> Math.exp(v);
          };
      sum += y[i];
    }
    for (int i = 0; i < y.length && f == Activation.SOFTMAX; i++) {
      y[i] /= sum;
    }
    return y;
  }

  private static double[] derivative(Activation f, double[] z, double[] y, double[] dy) {
    double[] dz = new double[z.length];
    double dot = 0;
    for (int i = 0; i < z.length; i++) {
      dot += dy[i] * y[i];
    }
    for (int i = 0; i < z.length; i++) {
      double v = z[i];
      dz[i] =
          switch (f) {
            case LINEAR -> dy[i];
            case RELU -> v > 0 ? dy[i] : 0;
            case LEAKY_RELU -> dy[i] * (v > 0 ? 1 : 0.01);
            case ELU -> dy[i] * (v > 0 ? 1 : Math.exp(v));
            case SELU -> dy[i] * SELU_SCALE * (v > 0 ? 1 : SELU_ALPHA * Math.exp(v));
            case GELU -> dy[i] * (normal(v) + v * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI));
            case SILU -> dy[i] * sigmoid(v) * (1 + v * (1 - sigmoid(v)));
            case SIGMOID -> dy[i] * y[i] * (1 - y[i]);
            case TANH -> dy[i] * (1 - y[i] * y[i]);
            case SOFTPLUS -> dy[i] * sigmoid(v);
            case SOFTMAX -> y[i] * (dy[i] - dot);
          };
    }
    return dz;
  }

  private static double rowLoss(Loss loss, double[] y, double[] t) {
    double sum = 0;
    double[] p = loss == Loss.CROSS_ENTROPY_WITH_LOGITS ? activate(Activation.SOFTMAX, y) : y;
    for (int i = 0; i < y.length; i++) {
      double d = y[i] - t[i];
      sum +=
          switch (loss.text()) {
            case "mse" -> d * d;
            case "mae" -> Math.abs(d);
            case "huber" -> Math.abs(d) <= 1 ? d * d / 2 : Math.abs(d) - 0.5;
            case "binary_cross_entropy" -> -t[i] * Math.log(y[i]) - (1 - t[i]) * Math.log(1 - y[i]);
            case "binary_cross_entropy_with_logits" ->
                Math.max(y[i], 0) - t[i] * y[i] + Math.log1p(Math.exp(-Math.abs(y[i])));
            default -> -t[i] * Math.log(p[i]);
          };
    }
    return sum;
  }

  private static double[] lossGradient(Loss loss, double[] y, double[] t) {
    double[] dy = new double[y.length];
    double[] p = activate(Activation.SOFTMAX, y);
    double total = Arrays.stream(t).sum();
    for (int i = 0; i < y.length; i++) {
      double d = y[i] - t[i];
      dy[i] =
          switch (loss.text()) {
            case "mse" -> 2 * d;
            case "mae" -> Math.signum(d);
            case "huber" -> Math.max(-1, Math.min(1, d));
            case "binary_cross_entropy" -> d / (y[i] * (1 - y[i]));
            case "binary_cross_entropy_with_logits" -> sigmoid(y[i]) - t[i];
            case "cross_entropy" -> -t[i] / y[i];
            default -> p[i] * total - t[i];
          };
    }
    return dy;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  /** The normal distribution, by a series of positive terms (Abramowitz and Stegun, 26.2.11). */
  private static double normal(double v) {
    double term = v;
    double sum = v;
    for (int n = 3; n < 200; n += 2) {
      term *= v * v / n;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
  }
}
