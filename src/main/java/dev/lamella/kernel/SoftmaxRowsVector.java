package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import java.lang.invoke.MethodHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax rows and their cross-entropy with the Vector API. Rows that fit into one vector of 16
 * lanes, the usual handful of classes, take each step side by side.
 *
 * <p>The powers are called through {@link Apart}; the other loops call nothing with a vector.
 */
final class SoftmaxRowsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final MethodHandle[] LOOPS = Apart.rows(SoftmaxRowsVector.class, "powers");

  private SoftmaxRowsVector() {}

  /** Returns whether the sixteen lanes of a row's sums are one vector that holds the row. */
  static boolean fits(int n) {
    return L == Sums.LANES && n <= L;
  }

  /** Writes exp(x - shift) for some rows of n. */
  static void powers(
      float[] x,
      int xr,
      int xStride,
      float[] unused,
      int u,
      int uStride,
      int rows,
      int n,
      float shift,
      float[] y,
      int yr,
      int yStride) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i += L) {
        VectorMask<Float> inside = S.indexInRange(0, n - i);
        FloatVector v = FloatVector.fromArray(S, x, xr + r * xStride + i, inside);
        ExpVector.exp(v.sub(shift)).intoArray(y, yr + r * yStride + i, inside);
      }
    }
  }

  /** Writes y = exp(x - max) for one row and returns the sum of the row. */
  static float exponentials(float[] x, int xr, float max, float[] y, int yr, int n) {
    Apart.call(LOOPS[0], x, xr, 0, x, xr, 0, 1, n, max, y, yr, 0);
    return SumsVector.sum(y, yr, n);
  }

  /** Writes exp(x - max x) for some rows that fit into a vector. */
  static void narrowPowers(
      float[] x, int xr, int xStride, int rows, int n, float[] y, int yr, int yStride) {
    narrowDifferences(x, xr, xStride, rows, n, y, yr, yStride);
    Apart.call(LOOPS[0], y, yr, yStride, y, yr, yStride, rows, n, 0f, y, yr, yStride);
  }

  /** Writes x - max x for some rows that fit into a vector. */
  private static void narrowDifferences(
      float[] x, int xr, int xStride, int rows, int n, float[] y, int yr, int yStride) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      FloatVector row = FloatVector.fromArray(S, x, xr + r * xStride, inside);
      FloatVector max = nothing.blend(row, inside);
      FloatVector turned8 = max.rearrange(SumsVector.BY_8);
      max = max.blend(turned8, turned8.compare(GT, max));
      FloatVector turned4 = max.rearrange(SumsVector.BY_4);
      max = max.blend(turned4, turned4.compare(GT, max));
      FloatVector turned2 = max.rearrange(SumsVector.BY_2);
      max = max.blend(turned2, turned2.compare(GT, max));
      FloatVector turned1 = max.rearrange(SumsVector.BY_1);
      max = max.blend(turned1, turned1.compare(GT, max));
      row.sub(max).intoArray(y, yr + r * yStride, inside);
    }
  }

  /** Divides some rows that fit into a vector by their sums. */
  static void narrowQuotients(int rows, int n, float[] y, int yr, int yStride) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    for (int r = 0; r < rows; r++) {
      FloatVector power = FloatVector.fromArray(S, y, yr + r * yStride, inside);
      FloatVector sum = power.add(power.rearrange(SumsVector.BY_8));
      sum = sum.add(sum.rearrange(SumsVector.BY_4));
      sum = sum.add(sum.rearrange(SumsVector.BY_2));
      sum = sum.add(sum.rearrange(SumsVector.BY_1));
      power.div(sum).intoArray(y, yr + r * yStride, inside);
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
    for (int r = 0; r < rows; r++) {
      int label = labels[labelsOffset + r];
      assert label >= 0 && label < n : label;
      FloatVector power = FloatVector.fromArray(S, delta, e + r * eStride, inside);
      FloatVector sum = power.add(power.rearrange(SumsVector.BY_8));
      sum = sum.add(sum.rearrange(SumsVector.BY_4));
      sum = sum.add(sum.rearrange(SumsVector.BY_2));
      sum = sum.add(sum.rearrange(SumsVector.BY_1));
      FloatVector p = power.div(sum);
      VectorMask<Float> right = VectorMask.fromLong(S, 1L << label);
      p.blend(p.sub(1f), right).mul(scale).intoArray(delta, e + r * eStride, inside);
      loss[lossOffset + r] = sum.lane(0);
    }
    for (int r = 0; r < rows; r++) {
      int row = o + r * oStride;
      float margin = out[row + labels[labelsOffset + r]] - SumsVector.max(out, row, n);
      loss[lossOffset + r] = LogScalar.log(loss[lossOffset + r]) - margin;
    }
  }

  /** Returns the loss of one row with one right class and writes its derivatives. */
  static float label(float[] out, int o, int label, int n, float scale, float[] delta, int e) {
    assert label >= 0 && label < n : label;
    float max = SumsVector.max(out, o, n);
    float sum = exponentials(out, o, max, delta, e, n);
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
    float sum = exponentials(out, o, max, delta, e, n);
    float weight = SumsVector.sum(target, t, n);
    logarithms(out, o, n, max, LogScalar.log(sum), delta, e);
    float loss = SumsVector.dot(delta, e, target, t, n);
    Apart.call(LOOPS[0], out, o, 0, out, o, 0, 1, n, max, delta, e, 0);
    slopes(target, t, n, sum, weight, scale, delta, e);
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

  /** Turns powers into derivatives: softmax times the targets' sum, minus the targets. */
  private static void slopes(
      float[] target, int t, int n, float sum, float weight, float scale, float[] delta, int e) {
    FloatVector w = FloatVector.broadcast(S, weight);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector minus = FloatVector.fromArray(S, target, t + i, inside).neg();
      FloatVector p = FloatVector.fromArray(S, delta, e + i, inside).div(sum);
      p.fma(w, minus).mul(scale).intoArray(delta, e + i, inside);
    }
  }
}
