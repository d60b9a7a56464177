package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of c = max(a · b + bias, floor) where a stands in rows.
 *
 * <p>A tile keeps its sums in registers while it walks down one panel. The panel's stride is a
 * constant: with a stride in a variable the compiler keeps its range checks, and the tile runs at
 * two thirds of the speed. One step of k an iteration, as unrolling by hand costs a sixth. Offsets
 * into {@code b} and {@code bias} are bytes. With {@code add} the sums go on from what c holds.
 */
final class RowTilesVector {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final long VECTOR = (long) L * Float.BYTES;
  private static final long WIDE = (long) Panels.WIDTH * Float.BYTES;
  private static final long NARROW = (long) Panels.NARROW * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private RowTilesVector() {}

  /** Eight rows, two vectors of a wide panel: sixteen sums, which hide the latency of an fma. */
  static void wide8(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int a1 = ao + as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int a4 = ao + 4 * as;
    int a5 = ao + 5 * as;
    int a6 = ao + 6 * as;
    int a7 = ao + 7 * as;
    int o1 = co + cs;
    int o2 = co + 2 * cs;
    int o3 = co + 3 * cs;
    int o4 = co + 4 * cs;
    int o5 = co + 5 * cs;
    int o6 = co + 6 * cs;
    int o7 = co + 7 * cs;
    FloatVector c00 = start(add, c, co);
    FloatVector c01 = start(add, c, co + L);
    FloatVector c10 = start(add, c, o1);
    FloatVector c11 = start(add, c, o1 + L);
    FloatVector c20 = start(add, c, o2);
    FloatVector c21 = start(add, c, o2 + L);
    FloatVector c30 = start(add, c, o3);
    FloatVector c31 = start(add, c, o3 + L);
    FloatVector c40 = start(add, c, o4);
    FloatVector c41 = start(add, c, o4 + L);
    FloatVector c50 = start(add, c, o5);
    FloatVector c51 = start(add, c, o5 + L);
    FloatVector c60 = start(add, c, o6);
    FloatVector c61 = start(add, c, o6 + L);
    FloatVector c70 = start(add, c, o7);
    FloatVector c71 = start(add, c, o7 + L);
    for (int p = 0; p < k; p++) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    FloatVector s1 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset + VECTOR, NATIVE);
    c00.add(s0).max(floor).intoArray(c, co);
    c01.add(s1).max(floor).intoArray(c, co + L);
    c10.add(s0).max(floor).intoArray(c, o1);
    c11.add(s1).max(floor).intoArray(c, o1 + L);
    c20.add(s0).max(floor).intoArray(c, o2);
    c21.add(s1).max(floor).intoArray(c, o2 + L);
    c30.add(s0).max(floor).intoArray(c, o3);
    c31.add(s1).max(floor).intoArray(c, o3 + L);
    c40.add(s0).max(floor).intoArray(c, o4);
    c41.add(s1).max(floor).intoArray(c, o4 + L);
    c50.add(s0).max(floor).intoArray(c, o5);
    c51.add(s1).max(floor).intoArray(c, o5 + L);
    c60.add(s0).max(floor).intoArray(c, o6);
    c61.add(s1).max(floor).intoArray(c, o6 + L);
    c70.add(s0).max(floor).intoArray(c, o7);
    c71.add(s1).max(floor).intoArray(c, o7 + L);
  }

  /** Four rows, two vectors of a wide panel: all that sixteen registers hold. */
  static void wide4(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int a1 = ao + as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int o1 = co + cs;
    int o2 = co + 2 * cs;
    int o3 = co + 3 * cs;
    FloatVector c00 = start(add, c, co);
    FloatVector c01 = start(add, c, co + L);
    FloatVector c10 = start(add, c, o1);
    FloatVector c11 = start(add, c, o1 + L);
    FloatVector c20 = start(add, c, o2);
    FloatVector c21 = start(add, c, o2 + L);
    FloatVector c30 = start(add, c, o3);
    FloatVector c31 = start(add, c, o3 + L);
    for (int p = 0; p < k; p++) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    FloatVector s1 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset + VECTOR, NATIVE);
    c00.add(s0).max(floor).intoArray(c, co);
    c01.add(s1).max(floor).intoArray(c, co + L);
    c10.add(s0).max(floor).intoArray(c, o1);
    c11.add(s1).max(floor).intoArray(c, o1 + L);
    c20.add(s0).max(floor).intoArray(c, o2);
    c21.add(s1).max(floor).intoArray(c, o2 + L);
    c30.add(s0).max(floor).intoArray(c, o3);
    c31.add(s1).max(floor).intoArray(c, o3 + L);
  }

  /** One row, two vectors of a wide panel. */
  static void wide1(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    FloatVector c00 = start(add, c, co);
    FloatVector c01 = start(add, c, co + L);
    for (int p = 0; p < k; p++) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    FloatVector s1 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset + VECTOR, NATIVE);
    c00.add(s0).max(floor).intoArray(c, co);
    c01.add(s1).max(floor).intoArray(c, co + L);
  }

  /** Eight rows, one vector of a narrow panel. */
  static void narrow8(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int a1 = ao + as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int a4 = ao + 4 * as;
    int a5 = ao + 5 * as;
    int a6 = ao + 6 * as;
    int a7 = ao + 7 * as;
    int o1 = co + cs;
    int o2 = co + 2 * cs;
    int o3 = co + 3 * cs;
    int o4 = co + 4 * cs;
    int o5 = co + 5 * cs;
    int o6 = co + 6 * cs;
    int o7 = co + 7 * cs;
    FloatVector c00 = start(add, c, co);
    FloatVector c10 = start(add, c, o1);
    FloatVector c20 = start(add, c, o2);
    FloatVector c30 = start(add, c, o3);
    FloatVector c40 = start(add, c, o4);
    FloatVector c50 = start(add, c, o5);
    FloatVector c60 = start(add, c, o6);
    FloatVector c70 = start(add, c, o7);
    for (int p = 0; p < k; p++) {
      long w = bo + (long) p * NARROW;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    c00.add(s0).max(floor).intoArray(c, co);
    c10.add(s0).max(floor).intoArray(c, o1);
    c20.add(s0).max(floor).intoArray(c, o2);
    c30.add(s0).max(floor).intoArray(c, o3);
    c40.add(s0).max(floor).intoArray(c, o4);
    c50.add(s0).max(floor).intoArray(c, o5);
    c60.add(s0).max(floor).intoArray(c, o6);
    c70.add(s0).max(floor).intoArray(c, o7);
  }

  /** One row, one vector of a narrow panel. */
  static void narrow1(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    FloatVector c00 = start(add, c, co);
    for (int p = 0; p < k; p++) {
      long w = bo + (long) p * NARROW;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = x0.fma(b0, c00);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    c00.add(s0).max(floor).intoArray(c, co);
  }

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
  }
}
