package dev.lamella.formula;

import dev.lamella.machine.Clones;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Loops over the outputs of the rows [from, to); called through {@link Clones#outlined}. */
public abstract class LossLoop {

  public static final int VALUES = 0;
  public static final int DERIVATIVES = 1;

  private static final MethodHandle[] LOOPS =
      Clones.outlined(
          MethodHandles.lookup(),
          LossLoop.class,
          MethodType.methodType(
              void.class, LossRows.class, int.class, int.class, float.class, float.class),
          "values",
          "derivatives");

  private static final ClassValue<LossLoop> OF =
      Clones.perFormula(MethodHandles.lookup(), LossLoop.class, LossLoopVector.class);

  /** Returns the loops of a loss. */
  public static LossLoop of(ElementLoss loss) {
    return OF.get(loss.formula.getClass());
  }

  /** delta = f(out, target), for whole vectors: the padding becomes anything. */
  abstract void values(LossRows rows, int from, int to, float limit, float scale);

  /** delta = scale f'(out, target), likewise. */
  abstract void derivatives(LossRows rows, int from, int to, float limit, float scale);

  public final void call(int loop, LossRows rows, int from, int to, float limit, float scale) {
    try {
      LOOPS[loop].invokeExact(this, rows, from, to, limit, scale);
    } catch (Throwable e) {
      throw Clones.thrown(e);
    }
  }
}
