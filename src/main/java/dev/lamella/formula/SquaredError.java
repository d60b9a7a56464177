package dev.lamella.formula;

import jdk.incubator.vector.FloatVector;

/**
 * (o - t)². Its derivative 2 (o - t) is the chain rule's: the family of losses multiplies by it.
 */
public final class SquaredError extends LossFormula {

  @Override
  public float value(float o, float t, float limit) {
    return o - t;
  }

  @Override
  public float derivative(float o, float t, float limit) {
    return o - t;
  }

  @Override
  public boolean squared() {
    return true;
  }

  static final class Vector extends LossFormulaVector {

    @Override
    FloatVector value(FloatVector o, FloatVector t, float limit) {
      return o.sub(t);
    }

    @Override
    FloatVector derivative(FloatVector o, FloatVector t, float limit) {
      return o.sub(t);
    }
  }
}
