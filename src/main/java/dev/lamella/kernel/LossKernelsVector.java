package dev.lamella.kernel;

/** Losses with the Vector API: the rows, in the order of the scalar kernel's. */
final class LossKernelsVector extends LossKernels {

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
    for (int r = 0; r < rows; r++) {
      int o = outOffset + r * outStride;
      int t = targetOffset + r * targetStride;
      int e = deltaOffset + r * deltaStride;
      LossRowsVector.differences(out, o, target, t, n, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.dot(delta, e, delta, e, n);
      LossRowsVector.scale(n, 2f * scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      LossRowsVector.absolute(out, o, target, t, n, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.sum(delta, e, n);
      LossRowsVector.absoluteSlopes(out, o, target, t, n, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      LossRowsVector.huber(out, o, target, t, n, threshold, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.sum(delta, e, n);
      LossRowsVector.huberSlopes(out, o, target, t, n, threshold, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      LossRowsVector.logistic(out, o, target, t, n, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.sum(delta, e, n);
      LossRowsVector.logisticSlopes(out, o, target, t, n, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      LossRowsVector.bernoulli(out, o, target, t, n, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.sum(delta, e, n);
      LossRowsVector.bernoulliSlopes(out, o, target, t, n, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      rowLoss[lossOffset + r] =
          SoftmaxRowsVector.distribution(out, o, target, t, n, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
    if (ReduceVector.fits(n)) {
      SoftmaxRowsVector.narrowLabels(
          out,
          outOffset,
          outStride,
          labels,
          labelsOffset,
          rows,
          n,
          scale,
          delta,
          deltaOffset,
          deltaStride,
          rowLoss,
          lossOffset);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int e = deltaOffset + r * deltaStride;
      rowLoss[lossOffset + r] =
          SoftmaxRowsVector.label(
              out,
              outOffset + r * outStride,
              labels[labelsOffset + r],
              n,
              scale,
              delta,
              e,
              deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
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
      LossRowsVector.information(out, o, target, t, n, delta, e, deltaStride);
      rowLoss[lossOffset + r] = SumsVector.sum(delta, e, n);
      LossRowsVector.informationSlopes(out, o, target, t, n, scale, delta, e, deltaStride);
      LossRowsVector.pad(delta, e, n, deltaStride);
    }
  }
}
