package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Gradient descent with momentum, as PyTorch's SGD: d = g + weightDecay p; v = momentum v + (1 -
 * dampening) d, or v = d in the first step, and d = v or, with Nesterov's rule, d + momentum v; p =
 * p - lr d. Polyak 1964; Nesterov 1983; Sutskever et al. 2013.
 */
public final class MomentumRule extends UpdateRule {

  private final float momentum;
  private final float rest;
  private final float weightDecay;
  private final boolean nesterov;
  private float lr;
  private boolean first;

  /** Takes the numbers that stay the same. */
  public MomentumRule(float momentum, float dampening, float weightDecay, boolean nesterov) {
    this.momentum = momentum;
    this.rest = 1f - dampening;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
  }

  @Override
  public void start(double lr, long step) {
    this.lr = (float) lr;
    this.first = step == 1;
  }

  @Override
  void step(MemorySegment p, float[] g, MemorySegment[] state, int i) {
    MemorySegment velocity = state[0];
    float old = Memory.get(p, i);
    float d = Math.fma(weightDecay, old, guard(g[i], TINY_GRADIENT));
    float v = first ? d : Math.fma(momentum, Memory.get(velocity, i), rest * d);
    v = guard(v, TINY_MOMENT);
    Memory.set(velocity, i, v);
    d = nesterov ? Math.fma(momentum, v, d) : v;
    Memory.set(p, i, Math.fma(-lr, d, old));
  }

  /** Branches would keep the compiler from seeing vectors: it computes both, and blends. */
  static final class Vector extends UpdateLoopVector {

    @Override
    void run(UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
      Memory.checkNative(p);
      MemorySegment velocity = Memory.checkNative(state[0]);
      MomentumRule r = (MomentumRule) rule;
      FloatVector decay = FloatVector.broadcast(S, r.weightDecay);
      FloatVector step = FloatVector.broadcast(S, -r.lr);
      FloatVector keep = FloatVector.broadcast(S, r.momentum);
      FloatVector first = FloatVector.broadcast(S, r.first ? 1f : 0f);
      FloatVector nesterov = FloatVector.broadcast(S, r.nesterov ? 1f : 0f);
      float rest = r.rest;
      for (int i = from; i < to; i += L) {
        FloatVector old = load(p, i);
        FloatVector d = decay.fma(old, guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT));
        FloatVector v = keep.fma(load(velocity, i), d.mul(rest));
        v = guard(v.blend(d, first.compare(GT, 0f)), TINY_MOMENT);
        store(v, velocity, i);
        d = v.blend(keep.fma(v, d), nesterov.compare(GT, 0f));
        store(step.fma(d, old), p, i);
      }
    }
  }
}
