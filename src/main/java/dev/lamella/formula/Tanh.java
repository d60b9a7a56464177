package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The hyperbolic tangent, at most 2 ulp off.
 *
 * <p>With u = exp(2 |x|) - 1, tanh |x| = u / (u + 2): no cancellation, and errors of u fade as it
 * grows. Near 0 it is a + a³ t(a²), a = |x|, t of degree 4 by Remez's exchange for a up to 0.55;
 * relative error below 2.7e-9.
 */
final class Tanh extends Formula {

  private static final float T0 = -0x1.55554cp-2f;
  private static final float T1 = 0x1.110d5cp-3f;
  private static final float T2 = -0x1.b93050p-5f;
  private static final float T3 = 0x1.5977dep-6f;
  private static final float T4 = -0x1.9c64fep-8f;

  /** Up to here it is a polynomial. */
  private static final float SMALL = 0.55f;

  /** Above, it is 1: it rounds to it from 9.02 on. */
  private static final float MAX = 9.1f;

  @Override
  float value(float x) {
    float a = Math.abs(x);
    float u = Exp.expm1Inside(a + a);
    float y = u / (u + 2f);
    y = a < SMALL ? small(a) : y;
    y = a > MAX ? 1f : y;
    int sign = Float.floatToRawIntBits(x) & Exp.SIGN;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
  }

  /** Returns a + a³ t(a²) for a from 0 to 0.55. */
  private static float small(float a) {
    float s = a * a;
    float t = Math.fma(T4, s, T3);
    t = Math.fma(t, s, T2);
    t = Math.fma(t, s, T1);
    t = Math.fma(t, s, T0);
    return Math.fma(a * s, t, a);
  }

  @Override
  float derivative(float y, float d) {
    return d * Math.fma(-y, y, 1f);
  }

  static final class Vector extends FormulaVector {

    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    @Override
    FloatVector value(FloatVector x) {
      FloatVector a = x.abs();
      FloatVector u = Exp.Vector.expm1Inside(a.add(a));
      FloatVector y = u.div(u.add(2f));
      y = y.blend(small(a), a.compare(LT, SMALL));
      y = y.blend(1f, a.compare(GT, MAX));
      IntVector sign = x.reinterpretAsInts().and(Exp.SIGN);
      return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    private static FloatVector small(FloatVector a) {
      FloatVector s = a.mul(a);
      FloatVector t = broadcast(S, T4).fma(s, broadcast(S, T3));
      t = t.fma(s, broadcast(S, T2));
      t = t.fma(s, broadcast(S, T1));
      t = t.fma(s, broadcast(S, T0));
      return a.mul(s).fma(t, a);
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.mul(y.neg().fma(y, broadcast(S, 1f)));
    }
  }
}
