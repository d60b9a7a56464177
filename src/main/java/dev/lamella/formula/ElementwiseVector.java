package dev.lamella.formula;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Activations with the Vector API: whole vectors in copies of a loop, the rest one by one. */
public final class ElementwiseVector extends Elementwise {

  public static final ClassValue<ElementLoop> LOOPS =
      Clones.perFormula(MethodHandles.lookup(), ElementLoop.class, ElementLoopVector.class);

  /** The same, sooner: each function's loop once it was asked for. */
  private static final @Nullable ElementLoop[] KNOWN = new ElementLoop[Function.values().length];

  private final ElementwiseScalar tail = new ElementwiseScalar();

  @Override
  public void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    int done = n - n % Lanes.COUNT;
    // A loop that mostly stands still would not inline what it calls: not without a vector to do.
    if (done > 0) {
      loop(f).call(ElementLoop.VALUES, z, zOffset, y, yOffset, done);
    }
    tail.apply(f, z, zOffset + done, y, yOffset + done, n - done);
  }

  @Override
  public void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n) {
    int done = n - n % Lanes.COUNT;
    if (done > 0) {
      loop(f).call(ElementLoop.DERIVATIVES, zOrY, offset, delta, deltaOffset, done);
    }
    tail.derivative(f, zOrY, offset + done, delta, deltaOffset + done, n - done);
  }

  @SuppressWarnings("EnumOrdinal") // an index that no one stores
  private static ElementLoop loop(Function f) {
    ElementLoop loop = KNOWN[f.ordinal()];
    if (loop == null) {
      loop = LOOPS.get(f.formula.getClass());
      KNOWN[f.ordinal()] = loop;
    }
    return loop;
  }
}
