package dev.lamella.kernel;

import java.util.Arrays;

/**
 * Losses with the Vector API. Rows go in blocks that stay in the first-level cache: all rows of a
 * block take one step together, so that short rows overlap.
 */
final class LossKernelsVector extends LossKernels {

  /** The elements of a block of rows. */
  private static final int BLOCK = 1024;

  /** Returns the rows of a block. */
  private static int block(int n) {
    return Math.max(1, BLOCK / n);
  }

  /** Sets delta to 0 if it has padding. */
  private static void clear(float[] delta, int offset, int stride, int rows, int n) {
    if (n < stride) {
      Arrays.fill(delta, offset, offset + rows * stride, 0f);
    }
  }

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
    clear(delta, deltaOffset, deltaStride, rows, n);
    if (n == 1) {
      LossRowsVector.singleSquares(
          out,
          outOffset,
          outStride,
          target,
          targetOffset,
          targetStride,
          rows,
          2f * scale,
          delta,
          deltaOffset,
          deltaStride,
          rowLoss,
          lossOffset);
      return;
    }
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.differences(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      SumsVector.squares(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.scale(count, n, 2f * scale, delta, e, deltaStride);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.absolute(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.absoluteSlopes(
          out, o, outStride, target, t, targetStride, count, n, scale, delta, e, deltaStride);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.huber(
          out, o, outStride, target, t, targetStride, count, n, threshold, delta, e, deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.huberSlopes(
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          threshold,
          scale,
          delta,
          e,
          deltaStride);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.powers(out, o, outStride, count, n, delta, e, deltaStride);
      LossRowsVector.logistic(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.logisticSlopes(
          out, o, outStride, target, t, targetStride, count, n, scale, delta, e, deltaStride);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.information(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      LossRowsVector.addOpposite(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.bernoulliSlopes(
          out, o, outStride, target, t, targetStride, count, n, scale, delta, e, deltaStride);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      rowLoss[lossOffset + r] =
          SoftmaxRowsVector.distribution(out, o, target, t, n, scale, delta, e);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    if (!ReduceVector.fits(n)) {
      for (int r = 0; r < rows; r++) {
        int e = deltaOffset + r * deltaStride;
        rowLoss[lossOffset + r] =
            SoftmaxRowsVector.label(
                out, outOffset + r * outStride, labels[labelsOffset + r], n, scale, delta, e);
      }
      return;
    }
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int e = deltaOffset + r * deltaStride;
      SoftmaxRowsVector.narrowPowers(out, o, outStride, count, n, delta, e, deltaStride);
      SoftmaxRowsVector.narrowLabels(
          out,
          o,
          outStride,
          labels,
          labelsOffset + r,
          count,
          n,
          scale,
          delta,
          e,
          deltaStride,
          rowLoss,
          lossOffset + r);
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
    clear(delta, deltaOffset, deltaStride, rows, n);
    int block = block(n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.information(
          out, o, outStride, target, t, targetStride, count, n, delta, e, deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.informationSlopes(
          out, o, outStride, target, t, targetStride, count, n, scale, delta, e, deltaStride);
    }
  }
}
