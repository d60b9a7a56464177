package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax rows and their cross-entropy with the Vector API. Rows that fit into one vector of 16
 * lanes, the usual handful of classes, are computed side by side in two loops: the powers, then
 * what needs their sums.
 */
final class SoftmaxRowsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private SoftmaxRowsVector() {}

  /** Writes exp(x - max x) for some rows that fit into a vector. */
  static void narrowPowers(
      float[] x, int xr, int xStride, int rows, int n, float[] y, int yr, int yStride) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      FloatVector row = FloatVector.fromArray(S, x, xr + r * xStride, inside);
      FloatVector max = SumsVector.maxAll(nothing.blend(row, inside));
      row.sub(max).intoArray(y, yr + r * yStride, inside);
    }
    for (int r = 0; r < rows; r++) {
      FloatVector row = FloatVector.fromArray(S, y, yr + r * yStride, inside);
      ExpVector.exp(row).intoArray(y, yr + r * yStride, inside);
    }
  }

  /** Divides some rows that fit into a vector by their sums. */
  static void narrowQuotients(int rows, int n, float[] y, int yr, int yStride) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    for (int r = 0; r < rows; r++) {
      FloatVector power = FloatVector.fromArray(S, y, yr + r * yStride, inside);
      power.div(SumsVector.foldAll(power)).intoArray(y, yr + r * yStride, inside);
    }
  }

  /** Turns the powers of some rows into derivatives, and writes their losses. */
  static void narrowLabels(
      float[] out,
      int o,
      int oStride,
      int[] labels,
      int labelsOffset,
      int rows,
      int n,
      float scale,
      float[] delta,
      int e,
      int eStride,
      float[] loss,
      int lossOffset) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      int label = labels[labelsOffset + r];
      assert label >= 0 && label < n : label;
      FloatVector power = FloatVector.fromArray(S, delta, e + r * eStride, inside);
      FloatVector sum = SumsVector.foldAll(power);
      FloatVector p = power.div(sum);
      VectorMask<Float> right = VectorMask.fromLong(S, 1L << label);
      p.blend(p.sub(1f), right).mul(scale).intoArray(delta, e + r * eStride, inside);
      FloatVector row = FloatVector.fromArray(S, out, o + r * oStride, inside);
      float max = SumsVector.maxAll(nothing.blend(row, inside)).lane(0);
      loss[lossOffset + r] = LogScalar.log(sum.lane(0)) - (out[o + r * oStride + label] - max);
    }
  }

  /** Returns the loss of one row with one right class and writes its derivatives. */
  static float label(float[] out, int o, int label, int n, float scale, float[] delta, int e) {
    assert label >= 0 && label < n : label;
    float max = SumsVector.max(out, o, n);
    float sum = ReduceVector.exponentials(out, o, max, delta, e, n);
    float p = delta[e + label] / sum;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector power = FloatVector.fromArray(S, delta, e + i, inside);
      power.div(sum).mul(scale).intoArray(delta, e + i, inside);
    }
    delta[e + label] = scale * (p - 1f);
    return LogScalar.log(sum) - (out[o + label] - max);
  }

  /** Returns the loss of one row with a distribution as target and writes its derivatives. */
  static float distribution(
      float[] out, int o, float[] target, int t, int n, float scale, float[] delta, int e) {
    float max = SumsVector.max(out, o, n);
    float sum = ReduceVector.exponentials(out, o, max, delta, e, n);
    float weight = SumsVector.sum(target, t, n);
    logarithms(out, o, n, max, LogScalar.log(sum), delta, e);
    float loss = SumsVector.dot(delta, e, target, t, n);
    slopes(out, o, target, t, n, max, sum, weight, scale, delta, e);
    return loss;
  }

  /** Writes -log softmax. */
  private static void logarithms(
      float[] out, int o, int n, float max, float log, float[] delta, int e) {
    FloatVector top = FloatVector.broadcast(S, log);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = FloatVector.fromArray(S, out, o + i, inside);
      top.sub(x.sub(max)).intoArray(delta, e + i, inside);
    }
  }

  /** Writes the derivatives: softmax times the targets' sum, minus the targets. */
  private static void slopes(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float max,
      float sum,
      float weight,
      float scale,
      float[] delta,
      int e) {
    FloatVector w = FloatVector.broadcast(S, weight);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = FloatVector.fromArray(S, out, o + i, inside);
      FloatVector minus = FloatVector.fromArray(S, target, t + i, inside).neg();
      FloatVector p = ExpVector.exp(x.sub(max)).div(sum);
      p.fma(w, minus).mul(scale).intoArray(delta, e + i, inside);
    }
  }
}
