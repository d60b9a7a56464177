package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of an {@link UpdateRule}: a class without state. It has the loop itself, as the
 * code of one step is past what HotSpot inlines into a loop once it has compiled it alone. Called
 * through {@link Clones#outlined}.
 */
abstract class UpdateLoopVector {

  static final VectorSpecies<Float> S = Lanes.SPECIES;
  static final int L = Lanes.COUNT;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final MethodHandle[] LOOPS =
      Clones.outlined(
          MethodHandles.lookup(),
          UpdateLoopVector.class,
          MethodType.methodType(
              void.class,
              UpdateRule.class,
              MemorySegment.class,
              float[].class,
              MemorySegment[].class,
              int.class,
              int.class),
          "run");

  /** Updates the parameters [from, to), whole vectors of them, by the numbers of {@code rule}. */
  abstract void run(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to);

  final void call(
      UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
    try {
      LOOPS[0].invokeExact(this, rule, p, g, state, from, to);
    } catch (Throwable e) {
      throw Clones.thrown(e);
    }
  }

  static FloatVector load(MemorySegment memory, int i) {
    return FloatVector.fromMemorySegment(S, memory, (long) i * Float.BYTES, ORDER);
  }

  static void store(FloatVector x, MemorySegment memory, int i) {
    x.intoMemorySegment(memory, (long) i * Float.BYTES, ORDER);
  }

  /** Returns x, and 0 where it is too small to matter. */
  static FloatVector guard(FloatVector x, float tiny) {
    return x.blend(0f, x.abs().compare(LT, tiny));
  }
}
