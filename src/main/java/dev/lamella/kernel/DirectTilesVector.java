package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of c = a · b, or c + a · b, where b stands in rows on the heap as well.
 *
 * <p>For so few rows of a that packing b would cost more than it saves. Rows are clamped as in
 * {@link RowTilesVector}. No masks: a masked access near the end of an array takes a path that is
 * not compiled to vector instructions.
 */
final class DirectTilesVector {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
  private static final int L = Lanes.COUNT;

  private DirectTilesVector() {}

  /** Up to eight rows, two vectors of columns. */
  static void eight(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      float[] b,
      int bo,
      int bs,
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
    for (int p = 0, q = bo; p < k; p++, q += bs) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, q + L);
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

  /** Up to four rows, two vectors of columns. */
  static void four(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      float[] b,
      int bo,
      int bs,
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
    for (int p = 0, q = bo; p < k; p++, q += bs) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, q + L);
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
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
  }

  /** Up to eight rows, one vector of columns. */
  static void narrow(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      float[] b,
      int bo,
      int bs,
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
    FloatVector c0 = start(add, c, co);
    FloatVector c1 = start(add, c, o1);
    FloatVector c2 = start(add, c, o2);
    FloatVector c3 = start(add, c, o3);
    FloatVector c4 = start(add, c, o4);
    FloatVector c5 = start(add, c, o5);
    FloatVector c6 = start(add, c, o6);
    FloatVector c7 = start(add, c, o7);
    for (int p = 0, q = bo; p < k; p++, q += bs) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, q);
      c0 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, o1);
    c2.intoArray(c, o2);
    c3.intoArray(c, o3);
    c4.intoArray(c, o4);
    c5.intoArray(c, o5);
    c6.intoArray(c, o6);
    c7.intoArray(c, o7);
  }

  /** Up to eight rows, half a vector of columns. */
  static void half(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      float[] b,
      int bo,
      int bs,
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
    FloatVector c0 = startHalf(add, c, co);
    FloatVector c1 = startHalf(add, c, o1);
    FloatVector c2 = startHalf(add, c, o2);
    FloatVector c3 = startHalf(add, c, o3);
    FloatVector c4 = startHalf(add, c, o4);
    FloatVector c5 = startHalf(add, c, o5);
    FloatVector c6 = startHalf(add, c, o6);
    FloatVector c7 = startHalf(add, c, o7);
    for (int p = 0, q = bo; p < k; p++, q += bs) {
      FloatVector b0 = FloatVector.fromArray(HALF, b, q);
      c0 = FloatVector.broadcast(HALF, a[ao + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(HALF, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(HALF, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(HALF, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(HALF, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(HALF, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(HALF, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(HALF, a[a7 + p]).fma(b0, c7);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, o1);
    c2.intoArray(c, o2);
    c3.intoArray(c, o3);
    c4.intoArray(c, o4);
    c5.intoArray(c, o5);
    c6.intoArray(c, o6);
    c7.intoArray(c, o7);
  }

  /**
   * Up to eight rows, one vector of columns of which only the first few exist: the others are
   * computed from whatever follows in b, and never leave the tile. The last rows of b, which a
   * whole vector would read past, come from a copy.
   *
   * @param whole the rows of b that a vector can read
   * @param end (k - whole, L), a copy of the rows after them
   * @param tile (8, L), read where the sums go on, and written
   */
  static void edge(
      float[] a,
      int ao,
      int as,
      int rows,
      int k,
      float[] b,
      int bo,
      int bs,
      int whole,
      float[] end,
      boolean add,
      float[] tile) {
    int last = rows - 1;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    int a4 = ao + Math.min(4, last) * as;
    int a5 = ao + Math.min(5, last) * as;
    int a6 = ao + Math.min(6, last) * as;
    int a7 = ao + Math.min(7, last) * as;
    FloatVector c0 = start(add, tile, 0 * L);
    FloatVector c1 = start(add, tile, 1 * L);
    FloatVector c2 = start(add, tile, 2 * L);
    FloatVector c3 = start(add, tile, 3 * L);
    FloatVector c4 = start(add, tile, 4 * L);
    FloatVector c5 = start(add, tile, 5 * L);
    FloatVector c6 = start(add, tile, 6 * L);
    FloatVector c7 = start(add, tile, 7 * L);
    for (int p = 0, q = bo; p < whole; p++, q += bs) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, q);
      c0 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    for (int p = whole; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, end, (p - whole) * L);
      c0 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    c0.intoArray(tile, 0 * L);
    c1.intoArray(tile, 1 * L);
    c2.intoArray(tile, 2 * L);
    c3.intoArray(tile, 3 * L);
    c4.intoArray(tile, 4 * L);
    c5.intoArray(tile, 5 * L);
    c6.intoArray(tile, 6 * L);
    c7.intoArray(tile, 7 * L);
  }

  /** Writes rows of a tile as whole vectors, past the columns that exist. */
  static void spill(float[] tile, int rows, float[] c, int co, int cs) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, tile, r * L).intoArray(c, co + r * cs);
    }
  }

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
  }

  private static FloatVector startHalf(boolean add, float[] c, int at) {
    return add ? FloatVector.fromArray(HALF, c, at) : FloatVector.zero(HALF);
  }
}
