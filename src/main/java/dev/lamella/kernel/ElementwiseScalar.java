package dev.lamella.kernel;

/** The reference: one element after the other. */
final class ElementwiseScalar extends Elementwise {

  @Override
  public void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = value(f, z[zOffset + i]);
    }
  }

  @Override
  public void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n) {
    for (int i = 0; i < n; i++) {
      delta[deltaOffset + i] = slope(f, zOrY[offset + i], delta[deltaOffset + i]);
    }
  }

  /** Returns f(x). */
  private static float value(Function f, float x) {
    return switch (f) {
      case LINEAR -> x;
      // Unlike Math.max in cost, like it in result: NaN stays, -0 becomes +0.
      case RELU -> x <= 0f ? 0f : x;
      case LEAKY_RELU -> x < 0f ? x * Function.LEAK : x;
      case ELU -> x < 0f ? ExpScalar.expm1(x) : x;
      case SELU -> x < 0f ? ExpScalar.expm1(x) * Function.SELU_LIMIT : x * Function.SELU_SCALE;
      case GELU -> NormalScalar.gelu(x);
      case SILU -> x * ExpScalar.sigmoid(x);
      case SIGMOID -> ExpScalar.sigmoid(x);
      case TANH -> ExpScalar.tanh(x);
      case SOFTPLUS -> LogScalar.softplus(x);
    };
  }

  /** Returns d times the derivative of f, where v is f's input or output. */
  private static float slope(Function f, float v, float d) {
    return switch (f) {
      case LINEAR -> d;
      case RELU -> v <= 0f ? 0f : d;
      case LEAKY_RELU -> v <= 0f ? d * Function.LEAK : d;
      // exp(z) = y + 1
      case ELU -> v <= 0f ? Math.fma(d, v, d) : d;
      // λ α exp(z) = y + λ α
      case SELU -> d * (v <= 0f ? v + Function.SELU_LIMIT : Function.SELU_SCALE);
      case GELU -> d * NormalScalar.geluDerivative(v);
      case SILU -> d * siluDerivative(v);
      case SIGMOID -> d * Math.fma(-v, v, v);
      case TANH -> d * Math.fma(-v, v, 1f);
      // sigmoid(z) = 1 - exp(-y)
      case SOFTPLUS -> d * -ExpScalar.expm1(-v);
    };
  }

  /** Returns s + x s (1 - s), s = sigmoid(x). */
  private static float siluDerivative(float x) {
    float s = ExpScalar.sigmoid(x);
    return Math.fma(x, Math.fma(-s, s, s), s);
  }
}
