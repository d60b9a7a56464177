package dev.lamella.kernel;

/**
 * The functions that {@link Elementwise} knows, with the constants that PyTorch has by default.
 *
 * <p>Softmax is not among them: it looks at a whole row, see {@link Reduce}.
 */
public enum Function {
  /** x. */
  LINEAR,
  /** max(x, 0); Nair and Hinton 2010. */
  RELU,
  /** x for x > 0, else 0.01 x; Maas, Hannun and Ng 2013. */
  LEAKY_RELU,
  /** x for x > 0, else exp(x) - 1; Clevert, Unterthiner and Hochreiter 2015. */
  ELU,
  /** λ x for x > 0, else λ α (exp(x) - 1); Klambauer, Unterthiner, Mayr and Hochreiter 2017. */
  SELU,
  /** x Φ(x), Φ the normal distribution, not an approximation of it; Hendrycks and Gimpel 2016. */
  GELU,
  /** x sigmoid(x); Elfwing, Uchibe and Doya 2018. */
  SILU,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH,
  /** log(1 + exp(x)); Dugas, Bengio, Bélisle, Nadeau and Garcia 2001. */
  SOFTPLUS;

  /** The slope of the leaky rectifier on the negative side. */
  static final float LEAK = 0.01f;

  /** λ of SELU, its slope on the positive side. */
  static final float SELU_SCALE = 1.050701f;

  /** λ α of SELU. */
  static final float SELU_LIMIT = 1.7580993f;

  /**
   * Returns whether {@link Elementwise#derivative} wants the function's input z: the functions that
   * are not monotonic cannot tell their slope from their output y.
   */
  public boolean needsInput() {
    return this == GELU || this == SILU;
  }
}
