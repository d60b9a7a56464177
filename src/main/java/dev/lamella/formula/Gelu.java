package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * x Φ(x), Φ the normal distribution, not an approximation of it; Hendrycks and Gimpel 2016. NaN at
 * -infinity, as PyTorch.
 *
 * <p>With t = |x|, Φ(-t) = exp(-t²/2) u p(t u), u = 1 / (t + K), K = 2.75: a change of variable as
 * Shepherd and Laframboise 1981 use for the scaled complementary error function. p is of degree 9
 * by Remez's exchange for t from 0 to 14.5 (where t Φ(-t) leaves the floats), with p(0) = K/2 so
 * that Φ(0) is exact, its float coefficients adjusted by a search over their last bits; relative
 * error below 2.2e-8 (2⁻²⁵·⁴). The rounding of t² is made good by the remainder of the square, so
 * that the far tail has a small relative error as well. Φ and its density share the one
 * exponential.
 */
final class Gelu extends Formula {

  private static final float K = 2.75f;

  private static final float P0 = 0x1.6p+0f;
  private static final float P1 = -0x1.a45a00p+0f;
  private static final float P2 = 0x1.148962p-1f;
  private static final float P3 = 0x1.455232p-2f;
  private static final float P4 = -0x1.91b2bcp-4f;
  private static final float P5 = -0x1.8dcadcp-4f;
  private static final float P6 = -0x1.343720p-4f;
  private static final float P7 = 0x1.af23dep-5f;
  private static final float P8 = 0x1.03a802p-4f;
  private static final float P9 = -0x1.331c58p-5f;

  /** Beyond, exp(-t²/2) is 0; keeps infinities out of the sums. */
  private static final float T_MAX = 15f;

  /** 1 / √(2π), the density at 0. */
  private static final float DENSITY = 0x1.988454p-2f;

  @Override
  float value(float x) {
    float t = limited(x);
    float tail = bell(t) * ratio(t);
    return x * (x > 0f ? 1f - tail : tail);
  }

  /** Returns d (Φ(x) + x φ(x)). */
  @Override
  float derivative(float x, float d) {
    float t = limited(x);
    float bell = bell(t);
    float left = Math.fma(bell, -(t * DENSITY), bell * ratio(t));
    return d * (x > 0f ? 1f - left : left);
  }

  @Override
  boolean needsInput() {
    return true;
  }

  /** Returns |x|, at most 15. */
  private static float limited(float x) {
    float t = Math.abs(x);
    return t > T_MAX ? T_MAX : t;
  }

  /** Returns exp(-t²/2). */
  private static float bell(float t) {
    float square = t * t;
    float rest = Math.fma(t, t, -square);
    float e = Exp.exp(-0.5f * square);
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

  static final class Vector extends FormulaVector {

    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    @Override
    FloatVector value(FloatVector x) {
      FloatVector t = limited(x);
      FloatVector ratio = ratio(t); // before the exponential: after it the compiler inlines no more
      FloatVector tail = bell(t).mul(ratio);
      return x.mul(tail.blend(broadcast(S, 1f).sub(tail), x.compare(GT, 0f)));
    }

    @Override
    FloatVector derivative(FloatVector x, FloatVector d) {
      FloatVector t = limited(x);
      FloatVector ratio = ratio(t);
      FloatVector bell = bell(t);
      FloatVector left = bell.fma(t.mul(DENSITY).neg(), bell.mul(ratio));
      return d.mul(left.blend(broadcast(S, 1f).sub(left), x.compare(GT, 0f)));
    }

    private static FloatVector limited(FloatVector x) {
      FloatVector t = x.abs();
      return t.blend(T_MAX, t.compare(GT, T_MAX));
    }

    private static FloatVector bell(FloatVector t) {
      FloatVector square = t.mul(t);
      FloatVector rest = t.fma(t, square.neg());
      FloatVector e = Exp.Vector.exp(square.mul(-0.5f));
      return e.fma(rest.mul(-0.5f), e);
    }

    private static FloatVector ratio(FloatVector t) {
      FloatVector u = broadcast(S, 1f).div(t.add(K));
      FloatVector w = t.mul(u);
      FloatVector p = broadcast(S, P9).fma(w, broadcast(S, P8));
      p = p.fma(w, broadcast(S, P7));
      p = p.fma(w, broadcast(S, P6));
      p = p.fma(w, broadcast(S, P5));
      p = p.fma(w, broadcast(S, P4));
      p = p.fma(w, broadcast(S, P3));
      p = p.fma(w, broadcast(S, P2));
      p = p.fma(w, broadcast(S, P1));
      p = p.fma(w, broadcast(S, P0));
      return u.mul(p);
    }
  }
}
