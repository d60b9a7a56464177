package dev.lamella.formula;

import jdk.incubator.vector.FloatVector;

/** x sigmoid(x); Elfwing, Uchibe and Doya 2018. */
final class Silu extends Formula {

  @Override
  float value(float x) {
    return x * Sigmoid.sigmoid(x);
  }

  @Override
  float derivative(float x, float d) {
    float s = Sigmoid.sigmoid(x);
    return d * Math.fma(x, Math.fma(-s, s, s), s);
  }

  @Override
  boolean needsInput() {
    return true;
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x.mul(Sigmoid.Vector.sigmoid(x));
    }

    @Override
    FloatVector derivative(FloatVector x, FloatVector d) {
      FloatVector s = Sigmoid.Vector.sigmoid(x);
      return d.mul(x.fma(s.neg().fma(s, s), s));
    }
  }
}
