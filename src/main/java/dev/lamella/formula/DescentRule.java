package dev.lamella.formula;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Gradient descent: p = p - lr (g + weightDecay p). */
public final class DescentRule extends UpdateRule {

  private final float weightDecay;
  private float lr;

  /** Takes the numbers that stay the same. */
  public DescentRule(float weightDecay) {
    this.weightDecay = weightDecay;
  }

  @Override
  public void start(double lr, long step) {
    this.lr = (float) lr;
  }

  @Override
  void step(MemorySegment p, float[] g, MemorySegment[] state, int i) {
    float old = Memory.get(p, i);
    float d = Math.fma(weightDecay, old, guard(g[i], TINY_GRADIENT));
    Memory.set(p, i, Math.fma(-lr, d, old));
  }

  static final class Vector extends UpdateLoopVector {

    @Override
    void run(UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
      Memory.checkNative(p);
      DescentRule r = (DescentRule) rule;
      FloatVector decay = FloatVector.broadcast(S, r.weightDecay);
      FloatVector step = FloatVector.broadcast(S, -r.lr);
      for (int i = from; i < to; i += L) {
        FloatVector old = load(p, i);
        FloatVector gradient = guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT);
        store(step.fma(decay.fma(old, gradient), old), p, i);
      }
    }
  }
}
