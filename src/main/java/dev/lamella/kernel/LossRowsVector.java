package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The losses that look at one element at a time, for one row with the Vector API. Each comes in two
 * loops, as in the scalar kernel: the elements' losses into delta, where they are summed, then the
 * derivatives over them. Rows are short, so even the last, partial vector of a row is a vector.
 */
final class LossRowsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private LossRowsVector() {}

  static FloatVector load(float[] a, int i, VectorMask<Float> inside) {
    return FloatVector.fromArray(S, a, i, inside);
  }

  /** Stores what is inside; where the row has room, with zeros after it. */
  static void store(FloatVector x, VectorMask<Float> inside, float[] a, int i, int room) {
    if (room >= L) {
      FloatVector.zero(S).blend(x, inside).intoArray(a, i);
    } else {
      x.intoArray(a, i, inside);
    }
  }

  /** Sets to 0 the columns of a row's padding that {@link #store} did not reach. */
  static void pad(float[] delta, int e, int n, int stride) {
    int stored = S.loopBound(n + L - 1);
    LossKernelsScalar.pad(delta, e + (stored <= stride ? stored : n), e + stride);
  }

  /** Returns 1, -1, or d itself where it is zero or NaN. */
  private static FloatVector sign(FloatVector d) {
    return d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
  }

  /** Returns the larger one; NaN for NaN. */
  private static FloatVector atLeast(FloatVector x, float bound) {
    return x.blend(bound, x.compare(LT, bound));
  }

  /** Writes o - t. */
  static void differences(
      float[] out, int o, float[] target, int t, int n, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      store(x.sub(y), inside, delta, e + i, room - i);
    }
  }

  /** Multiplies a row. */
  static void scale(int n, float scale, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      store(load(delta, e + i, inside).mul(scale), inside, delta, e + i, room - i);
    }
  }

  /** Writes |o - t|. */
  static void absolute(
      float[] out, int o, float[] target, int t, int n, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      store(x.sub(y).abs(), inside, delta, e + i, room - i);
    }
  }

  /** Writes the derivatives of the absolute differences. */
  static void absoluteSlopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float scale,
      float[] delta,
      int e,
      int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      store(sign(x.sub(y)).mul(scale), inside, delta, e + i, room - i);
    }
  }

  /** Writes Huber's losses. */
  static void huber(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float threshold,
      float[] delta,
      int e,
      int room) {
    FloatVector limit = FloatVector.broadcast(S, threshold);
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector d = x.sub(y);
      FloatVector magnitude = d.abs();
      FloatVector far = half.fma(limit, magnitude).mul(threshold);
      FloatVector near = d.mul(0.5f).mul(d);
      FloatVector loss = near.blend(far, magnitude.compare(GT, threshold));
      store(loss, inside, delta, e + i, room - i);
    }
  }

  /** Writes the derivatives of Huber's losses. */
  static void huberSlopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float threshold,
      float scale,
      float[] delta,
      int e,
      int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector d = x.sub(y);
      FloatVector slope = d.blend(sign(d).mul(threshold), d.abs().compare(GT, threshold));
      store(slope.mul(scale), inside, delta, e + i, room - i);
    }
  }

  /** Writes log(1 + exp(o)) - t o. */
  static void logistic(
      float[] out, int o, float[] target, int t, int n, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector log = LogVector.log1p(ExpVector.expMinusAbs(x));
      FloatVector minus = y.neg();
      FloatVector factor = minus.blend(minus.add(1f), x.compare(GT, 0f));
      store(factor.fma(x, log), inside, delta, e + i, room - i);
    }
  }

  /** Writes the derivatives of the logits' losses. */
  static void logisticSlopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float scale,
      float[] delta,
      int e,
      int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      store(ExpVector.sigmoid(x).sub(y).mul(scale), inside, delta, e + i, room - i);
    }
  }

  /** Writes -t log o - (1 - t) log(1 - o). */
  static void bernoulli(
      float[] out, int o, float[] target, int t, int n, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector yes = atLeast(LogVector.log(x), LossKernels.MIN_LOG);
      FloatVector no = atLeast(LogVector.logOneMinus(x), LossKernels.MIN_LOG);
      store(y.sub(1f).fma(no, y.mul(yes).neg()), inside, delta, e + i, room - i);
    }
  }

  /** Writes the derivatives of the probabilities' losses. */
  static void bernoulliSlopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float scale,
      float[] delta,
      int e,
      int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector variance = atLeast(x.neg().fma(x, x), LossKernels.MIN_VARIANCE);
      store(x.sub(y).div(variance).mul(scale), inside, delta, e + i, room - i);
    }
  }

  /** Writes -t log o. */
  static void information(
      float[] out, int o, float[] target, int t, int n, float[] delta, int e, int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      FloatVector log = atLeast(LogVector.log(x), LossKernels.MIN_LOG);
      store(y.neg().mul(log), inside, delta, e + i, room - i);
    }
  }

  /** Writes the derivatives of -t log o. */
  static void informationSlopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float scale,
      float[] delta,
      int e,
      int room) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = load(out, o + i, inside);
      FloatVector y = load(target, t + i, inside);
      store(
          y.div(atLeast(x, LossKernels.MIN_VARIANCE)).mul(-scale), inside, delta, e + i, room - i);
    }
  }
}
