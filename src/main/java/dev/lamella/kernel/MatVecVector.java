package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix times vector with the Vector API.
 *
 * <p>A dot product has sixteen virtual lanes: one vector at 16 lanes, two at 8, four at 4. Eight
 * vectors of sums are in flight, from as many rows as that takes.
 */
final class MatVecVector extends MatVec {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The vectors that hold the virtual lanes of one dot product. */
  private static final int VECTORS = LANES / L;

  /** The rows whose dot products are in flight together. */
  private static final int ROWS = 8 / VECTORS;

  /** The virtual lanes of {@code ROWS} rows, scratch of the calling thread. */
  private static final ThreadLocal<float[]> LANES_OF_THREAD =
      ThreadLocal.withInitial(() -> new float[8 * L]);

  @Override
  public void rows(int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo) {
    float[] lanes = LANES_OF_THREAD.get();
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      dots(rows, n, a, ao + i * as, as, x, xo, lanes);
      if (n % LANES > 0) {
        edge(rows, n, a, ao + i * as, as, x, xo, lanes);
      }
      for (int r = 0; r < rows; r++) {
        y[yo + i + r] = fold(lanes, r * LANES);
      }
    }
  }

  /**
   * Up to eight vectors of sums: {@code ROWS} rows; where fewer are left, the last one several
   * times.
   */
  private static void dots(
      int rows, int n, float[] a, int ao, int as, float[] x, int xo, float[] lanes) {
    int last = rows - 1;
    int a0 = ao + Math.min(0 / VECTORS, last) * as + 0 % VECTORS * L;
    int a1 = ao + Math.min(1 / VECTORS, last) * as + 1 % VECTORS * L;
    int a2 = ao + Math.min(2 / VECTORS, last) * as + 2 % VECTORS * L;
    int a3 = ao + Math.min(3 / VECTORS, last) * as + 3 % VECTORS * L;
    int a4 = ao + Math.min(4 / VECTORS, last) * as + 4 % VECTORS * L;
    int a5 = ao + Math.min(5 / VECTORS, last) * as + 5 % VECTORS * L;
    int a6 = ao + Math.min(6 / VECTORS, last) * as + 6 % VECTORS * L;
    int a7 = ao + Math.min(7 / VECTORS, last) * as + 7 % VECTORS * L;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int j = 0; j <= n - LANES; j += LANES) {
      s0 =
          FloatVector.fromArray(SPECIES, a, a0 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 0 % VECTORS * L), s0);
      s1 =
          FloatVector.fromArray(SPECIES, a, a1 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 1 % VECTORS * L), s1);
      s2 =
          FloatVector.fromArray(SPECIES, a, a2 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 2 % VECTORS * L), s2);
      s3 =
          FloatVector.fromArray(SPECIES, a, a3 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 3 % VECTORS * L), s3);
      s4 =
          FloatVector.fromArray(SPECIES, a, a4 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 4 % VECTORS * L), s4);
      s5 =
          FloatVector.fromArray(SPECIES, a, a5 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 5 % VECTORS * L), s5);
      s6 =
          FloatVector.fromArray(SPECIES, a, a6 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 6 % VECTORS * L), s6);
      s7 =
          FloatVector.fromArray(SPECIES, a, a7 + j)
              .fma(FloatVector.fromArray(SPECIES, x, xo + j + 7 % VECTORS * L), s7);
    }
    s0.intoArray(lanes, 0 * L);
    s1.intoArray(lanes, 1 * L);
    s2.intoArray(lanes, 2 * L);
    s3.intoArray(lanes, 3 * L);
    s4.intoArray(lanes, 4 * L);
    s5.intoArray(lanes, 5 * L);
    s6.intoArray(lanes, 6 * L);
    s7.intoArray(lanes, 7 * L);
  }

  /** The elements after the last whole sixteen. */
  private static void edge(
      int rows, int n, float[] a, int ao, int as, float[] x, int xo, float[] lanes) {
    for (int r = 0; r < rows; r++) {
      for (int j = n - n % LANES; j < n; j++) {
        int lane = r * LANES + j % LANES;
        lanes[lane] = Math.fma(a[ao + r * as + j], x[xo + j], lanes[lane]);
      }
    }
  }

  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  /** Folds one row's lanes: halves upon each other. */
  private static float fold(float[] lanes, int row) {
    for (int half = LANES / 2; half >= L; half /= 2) {
      for (int l = row; l < row + half; l += L) {
        FloatVector upper = FloatVector.fromArray(SPECIES, lanes, l + half);
        FloatVector.fromArray(SPECIES, lanes, l).add(upper).intoArray(lanes, l);
      }
    }
    FloatVector sum = FloatVector.fromArray(SPECIES, lanes, row);
    if (L > 8) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (L > 4) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  @Override
  public void columns(
      int whole, int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo) {
    if (whole <= LANES) {
      for (int j = 0; j < n; j += L) {
        narrow(m, Math.min(L, n - j), a, ao + j, as, x, xo, LANES_OF_THREAD.get(), y, yo + j);
      }
      return;
    }
    int j = 0;
    for (; j + 8 * L <= n; j += 8 * L) {
      strip(m, a, ao + j, as, x, xo, y, yo + j);
    }
    for (; j < n; j += 2 * L) {
      narrowStrip(
          m, Math.min(2 * L, n - j), a, ao + j, as, x, xo, LANES_OF_THREAD.get(), y, yo + j);
    }
  }

  /** Eight vectors of columns. */
  private static void strip(
      int m, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int i = 0, p = ao; i < m; i++, p += as) {
      FloatVector xi = FloatVector.broadcast(SPECIES, x[xo + i]);
      s0 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 0 * L), s0);
      s1 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 1 * L), s1);
      s2 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 2 * L), s2);
      s3 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 3 * L), s3);
      s4 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 4 * L), s4);
      s5 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 5 * L), s5);
      s6 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 6 * L), s6);
      s7 = xi.fma(FloatVector.fromArray(SPECIES, a, p + 7 * L), s7);
    }
    s0.intoArray(y, yo + 0 * L);
    s1.intoArray(y, yo + 1 * L);
    s2.intoArray(y, yo + 2 * L);
    s3.intoArray(y, yo + 3 * L);
    s4.intoArray(y, yo + 4 * L);
    s5.intoArray(y, yo + 5 * L);
    s6.intoArray(y, yo + 6 * L);
    s7.intoArray(y, yo + 7 * L);
  }

  /** Up to two vectors of columns; rows that two vectors would reach past go on in scalar form. */
  private static void narrowStrip(
      int m,
      int columns,
      float[] a,
      int ao,
      int as,
      float[] x,
      int xo,
      float[] sums,
      float[] y,
      int yo) {
    int whole = Math.clamp((a.length - 2 * L - ao + as) / as, 0, m);
    twoVectors(whole, a, ao, as, x, xo, sums);
    for (int i = whole; i < m; i++) {
      for (int j = 0; j < columns; j++) {
        sums[j] = Math.fma(x[xo + i], a[ao + i * as + j], sums[j]);
      }
    }
    System.arraycopy(sums, 0, y, yo, columns);
  }

  private static void twoVectors(
      int m, float[] a, int ao, int as, float[] x, int xo, float[] sums) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    for (int i = 0, p = ao; i < m; i++, p += as) {
      FloatVector xi = FloatVector.broadcast(SPECIES, x[xo + i]);
      s0 = xi.fma(FloatVector.fromArray(SPECIES, a, p), s0);
      s1 = xi.fma(FloatVector.fromArray(SPECIES, a, p + L), s1);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
  }

  /**
   * Up to one vector of columns, four chains; rows that a vector would reach past go on in scalar
   * form.
   */
  private static void narrow(
      int m,
      int columns,
      float[] a,
      int ao,
      int as,
      float[] x,
      int xo,
      float[] sums,
      float[] y,
      int yo) {
    int whole = Math.clamp((a.length - L - ao + as) / as, 0, m) / 4 * 4;
    fourChains(whole, a, ao, as, x, xo, sums);
    for (int i = whole; i < m; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i % 4 * L + j;
        sums[at] = Math.fma(x[xo + i], a[ao + i * as + j], sums[at]);
      }
    }
    for (int j = 0; j < columns; j++) {
      y[yo + j] = ((sums[j] + sums[L + j]) + sums[2 * L + j]) + sums[3 * L + j];
    }
  }

  private static void fourChains(
      int m, float[] a, int ao, int as, float[] x, int xo, float[] sums) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int i = 0, p = ao; i < m; i += 4, p += 4 * as) {
      s0 = FloatVector.broadcast(SPECIES, x[xo + i]).fma(FloatVector.fromArray(SPECIES, a, p), s0);
      s1 =
          FloatVector.broadcast(SPECIES, x[xo + i + 1])
              .fma(FloatVector.fromArray(SPECIES, a, p + as), s1);
      s2 =
          FloatVector.broadcast(SPECIES, x[xo + i + 2])
              .fma(FloatVector.fromArray(SPECIES, a, p + 2 * as), s2);
      s3 =
          FloatVector.broadcast(SPECIES, x[xo + i + 3])
              .fma(FloatVector.fromArray(SPECIES, a, p + 3 * as), s3);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
    s2.intoArray(sums, 2 * L);
    s3.intoArray(sums, 3 * L);
  }
}
