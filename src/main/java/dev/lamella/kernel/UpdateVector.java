package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;

/** Optimizer steps with the Vector API: whole vectors in the rule's loop, the rest one by one. */
final class UpdateVector extends Update {

  private static final ClassValue<UpdateLoopVector> LOOPS =
      Clones.vectorForms(UpdateLoopVector.class);

  private final UpdateScalar tail = new UpdateScalar();

  @Override
  public void update(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
    int end = to - (to - from) % Lanes.COUNT;
    if (from < end) {
      LOOPS.get(rule.getClass()).call(rule, p, g, state, from, end);
    }
    tail.update(rule, p, g, state, end, to);
  }
}
