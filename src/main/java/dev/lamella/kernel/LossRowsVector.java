package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The losses that look at one element at a time, for some rows with the Vector API. Each comes in
 * loops of its own, as in the scalar kernel: the elements' losses into delta, where they are
 * summed, then the derivatives over them. Rows are short, so even the last, partial vector of a row
 * is a vector, under a mask.
 *
 * <p>The loops with a logarithm or an exponential are called through {@link Apart}; the others call
 * nothing with a vector.
 */
final class LossRowsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private LossRowsVector() {}

  /** Writes o - t. */
  static void differences(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        x.sub(y).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Multiplies the rows of delta. */
  static void scale(int rows, int n, float scale, float[] delta, int e, int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector d = FloatVector.fromArray(S, delta, e + r * eStride + i, inside);
        d.mul(scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes |o - t|. */
  static void absolute(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        x.sub(y).abs().intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes the derivatives of the absolute differences. */
  static void absoluteSlopes(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector d = x.sub(y);
        FloatVector sign = d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
        sign.mul(scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes Huber's losses. */
  static void huber(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float threshold,
      float[] delta,
      int e,
      int eStride) {
    FloatVector limit = FloatVector.broadcast(S, threshold);
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector d = x.sub(y);
        FloatVector magnitude = d.abs();
        FloatVector far = half.fma(limit, magnitude).mul(threshold);
        FloatVector near = d.mul(0.5f).mul(d);
        near.blend(far, magnitude.compare(GT, threshold))
            .intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes the derivatives of Huber's losses. */
  static void huberSlopes(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float threshold,
      float scale,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector d = x.sub(y);
        FloatVector sign = d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
        FloatVector slope = d.blend(sign.mul(threshold), d.abs().compare(GT, threshold));
        slope.mul(scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes exp(-|o|). */
  static void powers(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float unused,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        ExpVector.expMinusAbs(x).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Turns exp(-|o|) into log(1 + exp(o)) - t o. */
  static void logistic(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float unused,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector d = FloatVector.fromArray(S, delta, e + r * eStride + i, inside);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector log = LogVector.log1p(d);
        FloatVector minus = y.neg();
        FloatVector factor = minus.blend(minus.add(1f), x.compare(GT, 0f));
        factor.fma(x, log).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes the derivatives of the logits' losses. */
  static void logisticSlopes(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        ExpVector.sigmoid(x).sub(y).mul(scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes -t log o. */
  static void information(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float unused,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector log = LogVector.log(x);
        log = log.blend(LossKernels.MIN_LOG, log.compare(LT, LossKernels.MIN_LOG));
        y.neg().mul(log).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes the derivatives of -t log o. */
  static void informationSlopes(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector p = x.blend(LossKernels.MIN_VARIANCE, x.compare(LT, LossKernels.MIN_VARIANCE));
        y.div(p).mul(-scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Adds -(1 - t) log(1 - o) to -t log o. */
  static void addOpposite(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float unused,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector d = FloatVector.fromArray(S, delta, e + r * eStride + i, inside);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector log = LogVector.logOneMinus(x);
        log = log.blend(LossKernels.MIN_LOG, log.compare(LT, LossKernels.MIN_LOG));
        y.sub(1f).fma(log, d).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }

  /** Writes the derivatives of the probabilities' losses. */
  static void bernoulliSlopes(
      float[] out,
      int o,
      int oStride,
      float[] target,
      int t,
      int tStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int e,
      int eStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector x = FloatVector.fromArray(S, out, o + r * oStride + i, inside);
        FloatVector y = FloatVector.fromArray(S, target, t + r * tStride + i, inside);
        FloatVector variance = x.neg().fma(x, x);
        VectorMask<Float> tiny = variance.compare(LT, LossKernels.MIN_VARIANCE);
        variance = variance.blend(LossKernels.MIN_VARIANCE, tiny);
        x.sub(y).div(variance).mul(scale).intoArray(delta, e + r * eStride + i, inside);
      }
    }
  }
}
