package dev.lamella.formula;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;

/** λ x for x > 0, else λ α (exp(x) - 1); Klambauer, Unterthiner, Mayr and Hochreiter 2017. */
final class Selu extends Formula {

  /** λ, the slope on the positive side. */
  private static final float SCALE = 1.050701f;

  /** λ α. */
  private static final float LIMIT = 1.7580993f;

  @Override
  float value(float x) {
    return x < 0f ? Exp.expm1(x) * LIMIT : x * SCALE;
  }

  @Override
  float derivative(float y, float d) {
    return d * (y <= 0f ? y + LIMIT : SCALE); // λ α exp(x) = y + λ α
  }

  static final class Vector extends FormulaVector {

    @Override
    FloatVector value(FloatVector x) {
      FloatVector left = Exp.Vector.expm1(x).mul(LIMIT);
      return x.mul(SCALE).blend(left, x.compare(LT, 0f));
    }

    @Override
    FloatVector derivative(FloatVector y, FloatVector d) {
      return d.mul(broadcast(Lanes.SPECIES, SCALE).blend(y.add(LIMIT), y.compare(LE, 0f)));
    }
  }
}
