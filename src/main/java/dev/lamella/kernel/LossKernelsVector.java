package dev.lamella.kernel;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Losses with the Vector API. Rows go in blocks that stay in the first-level cache: all rows of a
 * block take one step together, so that short rows overlap.
 */
final class LossKernelsVector extends LossKernels {

  /** The elements of a block of rows. */
  private static final int BLOCK = 1024;

  private static final MethodHandle[] LOOPS =
      Apart.rows(
          LossRowsVector.class,
          "powers",
          "logistic",
          "logisticSlopes",
          "information",
          "addOpposite");

  private static final int POWERS = 0;
  private static final int LOGISTIC = 1;
  private static final int LOGISTIC_SLOPES = 2;
  private static final int INFORMATION = 3;
  private static final int ADD_OPPOSITE = 4;

  private static void run(
      int loop,
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
    MethodHandle handle = LOOPS[loop];
    Apart.call(handle, out, o, oStride, target, t, tStride, rows, n, scale, delta, e, eStride);
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
      // Too little for a vector.
      for (int r = 0; r < rows; r++) {
        float d = out[outOffset + r * outStride] - target[targetOffset + r * targetStride];
        rowLoss[lossOffset + r] = Math.fma(d, d, 0f);
        delta[deltaOffset + r * deltaStride] = d * (2f * scale);
      }
      return;
    }
    int block = Math.max(1, BLOCK / n);
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
    int block = Math.max(1, BLOCK / n);
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
    int block = Math.max(1, BLOCK / n);
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
    int block = Math.max(1, BLOCK / n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      run(POWERS, out, o, outStride, target, t, targetStride, count, n, 0f, delta, e, deltaStride);
      run(
          LOGISTIC,
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          0f,
          delta,
          e,
          deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      run(
          LOGISTIC_SLOPES,
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          scale,
          delta,
          e,
          deltaStride);
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
    int block = Math.max(1, BLOCK / n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      run(
          INFORMATION,
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          0f,
          delta,
          e,
          deltaStride);
      run(
          ADD_OPPOSITE,
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          0f,
          delta,
          e,
          deltaStride);
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
    if (!SoftmaxRowsVector.fits(n)) {
      for (int r = 0; r < rows; r++) {
        int e = deltaOffset + r * deltaStride;
        rowLoss[lossOffset + r] =
            SoftmaxRowsVector.label(
                out, outOffset + r * outStride, labels[labelsOffset + r], n, scale, delta, e);
      }
      return;
    }
    int block = Math.max(1, BLOCK / n);
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
    int block = Math.max(1, BLOCK / n);
    for (int r = 0; r < rows; r += block) {
      int count = Math.min(block, rows - r);
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      run(
          INFORMATION,
          out,
          o,
          outStride,
          target,
          t,
          targetStride,
          count,
          n,
          0f,
          delta,
          e,
          deltaStride);
      SumsVector.sums(delta, e, deltaStride, count, n, rowLoss, lossOffset + r);
      LossRowsVector.informationSlopes(
          out, o, outStride, target, t, targetStride, count, n, scale, delta, e, deltaStride);
    }
  }
}
