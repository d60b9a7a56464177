package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of c = aᵀ · b, or c + aᵀ · b, where a stands in rows of k: the rows of a tile are
 * neighbours in memory.
 *
 * <p>Otherwise as {@link RowTilesVector}. All are too large to be inlined: inside another loop
 * their sums would become objects.
 */
final class ColumnTilesVector {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final long VECTOR = (long) L * Float.BYTES;
  private static final long WIDE = (long) Panels.WIDTH * Float.BYTES;
  private static final long NARROW = (long) Panels.NARROW * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private ColumnTilesVector() {}

  /** Rows [from, to) of c against one wide panel. */
  static void block(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      int from,
      int to,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int i = from;
    for (; RowTilesVector.TALL == 8 && i + 8 <= to; i += 8) {
      for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
        wide8(
            a,
            ao + i,
            as,
            k,
            b,
            bo + (long) column * Float.BYTES,
            add,
            c,
            co + i * cs + column,
            cs);
      }
    }
    for (; i < to; i += 4) {
      int rows = Math.min(4, to - i);
      for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
        wide4(
            a,
            ao + i,
            as,
            rows,
            k,
            b,
            bo + (long) column * Float.BYTES,
            add,
            c,
            co + i * cs + column,
            cs);
      }
    }
  }

  /** Rows [from, to) of c against one narrow panel. */
  static void narrowBlock(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      int from,
      int to,
      boolean add,
      float[] c,
      int co,
      int cs) {
    for (int column = 0; column < Panels.NARROW; column += L) {
      long bp = bo + (long) column * Float.BYTES;
      for (int i = from; i < to; i += 8) {
        int at = co + i * cs + column;
        narrow8(a, ao + i, as, Math.min(8, to - i), k, b, bp, add, c, at, cs);
      }
    }
  }

  /** Eight rows of c, two vectors of a wide panel. */
  static void wide8(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int o1 = co + 1 * cs;
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
    for (int p = 0, q = ao; p < k; p++, q += as) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[q + 7]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + L);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + L);
    c60.intoArray(c, o6);
    c61.intoArray(c, o6 + L);
    c70.intoArray(c, o7);
    c71.intoArray(c, o7 + L);
  }

  /** Up to four rows of c, two vectors of a wide panel. */
  static void wide4(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      MemorySegment b,
      long bo,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int last = rows - 1;
    int i1 = Math.min(1, last);
    int i2 = Math.min(2, last);
    int i3 = Math.min(3, last);
    int o1 = co + i1 * cs;
    int o2 = co + i2 * cs;
    int o3 = co + i3 * cs;
    FloatVector c00 = start(add, c, co);
    FloatVector c01 = start(add, c, co + L);
    FloatVector c10 = start(add, c, o1);
    FloatVector c11 = start(add, c, o1 + L);
    FloatVector c20 = start(add, c, o2);
    FloatVector c21 = start(add, c, o2 + L);
    FloatVector c30 = start(add, c, o3);
    FloatVector c31 = start(add, c, o3 + L);
    for (int p = 0, q = ao; p < k; p++, q += as) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + i1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + i2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + i3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
  }

  /** Up to eight rows of c, one vector of a narrow panel. */
  static void narrow8(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      MemorySegment b,
      long bo,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int last = rows - 1;
    int i1 = Math.min(1, last);
    int i2 = Math.min(2, last);
    int i3 = Math.min(3, last);
    int i4 = Math.min(4, last);
    int i5 = Math.min(5, last);
    int i6 = Math.min(6, last);
    int i7 = Math.min(7, last);
    int o1 = co + i1 * cs;
    int o2 = co + i2 * cs;
    int o3 = co + i3 * cs;
    int o4 = co + i4 * cs;
    int o5 = co + i5 * cs;
    int o6 = co + i6 * cs;
    int o7 = co + i7 * cs;
    FloatVector c00 = start(add, c, co);
    FloatVector c10 = start(add, c, o1);
    FloatVector c20 = start(add, c, o2);
    FloatVector c30 = start(add, c, o3);
    FloatVector c40 = start(add, c, o4);
    FloatVector c50 = start(add, c, o5);
    FloatVector c60 = start(add, c, o6);
    FloatVector c70 = start(add, c, o7);
    for (int p = 0, q = ao; p < k; p++, q += as) {
      long w = bo + (long) p * NARROW;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + i1]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + i2]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + i3]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + i4]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + i5]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + i6]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[q + i7]);
      c70 = x7.fma(b0, c70);
    }
    c00.intoArray(c, co);
    c10.intoArray(c, o1);
    c20.intoArray(c, o2);
    c30.intoArray(c, o3);
    c40.intoArray(c, o4);
    c50.intoArray(c, o5);
    c60.intoArray(c, o6);
    c70.intoArray(c, o7);
  }

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
  }
}
