package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The cross-entropy of softmax rows with the Vector API. */
final class SoftmaxRowsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private SoftmaxRowsVector() {}

  /** Rows that fit into one vector of 16 lanes and never leave it: the usual handful of classes. */
  static void narrowLabels(
      float[] out,
      int outOffset,
      int outStride,
      int[] labels,
      int labelsOffset,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int e = deltaOffset + r * deltaStride;
      int label = labels[labelsOffset + r];
      assert label >= 0 && label < n : label;
      FloatVector x = nothing.blend(LossRowsVector.load(out, o, inside), inside);
      FloatVector max = SumsVector.maxAll(x);
      FloatVector power = ExpVector.exp(x.sub(max));
      FloatVector sum = SumsVector.foldAll(power);
      VectorMask<Float> right = VectorMask.fromLong(S, 1L << label);
      FloatVector p = power.div(sum);
      FloatVector slope = p.blend(p.sub(1f), right).mul(scale);
      LossRowsVector.store(slope, inside, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
      rowLoss[lossOffset + r] = LogScalar.log(sum.lane(0)) - (out[o + label] - max.lane(0));
    }
  }

  /** Returns the loss of one row with one right class and writes its derivatives. */
  static float label(
      float[] out, int o, int label, int n, float scale, float[] delta, int e, int room) {
    assert label >= 0 && label < n : label;
    float max = SumsVector.max(out, o, n);
    float sum = ReduceVector.exponentials(out, o, max, delta, e, n);
    float p = delta[e + label] / sum;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector slope = LossRowsVector.load(delta, e + i, inside).div(sum).mul(scale);
      LossRowsVector.store(slope, inside, delta, e + i, room - i);
    }
    delta[e + label] = scale * (p - 1f);
    return LogScalar.log(sum) - (out[o + label] - max);
  }

  /** Returns the loss of one row with a distribution as target and writes its derivatives. */
  static float distribution(
      float[] out,
      int o,
      float[] target,
      int t,
      int n,
      float scale,
      float[] delta,
      int e,
      int room) {
    float max = SumsVector.max(out, o, n);
    float sum = ReduceVector.exponentials(out, o, max, delta, e, n);
    float weight = SumsVector.sum(target, t, n);
    logarithms(out, o, n, max, LogScalar.log(sum), delta, e, room);
    float loss = SumsVector.dot(delta, e, target, t, n);
    slopes(out, o, target, t, n, max, sum, weight, scale, delta, e, room);
    return loss;
  }

  /** Writes -log softmax. */
  private static void logarithms(
      float[] out, int o, int n, float max, float log, float[] delta, int e, int room) {
    FloatVector top = FloatVector.broadcast(S, log);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = LossRowsVector.load(out, o + i, inside);
      LossRowsVector.store(top.sub(x.sub(max)), inside, delta, e + i, room - i);
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
      int e,
      int room) {
    FloatVector w = FloatVector.broadcast(S, weight);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = LossRowsVector.load(out, o + i, inside);
      FloatVector y = LossRowsVector.load(target, t + i, inside);
      FloatVector p = ExpVector.exp(x.sub(max)).div(sum);
      LossRowsVector.store(p.fma(w, y.neg()).mul(scale), inside, delta, e + i, room - i);
    }
  }
}
