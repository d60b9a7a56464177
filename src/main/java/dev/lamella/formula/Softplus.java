package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** log(1 + exp(x)), at most 2 ulp off; Dugas, Bengio, Bélisle, Nadeau and Garcia 2001. */
final class Softplus extends Formula {

  @Override
  float value(float x) {
    return (x < 0f ? 0f : x) + Log.log1p(Exp.exp(-Math.abs(x)));
  }

  @Override
  float derivative(float y, float d) {
    return d * -Exp.expm1(-y); // sigmoid(x) = 1 - exp(-y)
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x.blend(0f, x.compare(LT, 0f)).add(Log.Vector.log1p(Exp.Vector.expMinusAbs(x)));
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.mul(Exp.Vector.expm1(y.neg()).neg());
    }
  }
}
