package dev.lamella.kernel;

import dev.lamella.formula.ElementLoss;
import dev.lamella.formula.LossFormula;
import dev.lamella.formula.LossRows;

/**
 * Losses with their derivatives, row by row, as PyTorch defines them.
 *
 * <p>Every method writes two things for each of the rows [from, to): {@code loss}, summed over the
 * row's {@code n} elements (the caller takes the mean it wants), and into {@code delta} the
 * derivative of that sum by {@code out}, times {@code scale}. Columns of delta from {@code n} to
 * the next multiple of 16 become 0: they are padding. Sums along a row follow {@link Sums}. NaN in
 * a row makes its loss NaN.
 */
public abstract sealed class Losses permits LossesScalar, LossesVector {

  Losses() {}

  /**
   * The sum of a loss that looks at one element at a time. Of a squared one ({@link
   * LossFormula#squared}), the derivative is twice the scale times the formula's.
   *
   * @param limit where Huber's loss becomes linear; others ignore it
   */
  public abstract void rows(ElementLoss loss, float limit, LossRows rows, int from, int to);

  /**
   * The cross-entropy of the softmax of a row with a distribution t, from logits: -sum(t log
   * softmax(o)); the derivative is softmax(o) sum(t) - t.
   */
  public abstract void softmaxCrossEntropy(LossRows rows, int from, int to);

  /**
   * The cross-entropy of the softmax of a row with one right class, from logits: -log
   * softmax(o)[label]; the derivative is softmax(o) with 1 subtracted at the label.
   */
  public abstract void softmaxCrossEntropyLabels(LossRows rows, int from, int to);
}
