package dev.lamella.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The logarithm family of {@link LogScalar}, the same operations for a vector at a time. */
final class LogVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private LogVector() {}

  /** Returns k ln 2 + log(1 + f) for f from √½ - 1 to √2 - 1. */
  private static FloatVector combine(FloatVector k, FloatVector f) {
    FloatVector p = broadcast(S, LogScalar.P7).fma(f, broadcast(S, LogScalar.P6));
    p = p.fma(f, broadcast(S, LogScalar.P5));
    p = p.fma(f, broadcast(S, LogScalar.P4));
    p = p.fma(f, broadcast(S, LogScalar.P3));
    p = p.fma(f, broadcast(S, LogScalar.P2));
    p = p.fma(f, broadcast(S, LogScalar.P1));
    p = p.fma(f, broadcast(S, LogScalar.P0));
    FloatVector y = f.mul(f).fma(p.fma(f, broadcast(S, -0.5f)), f);
    return k.fma(broadcast(S, LogScalar.LN2), y);
  }

  /** Returns the natural logarithm; -infinity at 0, NaN below. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(LogScalar.RAISE), tiny).reinterpretAsInts();
    IntVector k = bits.sub(LogScalar.ROOT_HALF).lanewise(ASHR, ExpScalar.FRACTION);
    FloatVector fraction = bits.sub(k.lanewise(LSHL, ExpScalar.FRACTION)).reinterpretAsFloats();
    FloatVector power = (FloatVector) k.convert(I2F, 0);
    power = power.blend(power.sub(LogScalar.RAISE_LOG2), tiny);
    FloatVector y = combine(power, fraction.sub(1f));
    y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, x.compare(LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
  }

  /** Returns log(1 + e) for e from 0 to 1. */
  static FloatVector log1p(FloatVector e) {
    VectorMask<Float> above = e.compare(GT, LogScalar.MAX_F);
    FloatVector f = e.blend(e.fma(broadcast(S, 0.5f), broadcast(S, -0.5f)), above);
    return combine(broadcast(S, 0f).blend(1f, above), f);
  }

  /** Returns log(1 - p); -infinity at 1, NaN above. */
  static FloatVector logOneMinus(FloatVector p) {
    FloatVector x = broadcast(S, 1f).sub(p);
    IntVector bits = x.reinterpretAsInts();
    IntVector k = bits.sub(LogScalar.ROOT_HALF).lanewise(ASHR, ExpScalar.FRACTION);
    FloatVector f = bits.sub(k.lanewise(LSHL, ExpScalar.FRACTION)).reinterpretAsFloats().sub(1f);
    f = f.blend(p.neg(), p.abs().compare(LT, LogScalar.MAX_MINUS_F));
    FloatVector y = combine((FloatVector) k.convert(I2F, 0), f);
    y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, x.compare(LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
  }

  /** Returns log(1 + exp(x)). */
  static FloatVector softplus(FloatVector x) {
    return x.blend(0f, x.compare(LT, 0f)).add(log1p(ExpVector.expMinusAbs(x)));
  }
}
