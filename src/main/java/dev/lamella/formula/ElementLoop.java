package dev.lamella.formula;

import dev.lamella.machine.Clones;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Loops over n elements, a multiple of the lanes; called through {@link Clones#outlined}. */
public abstract class ElementLoop {

  public static final int VALUES = 0;
  public static final int DERIVATIVES = 1;

  private static final MethodHandle[] LOOPS =
      Clones.outlined(
          MethodHandles.lookup(),
          ElementLoop.class,
          MethodType.fromMethodDescriptorString("([FI[FII)V", null),
          "values",
          "derivatives");

  /** b = f(a). */
  abstract void values(float[] a, int ao, float[] b, int bo, int n);

  /** b = b f'(a). */
  abstract void derivatives(float[] a, int ao, float[] b, int bo, int n);

  public final void call(int loop, float[] a, int ao, float[] b, int bo, int n) {
    try {
      LOOPS[loop].invokeExact(this, a, ao, b, bo, n);
    } catch (Throwable e) {
      throw Clones.thrown(e);
    }
  }
}
