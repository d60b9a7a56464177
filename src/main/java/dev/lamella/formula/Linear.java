package dev.lamella.formula;

import jdk.incubator.vector.FloatVector;

/** The identity. */
final class Linear extends Formula {

  @Override
  float value(float x) {
    return x;
  }

  @Override
  float derivative(float y, float d) {
    return d;
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x;
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d;
    }
  }
}
