package dev.lamella.kernel;

import dev.lamella.formula.Function;
import dev.lamella.kernel.LossesTest.Loss;

/** The losses of one row in double, and their derivatives by finite differences. */
final class LossOracle {

  private LossOracle() {}

  static double loss(Loss kind, double[] o, double[] t) {
    double sum = 0;
    for (int i = 0; i < o.length; i++) {
      sum += element(kind, o, t, i);
    }
    return sum;
  }

  /** Returns the size of the numbers that a loss is made of: what roundings are relative to. */
  static double size(Loss kind, double[] o, double[] t) {
    double sum = 1;
    for (int i = 0; i < o.length; i++) {
      double logits = Math.abs(t[i] * o[i]) + Math.abs(t[i]);
      sum += Math.abs(element(kind, o, t, i)) + logits + Math.abs(t[i]) * spread(o);
    }
    return sum;
  }

  private static double spread(double[] o) {
    double most = 0;
    for (double x : o) {
      most = Math.max(most, Math.abs(x));
    }
    return most;
  }

  /** Returns whether a difference would step over an edge. */
  static boolean kink(Loss kind, double o, double t) {
    return switch (kind) {
      case ABSOLUTE -> Math.abs(o - t) < 3e-3;
      case HUBER -> Math.abs(Math.abs(o - t) - 0.75) < 3e-3;
      default -> false;
    };
  }

  static double slope(Loss kind, double[] o, double[] t, int i) {
    double[] moved = o.clone();
    return Numbers.slope(
        x -> {
          moved[i] = x;
          return loss(kind, moved, t);
        },
        o[i]);
  }

  private static double element(Loss kind, double[] o, double[] t, int i) {
    double d = o[i] - t[i];
    double far = Math.abs(d);
    return switch (kind) {
      case SQUARED -> d * d;
      case ABSOLUTE -> far;
      case HUBER -> far > 0.75 ? 0.75 * (far - 0.375) : d * d / 2;
      case LOGITS -> FunctionOracle.value(Function.SOFTPLUS, o[i]) - t[i] * o[i];
      case SOFTMAX, LABELS -> -t[i] * (o[i] - logSum(o));
    };
  }

  private static double logSum(double[] o) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : o) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : o) {
      sum += StrictMath.exp(x - max);
    }
    return max + StrictMath.log(sum);
  }
}
