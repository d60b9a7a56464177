package dev.lamella.kernel;

import dev.lamella.formula.ElementLoss;
import dev.lamella.formula.Exp;
import dev.lamella.formula.Log;
import dev.lamella.formula.LossFormula;
import dev.lamella.formula.LossRows;
import java.util.Arrays;

/**
 * The reference: for each row first the elements' losses, kept in delta for the sum, then the
 * derivatives.
 */
final class LossesScalar extends Losses {

  @Override
  public void rows(ElementLoss loss, float limit, LossRows rows, int from, int to) {
    LossFormula f = loss.formula;
    float[] out = rows.out;
    float[] target = rows.target;
    float[] delta = rows.delta;
    int n = rows.n;
    boolean squared = f.squared();
    float scale = squared ? 2f * rows.scale : rows.scale;
    if (n == 1) {
      single(f, limit, scale, rows, from, to);
      return;
    }
    for (int r = from; r < to; r++) {
      int row = r * rows.stride;
      for (int i = row; i < row + n; i++) {
        delta[i] = f.value(out[i], target[i], limit);
      }
      rows.loss[r] = squared ? Sums.dot(delta, row, delta, row, n) : Sums.sum(delta, row, n);
      for (int i = row; i < row + n; i++) {
        delta[i] = scale * f.derivative(out[i], target[i], limit);
      }
      Arrays.fill(delta, row + n, row + Reduce.padded(n), 0f);
    }
  }

  /** The same bits for rows of one element, sooner. */
  private static void single(
      LossFormula f, float limit, float scale, LossRows rows, int from, int to) {
    Arrays.fill(rows.delta, from * rows.stride, to * rows.stride, 0f);
    for (int r = from; r < to; r++) {
      float o = rows.out[r * rows.stride];
      float t = rows.target[r * rows.stride];
      float value = f.value(o, t, limit);
      rows.loss[r] = Math.fma(value, f.squared() ? value : 1f, 0f);
      rows.delta[r * rows.stride] = scale * f.derivative(o, t, limit);
    }
  }

  @Override
  public void softmaxCrossEntropy(LossRows rows, int from, int to) {
    float[] out = rows.out;
    float[] target = rows.target;
    float[] delta = rows.delta;
    int n = rows.n;
    for (int r = from; r < to; r++) {
      int row = r * rows.stride;
      float max = ReduceScalar.max(out, row, n);
      float sum = ReduceScalar.exponentials(out, row, delta, row, n);
      float log = Log.log(sum);
      float weight = Sums.sum(target, row, n);
      for (int i = row; i < row + n; i++) {
        delta[i] = log - (out[i] - max);
      }
      rows.loss[r] = Sums.dot(delta, row, target, row, n);
      for (int i = row; i < row + n; i++) {
        float p = Exp.exp(out[i] - max) / sum;
        delta[i] = rows.scale * Math.fma(p, weight, -target[i]);
      }
      Arrays.fill(delta, row + n, row + Reduce.padded(n), 0f);
    }
  }

  @Override
  public void softmaxCrossEntropyLabels(LossRows rows, int from, int to) {
    float[] out = rows.out;
    float[] delta = rows.delta;
    int n = rows.n;
    for (int r = from; r < to; r++) {
      int row = r * rows.stride;
      int label = rows.labels[r];
      assert label >= 0 && label < n : label;
      float margin = out[row + label] - ReduceScalar.max(out, row, n);
      float sum = ReduceScalar.exponentials(out, row, delta, row, n);
      rows.loss[r] = Log.log(sum) - margin;
      for (int i = 0; i < n; i++) {
        delta[row + i] = rows.scale * (delta[row + i] / sum - (i == label ? 1f : 0f));
      }
      Arrays.fill(delta, row + n, row + Reduce.padded(n), 0f);
    }
  }
}
