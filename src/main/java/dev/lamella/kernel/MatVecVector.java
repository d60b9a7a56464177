package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.ROWS;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Matrix times vector with the Vector API. */
final class MatVecVector extends MatVec {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  @Override
  public void rows(int m, int n, Rows a, float[] x, int xo, float[] y, int yo) {
    float[] scratch = Scratch.ofThread().floats(Dots.SCRATCH);
    int rest = n % LANES;
    System.arraycopy(x, xo + n - rest, scratch, Dots.X, rest);
    for (int i = 0; i < m; i += Tiles.DOT_ROWS) {
      int rows = Math.min(Tiles.DOT_ROWS, m - i);
      boolean copied = rest > 0 && a.at(i + rows - 1) + n - rest + LANES > a.array.length;
      for (int r = 0; r < rows && copied; r++) {
        System.arraycopy(a.array, a.at(i + r) + n - rest, scratch, Dots.A + r * LANES, rest);
      }
      Tiles.dots(rows).run(a, i, n, x, xo, scratch, copied);
      for (int r = 0; r < rows; r++) {
        y[yo + i + r] = scratch[Dots.SUMS + Tiles.sumOf(r)];
      }
    }
  }

  @Override
  public void columns(int whole, int m, int n, Rows a, float[] x, int xo, float[] y, int yo) {
    Scratch scratch = Scratch.ofThread();
    float[] sums = scratch.floats(8 * L);
    if (whole <= LANES) {
      for (int j = 0; j < n; j += L) {
        narrow(m, Math.min(L, n - j), a, j, x, xo, sums);
        System.arraycopy(sums, 0, y, yo + j, Math.min(L, n - j));
      }
      return;
    }
    ProductVector p = scratch.product;
    p.columns = false;
    p.add = false;
    p.epilogue = false;
    p.heapStep = a.stride;
    int j = 0;
    for (; j + 8 * L <= n; j += 8 * L) {
      Tile tile = Tiles.of(p, 1, 8, ROWS, false);
      tile.run(p, x, xo, a.array, (long) a.at(0) + j, y, yo + j, m);
    }
    for (; j < n; j += 2 * L) {
      // Rows that two vectors would reach past go on in scalar form.
      int first = a.at(0) + j;
      int columns = Math.min(2 * L, n - j);
      int reach = Math.clamp((a.array.length - 2 * L - first + a.stride) / a.stride, 0, m);
      Tile tile = Tiles.of(p, 1, 2, ROWS, false);
      tile.run(p, x, xo, a.array, first, sums, 0, reach);
      for (int i = reach; i < m; i++) {
        for (int l = 0; l < columns; l++) {
          sums[l] = Math.fma(x[xo + i], a.array[first + i * a.stride + l], sums[l]);
        }
      }
      System.arraycopy(sums, 0, y, yo + j, columns);
    }
  }

  /**
   * Up to one vector of columns, four chains; rows that a vector would reach past go on in scalar
   * form.
   */
  private static void narrow(int m, int columns, Rows a, int column, float[] x, int xo, float[] s) {
    int first = a.at(0) + column;
    int whole = Math.clamp((a.array.length - L - first + a.stride) / a.stride, 0, m) / 4 * 4;
    fourChains(whole, a.array, first, a.stride, x, xo, s);
    for (int i = whole; i < m; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i % 4 * L + j;
        s[at] = Math.fma(x[xo + i], a.array[first + i * a.stride + j], s[at]);
      }
    }
    for (int j = 0; j < columns; j++) {
      s[j] = ((s[j] + s[L + j]) + s[2 * L + j]) + s[3 * L + j];
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
