package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row against a narrow panel: one vector of columns, its four chains by k mod 4 side by side,
 * as a single chain would wait for its own latency.
 */
final class NarrowRowVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final long STEP = (long) Panels.NARROW * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private NarrowRowVector() {}

  /** One vector of columns, whose weights start at {@code at}, in bytes. */
  static void panel(ProductVector t, float[] a, int ao, int k, long at, float[] c, int co) {
    MemorySegment b = Memory.checkNative(t.b);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    int p = 0;
    for (; p < k - 3; p += 4) {
      long w = at + p * STEP;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, w, NATIVE);
      c0 = FloatVector.broadcast(S, a[ao + p]).fma(b0, c0);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, w + STEP, NATIVE);
      c1 = FloatVector.broadcast(S, a[ao + p + 1]).fma(b1, c1);
      FloatVector b2 = FloatVector.fromMemorySegment(S, b, w + 2 * STEP, NATIVE);
      c2 = FloatVector.broadcast(S, a[ao + p + 2]).fma(b2, c2);
      FloatVector b3 = FloatVector.fromMemorySegment(S, b, w + 3 * STEP, NATIVE);
      c3 = FloatVector.broadcast(S, a[ao + p + 3]).fma(b3, c3);
    }
    long w = at + p * STEP;
    if (p < k) {
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, w, NATIVE);
      c0 = FloatVector.broadcast(S, a[ao + p]).fma(b0, c0);
    }
    if (p + 1 < k) {
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, w + STEP, NATIVE);
      c1 = FloatVector.broadcast(S, a[ao + p + 1]).fma(b1, c1);
    }
    if (p + 2 < k) {
      FloatVector b2 = FloatVector.fromMemorySegment(S, b, w + 2 * STEP, NATIVE);
      c2 = FloatVector.broadcast(S, a[ao + p + 2]).fma(b2, c2);
    }
    MemorySegment bias = Memory.checkNative(t.bias);
    FloatVector s = FloatVector.fromMemorySegment(S, bias, t.biasAt, NATIVE);
    c0.add(c1).add(c2).add(c3).add(s).max(t.lowerBound).intoArray(c, co);
  }
}
