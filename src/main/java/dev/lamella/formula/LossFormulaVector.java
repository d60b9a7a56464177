package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** The vector form of a {@link LossFormula}: a class without state. */
abstract class LossFormulaVector {

  /** Returns the losses, or their roots. */
  abstract FloatVector value(FloatVector o, FloatVector t, float limit);

  /** Returns the derivatives by o. */
  abstract FloatVector derivative(FloatVector o, FloatVector t, float limit);

  static FloatVector sign(FloatVector d) {
    return d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
  }
}
