package dev.lamella.kernel;

import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row against a narrow panel: the four chains of a sum by k mod 4 side by side, as a single one
 * would wait for its own latency.
 */
final class NarrowRowVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final long STEP = (long) Panels.NARROW * Float.BYTES;
  private static final long VECTOR = (long) L * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** Whether two vectors of columns are computed together: where a panel has so many. */
  private static final boolean TWO = L < Panels.NARROW;

  /** The columns computed together. */
  static final int COLUMNS = TWO ? 2 * L : L;

  private NarrowRowVector() {}

  /** {@link #COLUMNS} columns, whose weights start at {@code at}, in bytes. */
  static void columns(ProductVector t, float[] a, int ao, int k, long at, float[] c, int co) {
    MemorySegment b = Memory.checkNative(t.b);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    FloatVector d2 = FloatVector.zero(S);
    FloatVector d3 = FloatVector.zero(S);
    int p = 0;
    for (; p < k - 3; p += 4) {
      long w = at + p * STEP;
      FloatVector x = FloatVector.broadcast(S, a[ao + p]);
      c0 = x.fma(FloatVector.fromMemorySegment(S, b, w, NATIVE), c0);
      d0 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + VECTOR, NATIVE), d0) : d0;
      x = FloatVector.broadcast(S, a[ao + p + 1]);
      c1 = x.fma(FloatVector.fromMemorySegment(S, b, w + STEP, NATIVE), c1);
      d1 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + STEP + VECTOR, NATIVE), d1) : d1;
      x = FloatVector.broadcast(S, a[ao + p + 2]);
      c2 = x.fma(FloatVector.fromMemorySegment(S, b, w + 2 * STEP, NATIVE), c2);
      d2 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + 2 * STEP + VECTOR, NATIVE), d2) : d2;
      x = FloatVector.broadcast(S, a[ao + p + 3]);
      c3 = x.fma(FloatVector.fromMemorySegment(S, b, w + 3 * STEP, NATIVE), c3);
      d3 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + 3 * STEP + VECTOR, NATIVE), d3) : d3;
    }
    long w = at + p * STEP;
    if (p < k) {
      FloatVector x = FloatVector.broadcast(S, a[ao + p]);
      c0 = x.fma(FloatVector.fromMemorySegment(S, b, w, NATIVE), c0);
      d0 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + VECTOR, NATIVE), d0) : d0;
    }
    if (p + 1 < k) {
      FloatVector x = FloatVector.broadcast(S, a[ao + p + 1]);
      c1 = x.fma(FloatVector.fromMemorySegment(S, b, w + STEP, NATIVE), c1);
      d1 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + STEP + VECTOR, NATIVE), d1) : d1;
    }
    if (p + 2 < k) {
      FloatVector x = FloatVector.broadcast(S, a[ao + p + 2]);
      c2 = x.fma(FloatVector.fromMemorySegment(S, b, w + 2 * STEP, NATIVE), c2);
      d2 = TWO ? x.fma(FloatVector.fromMemorySegment(S, b, w + 2 * STEP + VECTOR, NATIVE), d2) : d2;
    }
    MemorySegment bias = Memory.checkNative(t.bias);
    float bound = t.lowerBound;
    FloatVector y = c0.add(c1).add(c2).add(c3);
    y = y.add(FloatVector.fromMemorySegment(S, bias, t.biasAt, NATIVE));
    y.max(bound).intoArray(c, co);
    if (TWO) {
      FloatVector z =
          d0.add(d1)
              .add(d2)
              .add(d3)
              .add(FloatVector.fromMemorySegment(S, bias, t.biasAt + VECTOR, NATIVE));
      z.max(bound).intoArray(c, co + L);
    }
  }
}
