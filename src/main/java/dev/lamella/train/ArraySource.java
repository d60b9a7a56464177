package dev.lamella.train;

/** A batch in flat arrays, which may change from step to step. */
final class ArraySource implements Source {

  private static final float[] NO_NUMBERS = {};
  private static final int[] NO_LABELS = {};

  private final int inputs;
  private final int outputs;
  private float[] x = NO_NUMBERS; // (rows, inputs)
  private float[] y = NO_NUMBERS; // (rows, outputs)
  private int[] labels = NO_LABELS; // (rows)
  private boolean hasLabels;

  ArraySource(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  void numbers(float[] newX, float[] newY) {
    x = newX;
    y = newY;
    hasLabels = false;
  }

  void labels(float[] newX, int[] newLabels) {
    x = newX;
    labels = newLabels;
    hasLabels = true;
  }

  /** Lets go of the caller's arrays. */
  void clear() {
    x = NO_NUMBERS;
    y = NO_NUMBERS;
    labels = NO_LABELS;
  }

  @Override
  public boolean hasLabels() {
    return hasLabels;
  }

  @Override
  public void inputs(int from, int to, float[] into, int offset) {
    System.arraycopy(x, from * inputs, into, offset, (to - from) * inputs);
  }

  @Override
  public void targets(int from, int to, float[] into, int offset) {
    System.arraycopy(y, from * outputs, into, offset, (to - from) * outputs);
  }

  @Override
  public void labels(int from, int to, int[] into, int offset) {
    System.arraycopy(labels, from, into, offset, to - from);
  }
}
