package dev.lamella.jmh;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lamella.formula.AdamRule;
import dev.lamella.formula.DescentRule;
import dev.lamella.formula.Function;
import dev.lamella.formula.UpdateRule;
import dev.lamella.kernel.Kernels;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * Works on what no user sees. They stand apart from {@link LamellaPeer}, so that an older build
 * that has them elsewhere can still be timed in all that users call.
 */
final class LamellaFormulas {

  private LamellaFormulas() {}

  /** A function of many numbers. */
  static Work elementwise(String function, float[] x) {
    Function f = Function.valueOf(function.toUpperCase(Locale.ROOT));
    Kernels kernels = Kernels.active();
    float[] y = new float[x.length];
    return new Work() {
      @Override
      public void run() {
        kernels.elementwise().apply(f, x, 0, y, 0, x.length);
      }

      @Override
      public float[] result() {
        return y.clone();
      }
    };
  }

  /** A step of an optimizer. */
  static Work optimizer(boolean adam, float[] parameters, float[] gradient) {
    Kernels kernels = Kernels.active();
    int n = parameters.length;
    MemorySegment p = Memory.floats(n);
    MemorySegment[] state =
        adam ? new MemorySegment[] {Memory.floats(n), Memory.floats(n)} : new MemorySegment[0];
    MemorySegment.copy(parameters, 0, p, JAVA_FLOAT, 0, n);
    UpdateRule rule = adam ? new AdamRule(0.9, 0.999, 1e-8, 0, false) : new DescentRule(0);
    rule.start(adam ? 0.001 : 0.1, 10);
    return new Work() {
      @Override
      public void run() {
        kernels.update().update(rule, p, gradient, state, 0, n);
      }

      @Override
      public float[] result() {
        return p.toArray(JAVA_FLOAT);
      }
    };
  }
}
