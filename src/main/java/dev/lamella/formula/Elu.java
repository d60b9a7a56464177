package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** x for x > 0, else exp(x) - 1; Clevert, Unterthiner and Hochreiter 2015. */
final class Elu extends Formula {

  @Override
  float value(float x) {
    return x < 0f ? Exp.expm1(x) : x;
  }

  @Override
  float derivative(float y, float d) {
    return y <= 0f ? Math.fma(d, y, d) : d; // exp(x) = y + 1
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x.blend(Exp.Vector.expm1(x), x.compare(LT, 0f));
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.blend(d.fma(y, d), y.compare(LE, 0f));
    }
  }
}
