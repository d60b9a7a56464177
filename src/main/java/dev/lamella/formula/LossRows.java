package dev.lamella.formula;

/**
 * What a loss reads and writes for the rows of a batch; its owner sets the scale of each batch. The
 * fields are open to the kernels, which no one else sees.
 */
public final class LossRows {

  public final float[] out;
  public final float[] target;
  public final int[] labels;
  public final float[] delta;
  public final int stride;
  public final int n;
  public final float[] loss;
  public float scale = 1f;

  /**
   * Keeps arrays of rows that all start at a multiple of {@code stride}, itself a multiple of 16,
   * so that kernels read and write whole vectors. They share no element.
   *
   * @param out (rows, stride) outputs of a network
   * @param target (rows, stride) what they should be, 0 in the padding
   * @param labels (rows) or, for a loss of labels, their right class, each from 0 to n - 1
   * @param delta (rows, stride) the loss's derivative by out
   * @param n the outputs of a row, at least 1
   * @param loss (rows) each row's loss
   */
  public LossRows(
      float[] out, float[] target, int[] labels, float[] delta, int stride, int n, float[] loss) {
    this.out = out;
    this.target = target;
    this.labels = labels;
    this.delta = delta;
    this.stride = stride;
    this.n = n;
    this.loss = loss;
  }

  /** Sets what derivatives are multiplied by. */
  public LossRows scale(float scale) {
    this.scale = scale;
    return this;
  }
}
