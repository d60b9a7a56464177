package dev.lamella.kernel;

import dev.lamella.formula.ElementLoss;
import dev.lamella.formula.LossLoop;
import dev.lamella.formula.LossRows;

/**
 * Losses with the Vector API. Rows go in blocks that stay in the first-level cache: all rows of a
 * block take one step together, so that short rows overlap.
 */
final class LossesVector extends Losses {

  /** The elements of a block of rows. */
  private static final int BLOCK = 1024;

  private final LossesScalar scalar = new LossesScalar();

  @Override
  public void rows(ElementLoss loss, float limit, LossRows rows, int from, int to) {
    if (rows.n == 1) {
      scalar.rows(loss, limit, rows, from, to); // too little for a vector
      return;
    }
    LossLoop loop = LossLoop.of(loss);
    boolean squared = loss.formula.squared();
    float scale = squared ? 2f * rows.scale : rows.scale;
    int block = Math.max(1, BLOCK / rows.n);
    for (int r = from; r < to; r += block) {
      int end = Math.min(to, r + block);
      loop.call(LossLoop.VALUES, rows, r, end, limit, scale);
      SumsVector.clear(rows.delta, r * rows.stride, rows.stride, end - r, rows.n);
      SumsVector.sums(rows.delta, rows.stride, r, end, rows.n, squared, rows.loss);
      loop.call(LossLoop.DERIVATIVES, rows, r, end, limit, scale);
      SumsVector.clear(rows.delta, r * rows.stride, rows.stride, end - r, rows.n);
    }
  }

  @Override
  public void softmaxCrossEntropy(LossRows rows, int from, int to) {
    for (int r = from; r < to; r++) {
      rows.loss[r] = SoftmaxVector.distribution(rows, r * rows.stride);
    }
    SumsVector.clear(rows.delta, from * rows.stride, rows.stride, to - from, rows.n);
  }

  @Override
  public void softmaxCrossEntropyLabels(LossRows rows, int from, int to) {
    float[] delta = rows.delta;
    int stride = rows.stride;
    int block = Math.max(1, BLOCK / rows.n);
    for (int r = from; r < to; r += block) {
      int end = Math.min(to, r + block);
      SoftmaxVector.differences(rows.out, delta, r * stride, stride, end - r, rows.n);
      for (int i = r; i < end; i++) {
        int label = rows.labels[i];
        assert label >= 0 && label < rows.n : label;
        rows.loss[i] = delta[i * stride + label];
      }
      SoftmaxVector.powers(delta, r * stride, stride, end - r, rows.n);
      SoftmaxVector.labels(rows, r, end);
    }
  }
}
