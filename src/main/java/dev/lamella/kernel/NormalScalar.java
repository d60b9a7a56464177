package dev.lamella.kernel;

/**
 * The normal distribution Φ in float, for GELU, in a fixed sequence of operations that {@link
 * NormalVector} shares.
 *
 * <p>With t = |x|, Φ(-t) = exp(-t²/2) v p(v), v = K / (t + K), K = 3.75: the change of variable
 * that Shepherd and Laframboise 1981 use for the scaled complementary error function. p is of
 * degree 8 by Remez's exchange for t from 0 to 14.5 (where Φ(-t) t leaves the floats), its float
 * coefficients adjusted by a search over their last bits; relative error below 1.9e-8 (2⁻²⁵·⁶). The
 * rounding of t² is made good by the remainder of the square, so that the far tail has a small
 * relative error as well. Φ and its density share the one exponential.
 */
final class NormalScalar {

  static final float K = 3.75f;

  static final float P0 = 0x1.b3d0d4p-4f;
  static final float P1 = 0x1.b2492ap-4f;
  static final float P2 = 0x1.a310acp-4f;
  static final float P3 = 0x1.086b14p-4f;
  static final float P4 = 0x1.04b622p-3f;
  static final float P5 = -0x1.99b098p-4f;
  static final float P6 = 0x1.9cf670p-3f;
  static final float P7 = -0x1.1b9eccp-3f;
  static final float P8 = 0x1.effd3ep-6f;

  /** Beyond, exp(-t²/2) is 0; keeps infinities out of the sums. */
  static final float T_MAX = 15f;

  /** 1 / √(2π), the density at 0. */
  static final float DENSITY = 0x1.988454p-2f;

  private NormalScalar() {}

  /** Returns |x|, at most 15. */
  private static float limited(float x) {
    float t = Math.abs(x);
    return t > T_MAX ? T_MAX : t;
  }

  /** Returns exp(-t²/2). */
  private static float bell(float t) {
    float square = t * t;
    float rest = Math.fma(t, t, -square);
    float e = ExpScalar.exp(-0.5f * square);
    return Math.fma(e, -0.5f * rest, e);
  }

  /** Returns Φ(-t) / exp(-t²/2). */
  private static float ratio(float t) {
    float v = K / (t + K);
    float p = Math.fma(P8, v, P7);
    p = Math.fma(p, v, P6);
    p = Math.fma(p, v, P5);
    p = Math.fma(p, v, P4);
    p = Math.fma(p, v, P3);
    p = Math.fma(p, v, P2);
    p = Math.fma(p, v, P1);
    p = Math.fma(p, v, P0);
    return v * p;
  }

  /** Returns x Φ(x); NaN at -infinity, as PyTorch. */
  static float gelu(float x) {
    float t = limited(x);
    float tail = bell(t) * ratio(t);
    return x * (x > 0f ? 1f - tail : tail);
  }

  /** Returns the derivative of x Φ(x): Φ(x) + x φ(x). */
  static float geluDerivative(float x) {
    float t = limited(x);
    float bell = bell(t);
    float left = Math.fma(bell, -(t * DENSITY), bell * ratio(t));
    return x > 0f ? 1f - left : left;
  }
}
