package dev.lamella.formula;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The template of the loops over a loss's outputs. */
final class LossLoopVector extends LossLoop {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int WIDE = 64;
  private static final LossFormulaVector F =
      Clones.constant(MethodHandles.lookup(), LossFormulaVector.class);

  // Narrow rows go column by column, so that the inner loop is the long one.

  @Override
  void values(LossRows rows, int from, int to, float limit, float scale) {
    float[] out = rows.out;
    float[] target = rows.target;
    float[] delta = rows.delta;
    boolean wide = rows.n > WIDE;
    int vectors = (rows.n + L - 1) / L;
    int outer = wide ? to - from : vectors;
    int inner = wide ? vectors : to - from;
    int step = wide ? L : rows.stride;
    for (int k = 0; k < outer; k++) {
      int at = from * rows.stride + k * (wide ? rows.stride : L);
      for (int i = 0; i < inner; i++) {
        FloatVector o = FloatVector.fromArray(S, out, at + i * step);
        FloatVector t = FloatVector.fromArray(S, target, at + i * step);
        F.value(o, t, limit).intoArray(delta, at + i * step);
      }
    }
  }

  @Override
  void derivatives(LossRows rows, int from, int to, float limit, float scale) {
    float[] out = rows.out;
    float[] target = rows.target;
    float[] delta = rows.delta;
    boolean wide = rows.n > WIDE;
    int vectors = (rows.n + L - 1) / L;
    int outer = wide ? to - from : vectors;
    int inner = wide ? vectors : to - from;
    int step = wide ? L : rows.stride;
    for (int k = 0; k < outer; k++) {
      int at = from * rows.stride + k * (wide ? rows.stride : L);
      for (int i = 0; i < inner; i++) {
        FloatVector o = FloatVector.fromArray(S, out, at + i * step);
        FloatVector t = FloatVector.fromArray(S, target, at + i * step);
        F.derivative(o, t, limit).mul(scale).intoArray(delta, at + i * step);
      }
    }
  }
}
