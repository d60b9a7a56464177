package dev.lamella.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The exponential family of {@link ExpScalar}, the same operations for a vector at a time. */
final class ExpVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private ExpVector() {}

  /** Returns exp(x). All in one: calls inside would be one too many where this is inlined late. */
  static FloatVector exp(FloatVector x) {
    FloatVector sum = x.fma(broadcast(S, ExpScalar.LOG2_E), broadcast(S, ExpScalar.ROUND_TWICE));
    FloatVector n = sum.sub(ExpScalar.ROUND_TWICE);
    FloatVector r = n.fma(broadcast(S, -ExpScalar.LN2_HI), x);
    r = n.fma(broadcast(S, -ExpScalar.LN2_LO), r);
    FloatVector p = broadcast(S, ExpScalar.Q5).fma(r, broadcast(S, ExpScalar.Q4));
    p = p.fma(r, broadcast(S, ExpScalar.Q3));
    p = p.fma(r, broadcast(S, ExpScalar.Q2));
    p = p.fma(r, broadcast(S, ExpScalar.Q1));
    p = p.fma(r, broadcast(S, ExpScalar.Q0));
    p = p.fma(r, broadcast(S, 1f)).fma(r, broadcast(S, 1f));
    IntVector bits = sum.reinterpretAsInts();
    IntVector half = bits.lanewise(ASHR, 1);
    FloatVector y = p.mul(half.lanewise(LSHL, ExpScalar.FRACTION).reinterpretAsFloats());
    y = y.mul(bits.sub(half).lanewise(LSHL, ExpScalar.FRACTION).reinterpretAsFloats());
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, ExpScalar.EXP_MAX));
    return y.blend(0f, x.compare(LT, ExpScalar.EXP_MIN));
  }

  /** Returns exp(-|x|). */
  static FloatVector expMinusAbs(FloatVector x) {
    return exp(x.reinterpretAsInts().or(ExpScalar.SIGN).reinterpretAsFloats());
  }

  /** Returns exp(x) - 1 for -18 <= x <= 80, and nonsense elsewhere. */
  private static FloatVector expm1Inside(FloatVector x) {
    FloatVector sum = x.fma(broadcast(S, ExpScalar.LOG2_E), broadcast(S, ExpScalar.ROUND));
    FloatVector n = sum.sub(ExpScalar.ROUND);
    FloatVector r = n.fma(broadcast(S, -ExpScalar.LN2_HI), x);
    r = n.fma(broadcast(S, -ExpScalar.LN2_LO), r);
    FloatVector q = broadcast(S, ExpScalar.Q5).fma(r, broadcast(S, ExpScalar.Q4));
    q = q.fma(r, broadcast(S, ExpScalar.Q3));
    q = q.fma(r, broadcast(S, ExpScalar.Q2));
    q = q.fma(r, broadcast(S, ExpScalar.Q1));
    q = q.fma(r, broadcast(S, ExpScalar.Q0));
    FloatVector p = r.mul(r).fma(q, r);
    IntVector power = sum.reinterpretAsInts().lanewise(LSHL, ExpScalar.FRACTION);
    FloatVector scale = power.reinterpretAsFloats();
    return scale.fma(p, scale.sub(1f));
  }

  /** Returns exp(x) - 1 for x <= 0 or NaN, and nonsense for large x. */
  static FloatVector expm1(FloatVector x) {
    return expm1Inside(x).blend(-1f, x.compare(LT, ExpScalar.EXPM1_MIN));
  }

  /** Returns 1 / (1 + exp(-x)). */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expMinusAbs(x);
    FloatVector numerator = broadcast(S, 1f).blend(e, x.compare(LT, 0f));
    FloatVector denominator = e.add(1f);
    FloatVector y = numerator.div(denominator);
    FloatVector lost = e.sub(denominator.sub(1f));
    FloatVector minus = y.neg();
    FloatVector rest = minus.fma(lost, minus.fma(denominator, numerator));
    return rest.fma(e.fma(broadcast(S, -0.5f), broadcast(S, 1f)), y);
  }

  /** Returns the hyperbolic tangent. */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector u = expm1Inside(a.add(a));
    FloatVector y = u.div(u.add(2f));
    y = y.blend(smallTanh(a), a.compare(LT, ExpScalar.TANH_SMALL));
    y = y.blend(1f, a.compare(GT, ExpScalar.TANH_MAX));
    IntVector sign = x.reinterpretAsInts().and(ExpScalar.SIGN);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** Returns a + a³ t(a²) for a from 0 to 0.55. */
  private static FloatVector smallTanh(FloatVector a) {
    FloatVector s = a.mul(a);
    FloatVector t = broadcast(S, ExpScalar.T4).fma(s, broadcast(S, ExpScalar.T3));
    t = t.fma(s, broadcast(S, ExpScalar.T2));
    t = t.fma(s, broadcast(S, ExpScalar.T1));
    t = t.fma(s, broadcast(S, ExpScalar.T0));
    return a.mul(s).fma(t, a);
  }
}
