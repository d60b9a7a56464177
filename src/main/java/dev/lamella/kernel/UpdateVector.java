package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Optimizer steps with the Vector API: one loop a rule, the rest by the scalar kernel. */
final class UpdateVector extends Update {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final UpdateScalar tail = new UpdateScalar();

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
    int end = from + S.loopBound(to - from);
    Memory.checkNative(p);
    if (velocity == null) {
      plain(p, g, from, end, lr, weightDecay);
    } else {
      Memory.checkNative(velocity);
      float rest = 1f - dampening;
      if (first) {
        first(p, g, velocity, from, end, lr, momentum, weightDecay, nesterov);
      } else if (nesterov) {
        nesterov(p, g, velocity, from, end, lr, momentum, rest, weightDecay);
      } else {
        momentum(p, g, velocity, from, end, lr, momentum, rest, weightDecay);
      }
    }
    tail.sgd(p, g, velocity, end, to, lr, momentum, dampening, weightDecay, nesterov, first);
  }

  private static FloatVector load(MemorySegment memory, int i) {
    return FloatVector.fromMemorySegment(S, memory, (long) i * Float.BYTES, ORDER);
  }

  private static void store(FloatVector x, MemorySegment memory, int i) {
    x.intoMemorySegment(memory, (long) i * Float.BYTES, ORDER);
  }

  /** Returns x, or 0 where it is too small to matter. */
  private static FloatVector guard(FloatVector x, float tiny) {
    return x.blend(0f, x.abs().compare(LT, tiny));
  }

  /** Returns the gradient with its share of the parameter. */
  private static FloatVector gradient(float[] g, int i, FloatVector p, FloatVector decay) {
    return decay.fma(p, guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT));
  }

  private static void plain(
      MemorySegment p, float[] g, int from, int to, float lr, float weightDecay) {
    FloatVector decay = FloatVector.broadcast(S, weightDecay);
    FloatVector step = FloatVector.broadcast(S, -lr);
    for (int i = from; i < to; i += L) {
      FloatVector old = load(p, i);
      store(step.fma(gradient(g, i, old, decay), old), p, i);
    }
  }

  private static void first(
      MemorySegment p,
      float[] g,
      MemorySegment velocity,
      int from,
      int to,
      float lr,
      float momentum,
      float weightDecay,
      boolean nesterov) {
    FloatVector decay = FloatVector.broadcast(S, weightDecay);
    FloatVector step = FloatVector.broadcast(S, -lr);
    for (int i = from; i < to; i += L) {
      FloatVector old = load(p, i);
      FloatVector d = gradient(g, i, old, decay);
      FloatVector v = guard(d, TINY_MOMENT);
      store(v, velocity, i);
      if (nesterov) {
        store(step.fma(v.fma(FloatVector.broadcast(S, momentum), d), old), p, i);
      } else {
        store(step.fma(v, old), p, i);
      }
    }
  }

  private static void momentum(
      MemorySegment p,
      float[] g,
      MemorySegment velocity,
      int from,
      int to,
      float lr,
      float momentum,
      float rest,
      float weightDecay) {
    FloatVector decay = FloatVector.broadcast(S, weightDecay);
    FloatVector step = FloatVector.broadcast(S, -lr);
    FloatVector keep = FloatVector.broadcast(S, momentum);
    for (int i = from; i < to; i += L) {
      FloatVector old = load(p, i);
      FloatVector d = gradient(g, i, old, decay);
      FloatVector v = guard(keep.fma(load(velocity, i), d.mul(rest)), TINY_MOMENT);
      store(v, velocity, i);
      store(step.fma(v, old), p, i);
    }
  }

  private static void nesterov(
      MemorySegment p,
      float[] g,
      MemorySegment velocity,
      int from,
      int to,
      float lr,
      float momentum,
      float rest,
      float weightDecay) {
    FloatVector decay = FloatVector.broadcast(S, weightDecay);
    FloatVector step = FloatVector.broadcast(S, -lr);
    FloatVector keep = FloatVector.broadcast(S, momentum);
    for (int i = from; i < to; i += L) {
      FloatVector old = load(p, i);
      FloatVector d = gradient(g, i, old, decay);
      FloatVector v = guard(keep.fma(load(velocity, i), d.mul(rest)), TINY_MOMENT);
      store(v, velocity, i);
      store(step.fma(keep.fma(v, d), old), p, i);
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
    int end = from + S.loopBound(to - from);
    adamVectors(
        Memory.checkNative(p), g, Memory.checkNative(m), Memory.checkNative(v), from, end, numbers);
    tail.adam(p, g, m, v, end, to, numbers);
  }

  private static void adamVectors(
      MemorySegment p,
      float[] g,
      MemorySegment m,
      MemorySegment v,
      int from,
      int to,
      AdamNumbers numbers) {
    FloatVector l2 = FloatVector.broadcast(S, numbers.l2());
    FloatVector rest1 = FloatVector.broadcast(S, numbers.rest1());
    float rest2 = numbers.rest2();
    float beta2 = numbers.beta2();
    float decoupled = numbers.decoupled();
    FloatVector scale = FloatVector.broadcast(S, 1f / numbers.sqrtBias2());
    FloatVector eps = FloatVector.broadcast(S, numbers.eps());
    FloatVector stepSize = FloatVector.broadcast(S, -numbers.stepSize());
    for (int i = from; i < to; i += L) {
      FloatVector old = load(p, i);
      FloatVector d = gradient(g, i, old, l2);
      FloatVector mean = load(m, i);
      mean = guard(rest1.fma(d.sub(mean), mean), TINY_MOMENT);
      FloatVector square = d.mul(rest2).fma(d, load(v, i).mul(beta2));
      square = square.blend(0f, square.compare(LT, TINY_SQUARE));
      store(mean, m, i);
      store(square, v, i);
      FloatVector step = mean.div(square.sqrt().fma(scale, eps));
      store(stepSize.fma(step, old.mul(decoupled)), p, i);
    }
  }
}
