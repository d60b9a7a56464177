package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Optimizer steps with the Vector API: one loop a rule, the rest by the scalar kernel. No loop
 * calls another method with a vector; see {@link Apart}.
 */
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

  private static void plain(
      MemorySegment p, float[] g, int from, int to, float lr, float weightDecay) {
    FloatVector decay = FloatVector.broadcast(S, weightDecay);
    FloatVector step = FloatVector.broadcast(S, -lr);
    for (int i = from; i < to; i += L) {
      long at = (long) i * Float.BYTES;
      FloatVector old = FloatVector.fromMemorySegment(S, p, at, ORDER);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      gradient = gradient.blend(0f, gradient.abs().compare(LT, TINY_GRADIENT));
      FloatVector d = decay.fma(old, gradient);
      step.fma(d, old).intoMemorySegment(p, at, ORDER);
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
      long at = (long) i * Float.BYTES;
      FloatVector old = FloatVector.fromMemorySegment(S, p, at, ORDER);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      gradient = gradient.blend(0f, gradient.abs().compare(LT, TINY_GRADIENT));
      FloatVector d = decay.fma(old, gradient);
      FloatVector v = d.blend(0f, d.abs().compare(LT, TINY_MOMENT));
      v.intoMemorySegment(velocity, at, ORDER);
      if (nesterov) {
        step.fma(v.fma(FloatVector.broadcast(S, momentum), d), old).intoMemorySegment(p, at, ORDER);
      } else {
        step.fma(v, old).intoMemorySegment(p, at, ORDER);
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
      long at = (long) i * Float.BYTES;
      FloatVector old = FloatVector.fromMemorySegment(S, p, at, ORDER);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      gradient = gradient.blend(0f, gradient.abs().compare(LT, TINY_GRADIENT));
      FloatVector d = decay.fma(old, gradient);
      FloatVector v = keep.fma(FloatVector.fromMemorySegment(S, velocity, at, ORDER), d.mul(rest));
      v = v.blend(0f, v.abs().compare(LT, TINY_MOMENT));
      v.intoMemorySegment(velocity, at, ORDER);
      step.fma(v, old).intoMemorySegment(p, at, ORDER);
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
      long at = (long) i * Float.BYTES;
      FloatVector old = FloatVector.fromMemorySegment(S, p, at, ORDER);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      gradient = gradient.blend(0f, gradient.abs().compare(LT, TINY_GRADIENT));
      FloatVector d = decay.fma(old, gradient);
      FloatVector v = keep.fma(FloatVector.fromMemorySegment(S, velocity, at, ORDER), d.mul(rest));
      v = v.blend(0f, v.abs().compare(LT, TINY_MOMENT));
      v.intoMemorySegment(velocity, at, ORDER);
      step.fma(keep.fma(v, d), old).intoMemorySegment(p, at, ORDER);
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
      long at = (long) i * Float.BYTES;
      FloatVector old = FloatVector.fromMemorySegment(S, p, at, ORDER);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      gradient = gradient.blend(0f, gradient.abs().compare(LT, TINY_GRADIENT));
      FloatVector d = l2.fma(old, gradient);
      FloatVector mean = FloatVector.fromMemorySegment(S, m, at, ORDER);
      mean = rest1.fma(d.sub(mean), mean);
      mean = mean.blend(0f, mean.abs().compare(LT, TINY_MOMENT));
      FloatVector square =
          d.mul(rest2).fma(d, FloatVector.fromMemorySegment(S, v, at, ORDER).mul(beta2));
      square = square.blend(0f, square.compare(LT, TINY_SQUARE));
      mean.intoMemorySegment(m, at, ORDER);
      square.intoMemorySegment(v, at, ORDER);
      FloatVector step = mean.div(square.sqrt().fma(scale, eps));
      stepSize.fma(step, old.mul(decoupled)).intoMemorySegment(p, at, ORDER);
    }
  }
}
