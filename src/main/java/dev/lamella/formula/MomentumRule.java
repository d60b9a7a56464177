package dev.lamella.formula;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Gradient descent with momentum, as PyTorch's SGD: d = g + weightDecay p; v = momentum v + (1 -
 * dampening) d, without dampening in the first step, whose old v is 0; and d = v or, with
 * Nesterov's rule, d + momentum v; p = p - lr d. Polyak 1964; Nesterov 1983; Sutskever et al. 2013.
 */
public final class MomentumRule extends UpdateRule {

  private final float momentum;
  private final float dampening;
  private final float weightDecay;
  private final boolean nesterov;
  private float lr;
  private float rest; // what the velocity takes of a gradient

  /** Takes the numbers that stay the same. */
  public MomentumRule(float momentum, float dampening, float weightDecay, boolean nesterov) {
    this.momentum = momentum;
    this.dampening = dampening;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
  }

  @Override
  public void start(double lr, long step) {
    this.lr = (float) lr;
    this.rest = step == 1 ? 1f : 1f - dampening;
  }

  @Override
  void step(MemorySegment p, float[] g, MemorySegment[] state, int i) {
    MemorySegment velocity = state[0];
    float old = Memory.get(p, i);
    float d = Math.fma(weightDecay, old, guard(g[i], TINY_GRADIENT));
    float v = guard(Math.fma(momentum, Memory.get(velocity, i), rest * d), TINY_MOMENT);
    Memory.set(velocity, i, v);
    d = nesterov ? Math.fma(momentum, v, d) : v;
    Memory.set(p, i, Math.fma(-lr, d, old));
  }

  /** Two loops, as a branch inside would keep the compiler from seeing vectors. */
  static final class Vector extends UpdateLoopVector {

    @Override
    void run(UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
      Memory.checkNative(p);
      MemorySegment velocity = Memory.checkNative(state[0]);
      MomentumRule r = (MomentumRule) rule;
      FloatVector decay = FloatVector.broadcast(S, r.weightDecay);
      FloatVector step = FloatVector.broadcast(S, -r.lr);
      FloatVector keep = FloatVector.broadcast(S, r.momentum);
      float rest = r.rest;
      if (r.nesterov) {
        for (int i = from; i < to; i += L) {
          FloatVector old = load(p, i);
          FloatVector d = decay.fma(old, guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT));
          FloatVector v = guard(keep.fma(load(velocity, i), d.mul(rest)), TINY_MOMENT);
          store(v, velocity, i);
          store(step.fma(keep.fma(v, d), old), p, i);
        }
        return;
      }
      for (int i = from; i < to; i += L) {
        FloatVector old = load(p, i);
        FloatVector d = decay.fma(old, guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT));
        FloatVector v = guard(keep.fma(load(velocity, i), d.mul(rest)), TINY_MOMENT);
        store(v, velocity, i);
        store(step.fma(v, old), p, i);
      }
    }
  }
}
