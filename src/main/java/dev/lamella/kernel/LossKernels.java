package dev.lamella.kernel;

/**
 * Losses with their derivatives, row by row, as PyTorch defines them.
 *
 * <p>Every method writes two things for each of {@code rows} rows: {@code rowLoss[lossOffset + r]},
 * the loss summed over the row's {@code n} elements (the caller takes the mean it wants), and into
 * {@code delta} the derivative of that sum by {@code out}, times {@code scale}. Columns of delta
 * from {@code n} to its stride become 0: they are padding. Sums along a row follow {@link Sums}.
 *
 * <p>{@code out} (rows, n), {@code target} (rows, n) and {@code delta} (rows, n) are row-major with
 * a stride each and share no element. {@code n} is at least 1. NaN in a row makes its loss NaN.
 */
public abstract sealed class LossKernels permits LossKernelsScalar, LossKernelsVector {

  /** PyTorch's bound for the logarithm of a probability. */
  static final float MIN_LOG = -100f;

  /** PyTorch's bound for p (1 - p), and here for p, in the derivative by a probability. */
  static final float MIN_VARIANCE = 1e-12f;

  LossKernels() {}

  /** The square of the difference, (o - t)². */
  public abstract void meanSquared(
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
      int lossOffset);

  /** The absolute difference, |o - t|; its derivative at 0 is 0. */
  public abstract void meanAbsolute(
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
      int lossOffset);

  /**
   * The square near 0 and the absolute value far from it: with d = o - t, d²/2 for |d| <= {@code
   * threshold}, else threshold (|d| - threshold/2); Huber 1964.
   *
   * @param threshold positive
   */
  public abstract void huber(
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
      int lossOffset);

  /**
   * The cross-entropy of independent yes-or-no questions from logits: log(1 + exp(o)) - t o,
   * without overflow; the derivative is sigmoid(o) - t.
   */
  public abstract void binaryCrossEntropyWithLogits(
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
      int lossOffset);

  /**
   * The cross-entropy of independent yes-or-no questions from probabilities: -t log o - (1 - t)
   * log(1 - o) with both logarithms at least -100; the derivative is (o - t) / max(o (1 - o),
   * 1e-12).
   */
  public abstract void binaryCrossEntropy(
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
      int lossOffset);

  /**
   * The cross-entropy of the softmax of a row with a distribution t, from logits: -sum(t log
   * softmax(o)); the derivative is softmax(o) sum(t) - t.
   */
  public abstract void softmaxCrossEntropy(
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
      int lossOffset);

  /**
   * The cross-entropy of the softmax of a row with one right class, from logits: -log
   * softmax(o)[label]; the derivative is softmax(o) with 1 subtracted at the label.
   *
   * @param labels (rows) from {@code labelsOffset}, each from 0 to n - 1
   */
  public abstract void softmaxCrossEntropyLabels(
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
      int lossOffset);

  /**
   * The cross-entropy of a distribution t with probabilities: -sum(t max(log o, -100)); the
   * derivative is -t / max(o, 1e-12).
   */
  public abstract void crossEntropy(
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
      int lossOffset);
}
