package dev.lamella.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Loops over the outputs of the rows [from, to); called through {@link Clones#outlined}. */
abstract class LossLoop {

  static final int VALUES = 0;
  static final int DERIVATIVES = 1;

  private static final MethodHandle[] LOOPS =
      Clones.outlined(
          MethodHandles.lookup(),
          LossLoop.class,
          MethodType.methodType(
              void.class, LossRows.class, int.class, int.class, float.class, float.class),
          "values",
          "derivatives");

  /** delta = f(out, target), for whole vectors: the padding becomes anything. */
  abstract void values(LossRows rows, int from, int to, float limit, float scale);

  /** delta = scale f'(out, target), likewise. */
  abstract void derivatives(LossRows rows, int from, int to, float limit, float scale);

  final void call(int loop, LossRows rows, int from, int to, float limit, float scale) {
    try {
      LOOPS[loop].invokeExact(this, rows, from, to, limit, scale);
    } catch (Throwable e) {
      throw Clones.thrown(e);
    }
  }
}
