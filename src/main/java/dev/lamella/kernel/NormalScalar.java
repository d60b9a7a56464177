package dev.lamella.kernel;

/**
 * The normal distribution Φ in float, for GELU, in a fixed sequence of operations that {@link
 * NormalVector} shares.
 *
 * <p>With t = |x|, Φ(-t) = exp(-t²/2) u p(t u), u = 1 / (t + K), K = 2.75: a change of variable as
 * Shepherd and Laframboise 1981 use for the scaled complementary error function. p is of degree 9
 * by Remez's exchange for t from 0 to 14.5 (where t Φ(-t) leaves the floats), with p(0) = K/2 so
 * that Φ(0) is exact, its float coefficients adjusted by a search over their last bits; relative
 * error below 2.2e-8 (2⁻²⁵·⁴). The rounding of t² is made good by the remainder of the square, so
 * that the far tail has a small relative error as well. Φ and its density share the one
 * exponential.
 */
final class NormalScalar {

  static final float K = 2.75f;

  static final float P0 = 0x1.6p+0f;
  static final float P1 = -0x1.a45a00p+0f;
  static final float P2 = 0x1.148962p-1f;
  static final float P3 = 0x1.455232p-2f;
  static final float P4 = -0x1.91b2bcp-4f;
  static final float P5 = -0x1.8dcadcp-4f;
  static final float P6 = -0x1.343720p-4f;
  static final float P7 = 0x1.af23dep-5f;
  static final float P8 = 0x1.03a802p-4f;
  static final float P9 = -0x1.331c58p-5f;

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
    float u = 1f / (t + K);
    float w = t * u;
    float p = Math.fma(P9, w, P8);
    p = Math.fma(p, w, P7);
    p = Math.fma(p, w, P6);
    p = Math.fma(p, w, P5);
    p = Math.fma(p, w, P4);
    p = Math.fma(p, w, P3);
    p = Math.fma(p, w, P2);
    p = Math.fma(p, w, P1);
    p = Math.fma(p, w, P0);
    return u * p;
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
