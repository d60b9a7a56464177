package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/** The rectifier max(x, 0); Nair and Hinton 2010. */
final class Relu extends Formula {

  @Override
  float value(float x) {
    // Unlike Math.max in cost, like it in result: NaN stays, -0 becomes +0.
    return x <= 0f ? 0f : x;
  }

  @Override
  float derivative(float y, float d) {
    return y <= 0f ? 0f : d;
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x.blend(0f, x.compare(LE, 0f));
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.blend(0f, y.compare(LE, 0f));
    }
  }
}
