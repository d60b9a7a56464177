package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The reference: one parameter after the other. */
final class UpdateScalar extends Update {

  @Override
  public void sgd(
      MemorySegment p,
      float[] g,
      @Nullable MemorySegment velocity,
      int from,
      int to,
      float lr,
      float momentum,
      float dampening,
      float weightDecay,
      boolean nesterov,
      boolean first) {
    float rest = 1f - dampening;
    for (int i = from; i < to; i++) {
      float old = Memory.get(p, i);
      float d = Math.fma(weightDecay, old, guard(g[i], TINY_GRADIENT));
      if (velocity != null) {
        float v = first ? d : Math.fma(momentum, Memory.get(velocity, i), rest * d);
        v = guard(v, TINY_MOMENT);
        Memory.set(velocity, i, v);
        d = nesterov ? Math.fma(momentum, v, d) : v;
      }
      Memory.set(p, i, Math.fma(-lr, d, old));
    }
  }

  @Override
  public void adam(
      MemorySegment p,
      float[] g,
      MemorySegment m,
      MemorySegment v,
      int from,
      int to,
      AdamNumbers numbers) {
    float scale = 1f / numbers.sqrtBias2();
    for (int i = from; i < to; i++) {
      float old = Memory.get(p, i);
      float d = Math.fma(numbers.l2(), old, guard(g[i], TINY_GRADIENT));
      float mean = Memory.get(m, i);
      mean = guard(Math.fma(numbers.rest1(), d - mean, mean), TINY_MOMENT);
      float square = Math.fma(numbers.rest2() * d, d, numbers.beta2() * Memory.get(v, i));
      square = square < TINY_SQUARE ? 0f : square;
      Memory.set(m, i, mean);
      Memory.set(v, i, square);
      // The square root in double, rounded, is the square root in float.
      float denominator = Math.fma((float) Math.sqrt(square), scale, numbers.eps());
      float step = mean / denominator;
      Memory.set(p, i, Math.fma(-numbers.stepSize(), step, old * numbers.decoupled()));
    }
  }

  /** Returns x, or 0 where it is too small to matter. */
  private static float guard(float x, float tiny) {
    return Math.abs(x) < tiny ? 0f : x;
  }
}
