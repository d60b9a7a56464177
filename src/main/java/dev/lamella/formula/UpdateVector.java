package dev.lamella.formula;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** Optimizer steps with the Vector API: whole vectors in the rule's loop, the rest one by one. */
public final class UpdateVector extends Update {

  private static final ClassValue<UpdateLoopVector> LOOPS =
      Clones.vectorForms(MethodHandles.lookup(), UpdateLoopVector.class);

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
