package dev.lamella.formula;

/** The reference: one element after the other. */
public final class ElementwiseScalar extends Elementwise {

  @Override
  public void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    Formula formula = f.formula;
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = formula.value(z[zOffset + i]);
    }
  }

  @Override
  public void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n) {
    Formula formula = f.formula;
    for (int i = 0; i < n; i++) {
      delta[deltaOffset + i] = formula.derivative(zOrY[offset + i], delta[deltaOffset + i]);
    }
  }
}
