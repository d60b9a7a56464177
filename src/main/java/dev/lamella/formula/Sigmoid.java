package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 1 / (1 + exp(-x)), at most 2 ulp off. */
final class Sigmoid extends Formula {

  @Override
  float value(float x) {
    return sigmoid(x);
  }

  @Override
  float derivative(float y, float d) {
    return d * Math.fma(-y, y, y);
  }

  static float sigmoid(float x) {
    // exp(-|x|) cannot overflow, and keeps small results accurate.
    float e = Exp.exp(-Math.abs(x));
    float numerator = x < 0f ? e : 1f;
    float denominator = 1f + e;
    float y = numerator / denominator;
    // What the sum and the quotient lost, divided by 1 + e once more; 1 - e/2 is near enough.
    float lost = e - (denominator - 1f);
    float rest = Math.fma(-y, lost, Math.fma(-y, denominator, numerator));
    return Math.fma(rest, Math.fma(e, -0.5f, 1f), y);
  }

  static final class Vector extends FormulaVector {

    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    @Override
    FloatVector value(FloatVector x) {
      return sigmoid(x);
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.mul(y.neg().fma(y, y));
    }

    static FloatVector sigmoid(FloatVector x) {
      FloatVector e = Exp.Vector.expMinusAbs(x);
      FloatVector numerator = broadcast(S, 1f).blend(e, x.compare(LT, 0f));
      FloatVector denominator = e.add(1f);
      FloatVector y = numerator.div(denominator);
      FloatVector lost = e.sub(denominator.sub(1f));
      FloatVector minus = y.neg();
      FloatVector rest = minus.fma(lost, minus.fma(denominator, numerator));
      return rest.fma(e.fma(broadcast(S, -0.5f), broadcast(S, 1f)), y);
    }
  }
}
