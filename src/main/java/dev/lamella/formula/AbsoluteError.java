package dev.lamella.formula;

import jdk.incubator.vector.FloatVector;

/** |o - t|; its derivative at 0 is 0. */
public final class AbsoluteError extends LossFormula {

  @Override
  public float value(float o, float t, float limit) {
    return Math.abs(o - t);
  }

  @Override
  public float derivative(float o, float t, float limit) {
    return sign(o - t);
  }

  static final class Vector extends LossFormulaVector {

    @Override
    FloatVector value(FloatVector o, FloatVector t, float limit) {
      return o.sub(t).abs();
    }

    @Override
    FloatVector derivative(FloatVector o, FloatVector t, float limit) {
      return sign(o.sub(t));
    }
  }
}
