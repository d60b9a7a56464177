package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The square near 0 and the absolute value far from it: with d = o - t, d²/2 for |d| <= limit, else
 * limit (|d| - limit/2); Huber 1964.
 */
public final class Huber extends LossFormula {

  @Override
  public float value(float o, float t, float limit) {
    float d = o - t;
    float magnitude = Math.abs(d);
    float far = limit * Math.fma(limit, -0.5f, magnitude);
    return magnitude > limit ? far : 0.5f * d * d;
  }

  @Override
  public float derivative(float o, float t, float limit) {
    float d = o - t;
    return Math.abs(d) > limit ? limit * sign(d) : d;
  }

  static final class Vector extends LossFormulaVector {

    @Override
    FloatVector value(FloatVector o, FloatVector t, float limit) {
      FloatVector d = o.sub(t);
      FloatVector magnitude = d.abs();
      FloatVector half = broadcast(Lanes.SPECIES, -0.5f);
      FloatVector far = half.fma(broadcast(Lanes.SPECIES, limit), magnitude).mul(limit);
      return d.mul(0.5f).mul(d).blend(far, magnitude.compare(GT, limit));
    }

    @Override
    FloatVector derivative(FloatVector o, FloatVector t, float limit) {
      FloatVector d = o.sub(t);
      return d.blend(sign(d).mul(limit), d.abs().compare(GT, limit));
    }
  }
}
