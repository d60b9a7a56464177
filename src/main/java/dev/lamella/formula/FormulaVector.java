package dev.lamella.formula;

import jdk.incubator.vector.FloatVector;

/** The vector form of a {@link Formula}: a class without state. */
abstract class FormulaVector {

  /** Returns f(x). */
  abstract FloatVector value(FloatVector x);

  /** Returns d f', where a is f's output or input. */
  abstract FloatVector derivative(FloatVector a, FloatVector d);
}
