package dev.lamella.formula;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The template of {@link ElementwiseVector}'s loops. */
final class ElementLoopVector extends ElementLoop {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FormulaVector F =
      Clones.constant(MethodHandles.lookup(), FormulaVector.class);

  @Override
  void values(float[] a, int ao, float[] b, int bo, int n) {
    for (int i = 0; i < n; i += L) {
      F.value(FloatVector.fromArray(S, a, ao + i)).intoArray(b, bo + i);
    }
  }

  @Override
  void derivatives(float[] a, int ao, float[] b, int bo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector d = FloatVector.fromArray(S, b, bo + i);
      F.derivative(FloatVector.fromArray(S, a, ao + i), d).intoArray(b, bo + i);
    }
  }
}
