package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of c = aᵀ · b, or c + aᵀ · b, where a stands in rows of k: the rows of a tile are
 * neighbours in memory.
 *
 * <p>Otherwise as {@link RowTilesVector}, but with exactly as many rows as the name says.
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
    for (int i = from; i < to; ) {
      int tall = to - i >= RowTilesVector.TALL ? RowTilesVector.TALL : to - i >= 4 ? 4 : 1;
      for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
        long bp = bo + (long) column * Float.BYTES;
        int at = co + i * cs + column;
        switch (tall) {
          case 8 -> wide8(a, ao + i, as, k, b, bp, add, c, at, cs);
          case 4 -> wide4(a, ao + i, as, k, b, bp, add, c, at, cs);
          default -> wide1(a, ao + i, as, k, b, bp, add, c, at, cs);
        }
      }
      i += tall;
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
      int i = from;
      for (; i + 8 <= to; i += 8) {
        narrow8(a, ao + i, as, k, b, bp, add, c, co + i * cs + column, cs);
      }
      for (; i < to; i++) {
        narrow1(a, ao + i, as, k, b, bp, add, c, co + i * cs + column, cs);
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

  /** Four rows of c, two vectors of a wide panel. */
  static void wide4(
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
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
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

  /** One row of c, two vectors of a wide panel. */
  static void wide1(
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
    FloatVector c00 = start(add, c, co);
    FloatVector c01 = start(add, c, co + L);
    for (int p = 0, q = ao; p < k; p++, q += as) {
      long w = bo + (long) p * WIDE;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + VECTOR, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }

  /** Eight rows of c, one vector of a narrow panel. */
  static void narrow8(
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
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + 5]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[q + 7]);
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

  /** One row of c, one vector of a narrow panel. */
  static void narrow1(
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
    FloatVector c00 = start(add, c, co);
    for (int p = 0, q = ao; p < k; p++, q += as) {
      long w = bo + (long) p * NARROW;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      c00 = x0.fma(b0, c00);
    }
    c00.intoArray(c, co);
  }

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
  }
}
