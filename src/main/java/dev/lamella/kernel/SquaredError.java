package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;

/** (o - t)². Its derivative 2 (o - t) is the chain rule's: see {@link Losses#rows}. */
final class SquaredError extends LossFormula {

  @Override
  float value(float o, float t, float limit) {
    return o - t;
  }

  @Override
  float derivative(float o, float t, float limit) {
    return o - t;
  }

  @Override
  boolean squared() {
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
