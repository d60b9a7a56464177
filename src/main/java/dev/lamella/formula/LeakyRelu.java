package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** The leaky rectifier: x for x > 0, else 0.01 x; Maas, Hannun and Ng 2013. */
final class LeakyRelu extends Formula {

  private static final float LEAK = 0.01f;

  @Override
  float value(float x) {
    return x < 0f ? x * LEAK : x;
  }

  @Override
  float derivative(float y, float d) {
    return y <= 0f ? d * LEAK : d;
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      return x.blend(x.mul(LEAK), x.compare(LT, 0f));
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.blend(d.mul(LEAK), y.compare(LE, 0f));
    }
  }
}
