package dev.lamella.formula;

import java.lang.foreign.MemorySegment;

/** The reference: one parameter after the other. */
public final class UpdateScalar extends Update {

  @Override
  public void update(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
    for (int i = from; i < to; i++) {
      rule.step(p, g, state, i);
    }
  }
}
