package dev.lamella.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The normal distribution of {@link NormalScalar}, the same operations for a vector at a time. */
final class NormalVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private NormalVector() {}

  /** Returns |x|, at most 15. */
  private static FloatVector limited(FloatVector x) {
    FloatVector t = x.abs();
    return t.blend(NormalScalar.T_MAX, t.compare(GT, NormalScalar.T_MAX));
  }

  /** Returns exp(-t²/2). */
  private static FloatVector bell(FloatVector t) {
    FloatVector square = t.mul(t);
    FloatVector rest = t.fma(t, square.neg());
    FloatVector e = ExpVector.exp(square.mul(-0.5f));
    return e.fma(rest.mul(-0.5f), e);
  }

  /** Returns Φ(-t) / exp(-t²/2). */
  private static FloatVector ratio(FloatVector t) {
    FloatVector u = broadcast(S, 1f).div(t.add(NormalScalar.K));
    FloatVector w = t.mul(u);
    FloatVector p = broadcast(S, NormalScalar.P9).fma(w, broadcast(S, NormalScalar.P8));
    p = p.fma(w, broadcast(S, NormalScalar.P7));
    p = p.fma(w, broadcast(S, NormalScalar.P6));
    p = p.fma(w, broadcast(S, NormalScalar.P5));
    p = p.fma(w, broadcast(S, NormalScalar.P4));
    p = p.fma(w, broadcast(S, NormalScalar.P3));
    p = p.fma(w, broadcast(S, NormalScalar.P2));
    p = p.fma(w, broadcast(S, NormalScalar.P1));
    p = p.fma(w, broadcast(S, NormalScalar.P0));
    return u.mul(p);
  }

  /** Returns x Φ(x). */
  static FloatVector gelu(FloatVector x) {
    FloatVector t = limited(x);
    FloatVector ratio = ratio(t); // before the exponential: after it the compiler inlines no more
    FloatVector tail = bell(t).mul(ratio);
    return x.mul(tail.blend(broadcast(S, 1f).sub(tail), x.compare(GT, 0f)));
  }

  /** Returns the derivative of x Φ(x). */
  static FloatVector geluDerivative(FloatVector x) {
    FloatVector t = limited(x);
    FloatVector ratio = ratio(t);
    FloatVector bell = bell(t);
    FloatVector left = bell.fma(t.mul(NormalScalar.DENSITY).neg(), bell.mul(ratio));
    return left.blend(broadcast(S, 1f).sub(left), x.compare(GT, 0f));
  }
}
