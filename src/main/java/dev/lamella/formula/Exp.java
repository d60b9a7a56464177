package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential function in float, and exp(x) - 1, in a fixed sequence of additions,
 * multiplications and fused multiply-adds.
 *
 * <p>Reduction (Cody and Waite 1980): n = round(x log2 e), r = x - n ln 2 with ln 2 in two parts,
 * |r| <= ln 2 / 2. Rounding is the addition of 1.5 · 2²³, after which n stands in the low bits of
 * the sum; the constant also carries the exponent's bias, so that a shift makes 2ⁿ of it. The first
 * product is exact: x and n ln2Hi are both multiples of 2⁻²⁴ where n is not 0.
 *
 * <p>Polynomial: exp(r) - 1 = r + r² q(r), q of degree 5 by Remez's exchange with the weight r² /
 * (exp(r) - 1); with coefficients rounded to float its relative error in exp(r) - 1 is below 2.6e-9
 * (2⁻²⁸·⁵).
 */
public final class Exp extends Formula {

  /** The bits of a float's fraction. */
  static final int FRACTION = 23;

  static final int SIGN = 0x80000000;

  private static final float LOG2_E = 0x1.715476p+0f;
  private static final float LN2_HI = 0x1.62e430p-1f;
  private static final float LN2_LO = -0x1.05c610p-29f;

  private static final float Q0 = 0x1.000000p-1f;
  private static final float Q1 = 0x1.555556p-3f;
  private static final float Q2 = 0x1.5554b4p-5f;
  private static final float Q3 = 0x1.111092p-7f;
  private static final float Q4 = 0x1.6d6faap-10f;
  private static final float Q5 = 0x1.a19e00p-13f;

  /** 1.5 · 2²³ + 127: the sum's low bits are n + 127, the exponent of 2ⁿ. */
  private static final float ROUND = 0x1.8p23f + 127;

  /** 1.5 · 2²³ + 254: half of the sum's low bits is the exponent of 2 to the n/2. */
  private static final float ROUND_TWICE = 0x1.8p23f + 254;

  /** Above, exp is infinite: it leaves the floats at 88.73. */
  private static final float MAX = 89f;

  /** Below, exp is 0: it rounds to it from -103.98 on. */
  private static final float MIN = -104f;

  /** Below, exp(x) - 1 is -1: it rounds to it from -17.33 on. */
  private static final float EXPM1_MIN = -18f;

  @Override
  float value(float x) {
    return exp(x);
  }

  @Override
  float derivative(float y, float d) {
    return d * y;
  }

  /** Returns exp(x), at most 1 ulp off. */
  public static float exp(float x) {
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
    y = x > MAX ? Float.POSITIVE_INFINITY : y;
    return x < MIN ? 0f : y;
  }

  /** Returns q(r). */
  private static float q(float r) {
    float q = Math.fma(Q5, r, Q4);
    q = Math.fma(q, r, Q3);
    q = Math.fma(q, r, Q2);
    q = Math.fma(q, r, Q1);
    return Math.fma(q, r, Q0);
  }

  /** Returns exp(x) - 1 for x <= 0 or NaN, at most 1 ulp off, and nonsense for large x. */
  static float expm1(float x) {
    float y = expm1Inside(x);
    return x < EXPM1_MIN ? -1f : y;
  }

  /** Returns exp(x) - 1 for -18 <= x <= 80, at most 1 ulp off, and nonsense elsewhere. */
  static float expm1Inside(float x) {
    float sum = Math.fma(x, LOG2_E, ROUND);
    float n = sum - ROUND;
    float r = Math.fma(n, -LN2_LO, Math.fma(n, -LN2_HI, x));
    float p = Math.fma(r * r, q(r), r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(sum) << FRACTION);
    return Math.fma(power, p, power - 1f);
  }

  /** The same for a vector at a time. */
  static final class Vector extends FormulaVector {

    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    @Override
    FloatVector value(FloatVector x) {
      return exp(x);
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.mul(y);
    }

    /** Returns exp(x). All in one: calls inside would be one too many where it inlines late. */
    static FloatVector exp(FloatVector x) {
      FloatVector sum = x.fma(broadcast(S, LOG2_E), broadcast(S, ROUND_TWICE));
      FloatVector n = sum.sub(ROUND_TWICE);
      FloatVector r = n.fma(broadcast(S, -LN2_HI), x);
      r = n.fma(broadcast(S, -LN2_LO), r);
      FloatVector p = broadcast(S, Q5).fma(r, broadcast(S, Q4));
      p = p.fma(r, broadcast(S, Q3));
      p = p.fma(r, broadcast(S, Q2));
      p = p.fma(r, broadcast(S, Q1));
      p = p.fma(r, broadcast(S, Q0));
      p = p.fma(r, broadcast(S, 1f)).fma(r, broadcast(S, 1f));
      IntVector bits = sum.reinterpretAsInts();
      IntVector half = bits.lanewise(ASHR, 1);
      FloatVector y = p.mul(half.lanewise(LSHL, FRACTION).reinterpretAsFloats());
      y = y.mul(bits.sub(half).lanewise(LSHL, FRACTION).reinterpretAsFloats());
      y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, MAX));
      return y.blend(0f, x.compare(LT, MIN));
    }

    /** Returns exp(-|x|). */
    static FloatVector expMinusAbs(FloatVector x) {
      return exp(x.reinterpretAsInts().or(SIGN).reinterpretAsFloats());
    }

    static FloatVector expm1(FloatVector x) {
      return expm1Inside(x).blend(-1f, x.compare(LT, EXPM1_MIN));
    }

    static FloatVector expm1Inside(FloatVector x) {
      FloatVector sum = x.fma(broadcast(S, LOG2_E), broadcast(S, ROUND));
      FloatVector n = sum.sub(ROUND);
      FloatVector r = n.fma(broadcast(S, -LN2_HI), x);
      r = n.fma(broadcast(S, -LN2_LO), r);
      FloatVector q = broadcast(S, Q5).fma(r, broadcast(S, Q4));
      q = q.fma(r, broadcast(S, Q3));
      q = q.fma(r, broadcast(S, Q2));
      q = q.fma(r, broadcast(S, Q1));
      q = q.fma(r, broadcast(S, Q0));
      FloatVector p = r.mul(r).fma(q, r);
      FloatVector scale = sum.reinterpretAsInts().lanewise(LSHL, FRACTION).reinterpretAsFloats();
      return scale.fma(p, scale.sub(1f));
    }
  }
}
