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
 * Where fewer {@code rows} are left than the tile has, it computes the last one several times: the
 * same bits at the same place, and no second set of tiles.
 */
final class RowTilesVector {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final long VECTOR = (long) L * Float.BYTES;
  private static final long WIDE = (long) Panels.WIDTH * Float.BYTES;
  private static final long NARROW = (long) Panels.NARROW * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The rows of the tallest tile: sixteen sums need 32 registers, which 16 lanes and ARM have. */
  static final int TALL = L == 16 || System.getProperty("os.arch", "").equals("aarch64") ? 8 : 4;

  private RowTilesVector() {}

  /**
   * All rows against panels that lie {@code panelBytes} apart. Panels pass by inside, so that a
   * tile's rows stay in the first-level cache.
   *
   * @param biasStep the bytes from one panel's bias to the next, 0 where all have the same
   */
  static void block(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      MemorySegment b,
      long bo,
      long panelBytes,
      int panels,
      MemorySegment bias,
      long biasOffset,
      int biasStep,
      float floor,
      boolean add,
      float[] c,
      int co,
      int cs) {
    for (int r = 0; r < rows; r += TALL) {
      int left = rows - r;
      for (int panel = 0; panel < panels; panel++) {
        for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
          long bp = bo + panel * panelBytes + (long) column * Float.BYTES;
          long sp = biasOffset + (long) panel * biasStep + (long) column * Float.BYTES;
          int at = co + r * cs + panel * Panels.WIDTH + column;
          if (TALL == 8 && left > 4) {
            wide8(a, ao + r * as, as, Math.min(8, left), k, b, bp, bias, sp, floor, add, c, at, cs);
          } else {
            wide4(a, ao + r * as, as, Math.min(4, left), k, b, bp, bias, sp, floor, add, c, at, cs);
          }
        }
      }
    }
  }

  /**
   * Up to eight rows, two vectors of a wide panel: sixteen sums, which hide the latency of an fma.
   */
  static void wide8(
      float[] a,
      int ao,
      int as,
      int rows,
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
    int last = rows - 1;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    int a4 = ao + Math.min(4, last) * as;
    int a5 = ao + Math.min(5, last) * as;
    int a6 = ao + Math.min(6, last) * as;
    int a7 = ao + Math.min(7, last) * as;
    int o1 = co + Math.min(1, last) * cs;
    int o2 = co + Math.min(2, last) * cs;
    int o3 = co + Math.min(3, last) * cs;
    int o4 = co + Math.min(4, last) * cs;
    int o5 = co + Math.min(5, last) * cs;
    int o6 = co + Math.min(6, last) * cs;
    int o7 = co + Math.min(7, last) * cs;
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

  /** Up to four rows, two vectors of a wide panel: all that sixteen registers hold. */
  static void wide4(
      float[] a,
      int ao,
      int as,
      int rows,
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
    int last = rows - 1;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    int o1 = co + Math.min(1, last) * cs;
    int o2 = co + Math.min(2, last) * cs;
    int o3 = co + Math.min(3, last) * cs;
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

  /** Up to eight rows, one vector of a narrow panel. */
  static void narrow8(
      float[] a,
      int ao,
      int as,
      int rows,
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
    int last = rows - 1;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    int a4 = ao + Math.min(4, last) * as;
    int a5 = ao + Math.min(5, last) * as;
    int a6 = ao + Math.min(6, last) * as;
    int a7 = ao + Math.min(7, last) * as;
    int o1 = co + Math.min(1, last) * cs;
    int o2 = co + Math.min(2, last) * cs;
    int o3 = co + Math.min(3, last) * cs;
    int o4 = co + Math.min(4, last) * cs;
    int o5 = co + Math.min(5, last) * cs;
    int o6 = co + Math.min(6, last) * cs;
    int o7 = co + Math.min(7, last) * cs;
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

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
  }
}
