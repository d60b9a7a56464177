package dev.lamella.math;

import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.Panels;
import dev.lamella.parallel.Workers;

/**
 * Checked products, split over threads by parts of the result: every element is computed by one
 * thread, in the same order.
 */
final class Products {

  /** Multiply-adds that one thread finishes before a second one could have helped. */
  private static final long SMALL = 250_000;

  /**
   * Multiply-adds worth a part of their own: parts are handed out one by one, and a late thread
   * takes fewer.
   */
  private static final long PART = 2_000_000;

  /** Floats of a matrix worth a part of their own in a matrix-vector product. */
  private static final long VECTOR_PART = 16_384;

  private static final int TILE_ROWS = 8;

  private Products() {}

  static void multiply(
      Workers workers,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      boolean add,
      float[] c,
      int co,
      int cs) {
    Kernels kernels = Kernels.active();
    if (m == 1 && !transA && !transB && !add) {
      kernels.matVec().columns(n, k, n, b, bo, bs, a, ao, c, co);
      return;
    }
    int parts = parts(workers, (long) m * n * k, SMALL, PART);
    if (parts == 1) {
      kernels.gemm().multiply(transA, transB, m, n, k, a, ao, as, b, bo, bs, add, c, co, cs);
      return;
    }
    int panels = (n + Panels.WIDTH - 1) / Panels.WIDTH;
    int tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
    if (panels >= parts
        || panels >= tiles) { // by columns: each part packs the columns of B it needs, once
      int count = Math.min(parts, panels);
      workers.run(
          part -> {
            int from = cut(panels, part, count) * Panels.WIDTH;
            int to = Math.min(n, cut(panels, part + 1, count) * Panels.WIDTH);
            kernels
                .gemm()
                .multiply(
                    transA,
                    transB,
                    m,
                    to - from,
                    k,
                    a,
                    ao,
                    as,
                    b,
                    transB ? bo + from * bs : bo + from,
                    bs,
                    add,
                    c,
                    co + from,
                    cs);
          },
          count);
    } else { // by rows: every part packs all of B, which is narrow
      int count = Math.min(workers.threads(), tiles);
      workers.run(
          part -> {
            int from = cut(tiles, part, count) * TILE_ROWS;
            int to = Math.min(m, cut(tiles, part + 1, count) * TILE_ROWS);
            kernels
                .gemm()
                .multiply(
                    transA,
                    transB,
                    to - from,
                    n,
                    k,
                    a,
                    transA ? ao + from : ao + from * as,
                    as,
                    b,
                    bo,
                    bs,
                    add,
                    c,
                    co + from * cs,
                    cs);
          },
          count);
    }
  }

  static void multiply(
      Workers workers,
      boolean trans,
      int m,
      int n,
      float[] a,
      int ao,
      int as,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    Kernels kernels = Kernels.active();
    int units = trans ? (n + Panels.WIDTH - 1) / Panels.WIDTH : (m + TILE_ROWS - 1) / TILE_ROWS;
    int count = Math.min(units, parts(workers, (long) m * n, VECTOR_PART, VECTOR_PART));
    if (count <= 1) {
      part(kernels, trans, n, m, n, a, ao, as, x, xo, y, yo);
      return;
    }
    workers.run(
        part -> {
          int step = trans ? Panels.WIDTH : TILE_ROWS;
          int from = cut(units, part, count) * step;
          int to = Math.min(trans ? n : m, cut(units, part + 1, count) * step);
          part(
              kernels,
              trans,
              n,
              trans ? m : to - from,
              trans ? to - from : n,
              a,
              trans ? ao + from : ao + from * as,
              as,
              x,
              xo,
              y,
              yo + from);
        },
        count);
  }

  private static void part(
      Kernels kernels,
      boolean trans,
      int whole,
      int m,
      int n,
      float[] a,
      int ao,
      int as,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    if (trans) {
      kernels.matVec().columns(whole, m, n, a, ao, as, x, xo, y, yo);
    } else {
      kernels.matVec().rows(m, n, a, ao, as, x, xo, y, yo);
    }
  }

  /** How many parts: one where it is too little work, else at most four a thread. */
  private static int parts(Workers workers, long work, long small, long part) {
    if (workers.threads() == 1 || work <= small) {
      return 1;
    }
    return (int) Math.max(workers.threads(), Math.min(4L * workers.threads(), work / part));
  }

  /** The first unit of a part, where {@code units} are split evenly. */
  private static int cut(int units, int part, int parts) {
    return (int) ((long) units * part / parts);
  }
}
