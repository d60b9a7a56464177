package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.formula.AdamRule;
import dev.lamella.formula.DescentRule;
import dev.lamella.formula.MomentumRule;
import dev.lamella.formula.Update;
import dev.lamella.formula.UpdateRule;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Update}. */
@Tag("kernels")
class UpdateTest {

  private static final Update ACTIVE = Kernels.active().update();
  private static final Update SCALAR = Kernels.scalar().update();

  private static final int STEPS = 30;

  @Property
  void sgdGivesTheReferencesBits(
      @ForAll @IntRange(max = 90) int to,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @FloatRange(min = 0, max = 1) float momentum,
      @ForAll boolean withVelocity,
      @ForAll boolean nesterov,
      @ForAll boolean first,
      @ForAll long seed) {
    int end = Math.max(from, to);
    float[] g = Numbers.wild(end + 3, seed);
    MemorySegment[] p = twice(Numbers.ordinary(end + 3, seed + 1));
    MemorySegment[] v = twice(Numbers.wild(end + 3, seed + 2));
    UpdateRule rule = sgd(withVelocity, momentum, 0.1f, 0.01f, nesterov);
    rule.start(0.1f, first ? 1 : 2);
    for (int k = 0; k < 2; k++) {
      (k == 0 ? SCALAR : ACTIVE).update(rule, p[k], g, state(withVelocity, v[k]), from, end);
    }
    assertSame(p, end + 3, "parameters");
    assertSame(v, end + 3, "velocity");
  }

  @Property
  void adamGivesTheReferencesBits(
      @ForAll @IntRange(max = 90) int to,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(min = 1, max = 2000) int step,
      @ForAll boolean decoupled,
      @ForAll long seed) {
    int end = Math.max(from, to);
    float[] g = Numbers.wild(end + 3, seed);
    MemorySegment[] p = twice(Numbers.ordinary(end + 3, seed + 1));
    MemorySegment[] m = twice(Numbers.wild(end + 3, seed + 2));
    MemorySegment[] v = twice(Numbers.probabilities(end + 3, seed + 3));
    UpdateRule rule = new AdamRule(0.9, 0.999, 1e-8, 0.01, decoupled);
    rule.start(1e-3, step);
    for (int k = 0; k < 2; k++) {
      MemorySegment[] state = {m[k], v[k]};
      (k == 0 ? SCALAR : ACTIVE).update(rule, p[k], g, state, from, end);
    }
    assertSame(p, end + 3, "parameters");
    assertSame(m, end + 3, "first moments");
    assertSame(v, end + 3, "second moments");
  }

  private static UpdateRule sgd(
      boolean withVelocity, float momentum, float dampening, float decay, boolean nesterov) {
    return withVelocity
        ? new MomentumRule(momentum, dampening, decay, nesterov)
        : new DescentRule(decay);
  }

  private static MemorySegment[] state(boolean withVelocity, MemorySegment velocity) {
    return withVelocity ? new MemorySegment[] {velocity} : new MemorySegment[0];
  }

  private static MemorySegment[] twice(float[] values) {
    return new MemorySegment[] {Numbers.offHeap(values), Numbers.offHeap(values)};
  }

  private static void assertSame(MemorySegment[] both, int n, String what) {
    Numbers.assertSameBits(Numbers.onHeap(both[0], n), Numbers.onHeap(both[1], n), what);
  }

  /** PyTorch's documented SGD in double, beside ours, over some steps. */
  @Property(tries = 100)
  void sgdIsPyTorchs(
      @ForAll boolean withVelocity,
      @ForAll boolean nesterov,
      @ForAll @FloatRange(min = 0, max = 0.5f) float dampening,
      @ForAll @FloatRange(min = 0, max = 0.1f) float decay,
      @ForAll long seed) {
    int n = 37;
    float lr = 0.05f;
    float mu = 0.9f;
    float[] start = Numbers.ordinary(n, seed);
    MemorySegment p = Numbers.offHeap(start);
    MemorySegment[] velocity = state(withVelocity, Memory.floats(n));
    UpdateRule rule = sgd(withVelocity, mu, dampening, decay, nesterov);
    double[] w = new double[n];
    double[] buffer = new double[n];
    double[] size = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = start[i];
      size[i] = Math.abs(start[i]);
    }
    for (int step = 0; step < STEPS; step++) {
      float[] g = Numbers.ordinary(n, seed + step);
      rule.start(lr, step + 1);
      ACTIVE.update(rule, p, g, velocity, 0, n);
      for (int i = 0; i < n; i++) {
        double d = g[i] + decay * w[i];
        if (withVelocity) {
          buffer[i] = step == 0 ? d : mu * buffer[i] + (1 - dampening) * d;
          d = nesterov ? d + mu * buffer[i] : buffer[i];
        }
        w[i] -= lr * d;
        size[i] = Math.max(size[i], Math.abs(w[i]) + Math.abs(buffer[i]));
      }
    }
    for (int i = 0; i < n; i++) {
      assertEquals(w[i], Memory.get(p, i), 4 * STEPS * size[i] * 0x1p-24);
    }
  }

  /** PyTorch's documented Adam and AdamW in double, beside ours, over some steps. */
  @Property(tries = 100)
  void adamIsPyTorchs(
      @ForAll boolean decoupled,
      @ForAll @FloatRange(min = 0, max = 0.1f) float decay,
      @ForAll long seed) {
    int n = 37;
    double lr = 0.01;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double eps = 1e-8;
    float[] start = Numbers.ordinary(n, seed);
    MemorySegment p = Numbers.offHeap(start);
    MemorySegment[] state = {Memory.floats(n), Memory.floats(n)};
    UpdateRule rule = new AdamRule(beta1, beta2, eps, decay, decoupled);
    double[] w = new double[n];
    double[] first = new double[n];
    double[] second = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = start[i];
    }
    for (int step = 1; step <= STEPS; step++) {
      float[] g = Numbers.ordinary(n, seed + step);
      rule.start(lr, step);
      ACTIVE.update(rule, p, g, state, 0, n);
      for (int i = 0; i < n; i++) {
        double d = g[i] + (decoupled ? 0 : decay * w[i]);
        if (decoupled) {
          w[i] *= 1 - lr * decay;
        }
        first[i] = beta1 * first[i] + (1 - beta1) * d;
        second[i] = beta2 * second[i] + (1 - beta2) * d * d;
        double bias1 = 1 - StrictMath.pow(beta1, step);
        double bias2 = Math.sqrt(1 - StrictMath.pow(beta2, step));
        w[i] -= lr / bias1 * first[i] / (Math.sqrt(second[i]) / bias2 + eps);
      }
    }
    for (int i = 0; i < n; i++) {
      // A parameter rounds once a step; a step is at most about lr and its errors a dozen
      // roundings.
      double allowed = STEPS * (Math.abs(start[i]) + STEPS * lr + 12 * lr) * 0x1p-24;
      assertEquals(w[i], Memory.get(p, i), 4 * allowed);
    }
  }

  @Example
  void numbersTooSmallToMatterAreZero() {
    int n = 33;
    float[] g = new float[n];
    MemorySegment p = Memory.floats(n);
    MemorySegment m = Memory.floats(n);
    MemorySegment v = Memory.floats(n);
    for (int i = 0; i < n; i++) {
      g[i] = i % 2 == 0 ? 9.9e-19f : -9.9e-19f;
      Memory.set(m, i, 1.05e-30f);
      Memory.set(v, i, 1.0005e-36f);
    }
    UpdateRule adam = new AdamRule(0.9, 0.999, 1e-8, 0, false);
    adam.start(1e-3, 5);
    ACTIVE.update(adam, p, g, new MemorySegment[] {m, v}, 0, n);
    Numbers.assertSameBits(new float[n], Numbers.onHeap(m, n), "first moments");
    Numbers.assertSameBits(new float[n], Numbers.onHeap(v, n), "second moments");
    for (int i = 0; i < n; i++) {
      assertEquals(0f, Memory.get(p, i) + 0f);
      Memory.set(m, i, -1.05e-30f);
    }
    UpdateRule momentum = new MomentumRule(0.9f, 0f, 0f, false);
    momentum.start(0.1f, 2);
    ACTIVE.update(momentum, p, g, new MemorySegment[] {m}, 0, n);
    Numbers.assertSameBits(new float[n], Numbers.onHeap(m, n), "velocity");
  }

  @Example
  void paddingStaysZero() {
    int n = 48;
    MemorySegment p = Memory.floats(n);
    MemorySegment m = Memory.floats(n);
    MemorySegment v = Memory.floats(n);
    UpdateRule adam = new AdamRule(0.9, 0.999, 1e-8, 0.1, true);
    UpdateRule nesterov = new MomentumRule(0.9f, 0f, 0.1f, true);
    for (int step = 1; step < 4; step++) {
      adam.start(1e-3, step);
      nesterov.start(0.1f, step);
      ACTIVE.update(adam, p, new float[n], new MemorySegment[] {m, v}, 0, n);
      ACTIVE.update(nesterov, p, new float[n], new MemorySegment[] {m}, 0, n);
    }
    for (float x : Numbers.onHeap(p, n)) {
      assertEquals(0f, x + 0f);
    }
  }
}
