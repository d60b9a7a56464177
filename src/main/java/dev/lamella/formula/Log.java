package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The logarithm in float, in a fixed sequence of operations.
 *
 * <p>x = 2ᵏ (1 + f) with 1 + f from √½ to √2, and log x = k ln 2 + log(1 + f). Polynomial: log(1 +
 * f) = f - f²/2 + f³ p(f), p of degree 7 by Remez's exchange with the weight f³ / log(1 + f); with
 * coefficients rounded to float its relative error is below 6.6e-9 (2⁻²⁷). One float is enough for
 * ln 2: it happens to be good to 1.9e-9.
 */
public final class Log {

  private static final float P0 = 0x1.555554p-2f;
  private static final float P1 = -0x1.00021ep-2f;
  private static final float P2 = 0x1.99a03cp-3f;
  private static final float P3 = -0x1.547496p-3f;
  private static final float P4 = 0x1.22d83ap-3f;
  private static final float P5 = -0x1.0d6fbap-3f;
  private static final float P6 = 0x1.055c86p-3f;
  private static final float P7 = -0x1.391d46p-4f;

  private static final float LN2 = 0x1.62e430p-1f;

  /** The bits of √½, where the fractions begin. */
  private static final int ROOT_HALF = 0x3f3504f3;

  /** √2 - 1: the largest f. */
  private static final float MAX_F = 0x1.a8279ap-2f;

  /** What makes a subnormal number normal, and its logarithm to base 2. */
  private static final float RAISE = 0x1p23f;

  private static final int RAISE_LOG2 = 23;

  private Log() {}

  /** Returns k ln 2 + log(1 + f) for f from √½ - 1 to √2 - 1. */
  private static float combine(float k, float f) {
    float p = Math.fma(P7, f, P6);
    p = Math.fma(p, f, P5);
    p = Math.fma(p, f, P4);
    p = Math.fma(p, f, P3);
    p = Math.fma(p, f, P2);
    p = Math.fma(p, f, P1);
    p = Math.fma(p, f, P0);
    float y = Math.fma(f * f, Math.fma(p, f, -0.5f), f);
    return Math.fma(k, LN2, y);
  }

  /** Returns the natural logarithm, at most 1 ulp off; -infinity at 0, NaN below. */
  public static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * RAISE : x);
    int k = (bits - ROOT_HALF) >> Exp.FRACTION;
    float f = Float.intBitsToFloat(bits - (k << Exp.FRACTION)) - 1f;
    float y = combine(k - (tiny ? RAISE_LOG2 : 0), f);
    y = x < Float.POSITIVE_INFINITY ? y : x;
    y = x < 0f ? Float.NaN : y;
    return x == 0f ? Float.NEGATIVE_INFINITY : y;
  }

  /** Returns log(1 + e) for e from 0 to 1, at most 1.5 ulp off. */
  static float log1p(float e) {
    boolean above = e > MAX_F;
    // (1 + e) / 2 = 1 + (e - 1) / 2
    float f = above ? Math.fma(e, 0.5f, -0.5f) : e;
    return combine(above ? 1f : 0f, f);
  }

  /** The same for a vector at a time. */
  static final class Vector {

    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    private Vector() {}

    private static FloatVector combine(FloatVector k, FloatVector f) {
      FloatVector p = broadcast(S, P7).fma(f, broadcast(S, P6));
      p = p.fma(f, broadcast(S, P5));
      p = p.fma(f, broadcast(S, P4));
      p = p.fma(f, broadcast(S, P3));
      p = p.fma(f, broadcast(S, P2));
      p = p.fma(f, broadcast(S, P1));
      p = p.fma(f, broadcast(S, P0));
      FloatVector y = f.mul(f).fma(p.fma(f, broadcast(S, -0.5f)), f);
      return k.fma(broadcast(S, LN2), y);
    }

    static FloatVector log1p(FloatVector e) {
      VectorMask<Float> above = e.compare(GT, MAX_F);
      FloatVector f = e.blend(e.fma(broadcast(S, 0.5f), broadcast(S, -0.5f)), above);
      return combine(broadcast(S, 0f).blend(1f, above), f);
    }
  }
}
