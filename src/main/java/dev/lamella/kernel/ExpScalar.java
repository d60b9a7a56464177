package dev.lamella.kernel;

/**
 * The exponential family in float: exp, expm1 and what is made of them, in a fixed sequence of
 * additions, multiplications, divisions and fused multiply-adds. {@link ExpVector} has the same
 * sequence.
 *
 * <p>Reduction (Cody and Waite 1980): n = round(x log2 e), r = x - n ln 2 with ln 2 in two parts,
 * |r| <= ln 2 / 2. Rounding is the addition of 1.5 · 2²³, after which n stands in the low bits of
 * the sum; the constant also carries the exponent's bias, so that a shift makes 2ⁿ of it. The first
 * product is exact: x and n ln2Hi are both multiples of 2⁻²⁴ where n is not 0.
 *
 * <p>Polynomial: exp(r) - 1 = r + r² q(r), q of degree 5 by Remez's exchange with the weight r² /
 * (exp(r) - 1); with coefficients rounded to float its relative error in exp(r) - 1 is below 2.6e-9
 * (2⁻²⁸·⁵).
 *
 * <p>The hyperbolic tangent near 0: a + a³ t(a²), t of degree 4 by Remez's exchange for a up to
 * 0.55; relative error below 2.7e-9.
 */
final class ExpScalar {

  static final float LOG2_E = 0x1.715476p+0f;
  static final float LN2_HI = 0x1.62e430p-1f;
  static final float LN2_LO = -0x1.05c610p-29f;

  static final float Q0 = 0x1.000000p-1f;
  static final float Q1 = 0x1.555556p-3f;
  static final float Q2 = 0x1.5554b4p-5f;
  static final float Q3 = 0x1.111092p-7f;
  static final float Q4 = 0x1.6d6faap-10f;
  static final float Q5 = 0x1.a19e00p-13f;

  static final float T0 = -0x1.55554cp-2f;
  static final float T1 = 0x1.110d5cp-3f;
  static final float T2 = -0x1.b93050p-5f;
  static final float T3 = 0x1.5977dep-6f;
  static final float T4 = -0x1.9c64fep-8f;

  /** Up to here the hyperbolic tangent is a polynomial. */
  static final float TANH_SMALL = 0.55f;

  /** 1.5 · 2²³ + 127: the sum's low bits are n + 127, the exponent of 2ⁿ. */
  static final float ROUND = 0x1.8p23f + 127;

  /** 1.5 · 2²³ + 254: half of the sum's low bits is the exponent of 2 to the n/2. */
  static final float ROUND_TWICE = 0x1.8p23f + 254;

  /** The bits of a float's fraction. */
  static final int FRACTION = 23;

  static final int SIGN = 0x80000000;

  /** Above, exp is infinite: it leaves the floats at 88.73. */
  static final float EXP_MAX = 89f;

  /** Below, exp is 0: it rounds to it from -103.98 on. */
  static final float EXP_MIN = -104f;

  /** Below, exp(x) - 1 is -1: it rounds to it from -17.33 on. */
  static final float EXPM1_MIN = -18f;

  /** Above, tanh is 1: it rounds to it from 9.02 on. */
  static final float TANH_MAX = 9.1f;

  private ExpScalar() {}

  /** Returns q(r). */
  private static float q(float r) {
    float q = Math.fma(Q5, r, Q4);
    q = Math.fma(q, r, Q3);
    q = Math.fma(q, r, Q2);
    q = Math.fma(q, r, Q1);
    return Math.fma(q, r, Q0);
  }

  /** Returns exp(x), at most 1 ulp off. */
  static float exp(float x) {
    float sum = Math.fma(x, LOG2_E, ROUND_TWICE);
    float n = sum - ROUND_TWICE;
    float r = Math.fma(n, -LN2_LO, Math.fma(n, -LN2_HI, x));
    float p = Math.fma(Math.fma(q(r), r, 1f), r, 1f);
    // 2ⁿ in two factors: n runs from -150 to 128, and one rounding at the end is right for
    // subnormal results too.
    int bits = Float.floatToRawIntBits(sum);
    int half = bits >> 1;
    float y = p * Float.intBitsToFloat(half << FRACTION);
    y = y * Float.intBitsToFloat((bits - half) << FRACTION);
    y = x > EXP_MAX ? Float.POSITIVE_INFINITY : y;
    return x < EXP_MIN ? 0f : y;
  }

  /** Returns exp(x) - 1 for -18 <= x <= 80, at most 1 ulp off, and nonsense elsewhere. */
  private static float expm1Inside(float x) {
    float sum = Math.fma(x, LOG2_E, ROUND);
    float n = sum - ROUND;
    float r = Math.fma(n, -LN2_LO, Math.fma(n, -LN2_HI, x));
    float p = Math.fma(r * r, q(r), r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(sum) << FRACTION);
    return Math.fma(power, p, power - 1f);
  }

  /** Returns exp(x) - 1 for x <= 0 or NaN, at most 1 ulp off, and nonsense for large x. */
  static float expm1(float x) {
    float y = expm1Inside(x);
    return x < EXPM1_MIN ? -1f : y;
  }

  /** Returns 1 / (1 + exp(-x)), at most 2 ulp off. */
  static float sigmoid(float x) {
    // exp(-|x|) cannot overflow, and keeps small results accurate.
    float e = exp(-Math.abs(x));
    float numerator = x < 0f ? e : 1f;
    float denominator = 1f + e;
    float y = numerator / denominator;
    // What the sum and the quotient lost, divided by 1 + e once more; 1 - e/2 is near enough.
    float lost = e - (denominator - 1f);
    float rest = Math.fma(-y, lost, Math.fma(-y, denominator, numerator));
    return Math.fma(rest, Math.fma(e, -0.5f, 1f), y);
  }

  /** Returns the hyperbolic tangent, at most 2 ulp off. */
  static float tanh(float x) {
    // With u = exp(2 |x|) - 1, tanh |x| = u / (u + 2): no cancellation, and errors of u fade as it
    // grows. Where it is small, an odd polynomial of |x|.
    float a = Math.abs(x);
    float u = expm1Inside(a + a);
    float y = u / (u + 2f);
    y = a < TANH_SMALL ? smallTanh(a) : y;
    y = a > TANH_MAX ? 1f : y;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN));
  }

  /** Returns a + a³ t(a²) for a from 0 to 0.55. */
  private static float smallTanh(float a) {
    float s = a * a;
    float t = Math.fma(T4, s, T3);
    t = Math.fma(t, s, T2);
    t = Math.fma(t, s, T1);
    t = Math.fma(t, s, T0);
    return Math.fma(a * s, t, a);
  }
}
