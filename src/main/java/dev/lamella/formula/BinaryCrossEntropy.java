package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/**
 * The cross-entropy of independent yes-or-no questions from logits: log(1 + exp(o)) - t o, without
 * overflow; the derivative is sigmoid(o) - t.
 */
public final class BinaryCrossEntropy extends LossFormula {

  @Override
  public float value(float o, float t, float limit) {
    // max(o, 0) - t o first: exactly 0 where the answer is sure and right, so that the loss is as
    // exact as its logarithm.
    float factor = o > 0f ? 1f - t : -t;
    return Math.fma(factor, o, Log.log1p(Exp.exp(-Math.abs(o))));
  }

  @Override
  public float derivative(float o, float t, float limit) {
    return Sigmoid.sigmoid(o) - t;
  }

  static final class Vector extends LossFormulaVector {

    @Override
    FloatVector value(FloatVector o, FloatVector t, float limit) {
      FloatVector minus = t.neg(); // before the exponential: after it the compiler inlines no more
      FloatVector factor = minus.blend(minus.add(1f), o.compare(GT, 0f));
      return factor.fma(o, Log.Vector.log1p(Exp.Vector.expMinusAbs(o)));
    }

    @Override
    FloatVector derivative(FloatVector o, FloatVector t, float limit) {
      return Sigmoid.Vector.sigmoid(o).sub(t);
    }
  }
}
