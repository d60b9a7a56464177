package dev.lamella.kernel;

/**
 * The reference: for each row first the elements' losses, kept in delta for the sum, then the
 * derivatives.
 */
final class LossKernelsScalar extends LossKernels {

  @Override
  public void meanSquared(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    float twice = 2f * scale;
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = out[o + i] - target[t + i];
      }
      rowLoss[lossOffset + r] = Sums.dot(delta, e, delta, e, n);
      for (int i = 0; i < n; i++) {
        delta[e + i] = twice * delta[e + i];
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void meanAbsolute(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = Math.abs(out[o + i] - target[t + i]);
      }
      rowLoss[lossOffset + r] = Sums.sum(delta, e, n);
      for (int i = 0; i < n; i++) {
        delta[e + i] = scale * sign(out[o + i] - target[t + i]);
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void huber(
      float threshold,
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = huber(out[o + i] - target[t + i], threshold);
      }
      rowLoss[lossOffset + r] = Sums.sum(delta, e, n);
      for (int i = 0; i < n; i++) {
        float d = out[o + i] - target[t + i];
        delta[e + i] = scale * (Math.abs(d) > threshold ? threshold * sign(d) : d);
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void binaryCrossEntropyWithLogits(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = logistic(out[o + i], target[t + i]);
      }
      rowLoss[lossOffset + r] = Sums.sum(delta, e, n);
      for (int i = 0; i < n; i++) {
        delta[e + i] = scale * (ExpScalar.sigmoid(out[o + i]) - target[t + i]);
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void binaryCrossEntropy(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = bernoulli(out[o + i], target[t + i]);
      }
      rowLoss[lossOffset + r] = Sums.sum(delta, e, n);
      for (int i = 0; i < n; i++) {
        float p = out[o + i];
        float variance = atLeast(Math.fma(-p, p, p), MIN_VARIANCE);
        delta[e + i] = scale * ((p - target[t + i]) / variance);
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void softmaxCrossEntropy(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      float max = ReduceScalar.max(out, o, n);
      float sum = ReduceScalar.exponentials(out, o, delta, e, n);
      float log = LogScalar.log(sum);
      float weight = Sums.sum(target, t, n);
      for (int i = 0; i < n; i++) {
        delta[e + i] = log - (out[o + i] - max);
      }
      rowLoss[lossOffset + r] = Sums.dot(delta, e, target, t, n);
      for (int i = 0; i < n; i++) {
        float p = ExpScalar.exp(out[o + i] - max) / sum;
        delta[e + i] = scale * Math.fma(p, weight, -target[t + i]);
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void softmaxCrossEntropyLabels(
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
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int e = deltaOffset + r * deltaStride;
      int label = labels[labelsOffset + r];
      assert label >= 0 && label < n : label;
      float max = ReduceScalar.max(out, o, n);
      float right = out[o + label] - max;
      float sum = ReduceScalar.exponentials(out, o, delta, e, n);
      rowLoss[lossOffset + r] = LogScalar.log(sum) - right;
      for (int i = 0; i < n; i++) {
        delta[e + i] = scale * (delta[e + i] / sum - (i == label ? 1f : 0f));
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  @Override
  public void crossEntropy(
      float[] out,
      int outOffset,
      int outStride,
      float[] target,
      int targetOffset,
      int targetStride,
      int rows,
      int n,
      float scale,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      float[] rowLoss,
      int lossOffset) {
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      for (int i = 0; i < n; i++) {
        delta[e + i] = -target[t + i] * atLeast(LogScalar.log(out[o + i]), MIN_LOG);
      }
      rowLoss[lossOffset + r] = Sums.sum(delta, e, n);
      for (int i = 0; i < n; i++) {
        delta[e + i] = -scale * (target[t + i] / atLeast(out[o + i], MIN_VARIANCE));
      }
      pad(delta, e + n, e + deltaStride);
    }
  }

  /** Returns the loss of a logit: log(1 + exp(x)) - t x. */
  private static float logistic(float x, float t) {
    // max(x, 0) - t x first: exactly 0 where the answer is sure and right, so that the loss is as
    // exact as its logarithm.
    float factor = x > 0f ? 1f - t : -t;
    return Math.fma(factor, x, LogScalar.log1p(ExpScalar.exp(-Math.abs(x))));
  }

  /** Returns the loss of a probability: -t log p - (1 - t) log(1 - p). */
  private static float bernoulli(float p, float t) {
    float yes = atLeast(LogScalar.log(p), MIN_LOG);
    float no = atLeast(LogScalar.logOneMinus(p), MIN_LOG);
    return Math.fma(t - 1f, no, -(t * yes));
  }

  /** Returns Huber's loss of a difference. */
  private static float huber(float d, float threshold) {
    float magnitude = Math.abs(d);
    float far = threshold * Math.fma(threshold, -0.5f, magnitude);
    return magnitude > threshold ? far : 0.5f * d * d;
  }

  /** Returns 1, -1, or d itself where it is zero or NaN. */
  private static float sign(float d) {
    float s = d > 0f ? 1f : d;
    return d < 0f ? -1f : s;
  }

  /** Returns the larger one; NaN for NaN. */
  private static float atLeast(float x, float bound) {
    return x < bound ? bound : x;
  }

  /** Sets the columns that are padding to 0. */
  static void pad(float[] delta, int from, int to) {
    for (int i = from; i < to; i++) {
      delta[i] = 0f;
    }
  }
}
