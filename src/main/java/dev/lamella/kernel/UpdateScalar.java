package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;

/** The reference: one parameter after the other. */
final class UpdateScalar extends Update {

  @Override
  public void update(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
    MemorySegment a = state.length > 0 ? state[0] : p;
    MemorySegment b = state.length > 1 ? state[1] : p;
    for (int i = from; i < to; i++) {
      rule.step(p, g, a, b, i);
    }
  }
}
