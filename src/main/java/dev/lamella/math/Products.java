package dev.lamella.math;

import dev.lamella.kernel.Gemm;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.MatVec;
import dev.lamella.kernel.Panels;
import dev.lamella.kernel.Rows;
import dev.lamella.parallel.Workers;

/**
 * Checked products, split over threads by parts of the result: every element is computed by one
 * thread, in the same order.
 *
 * <p>A thread keeps the operands of its products here, so that a product in the calling thread
 * allocates nothing.
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

  private static final float[] NOTHING = {};

  private static final ThreadLocal<Products> OF_THREAD = ThreadLocal.withInitial(Products::new);

  /** The matrices of the product at work. */
  final Rows a = Rows.of(NOTHING, 0, 0);

  final Rows b = Rows.of(NOTHING, 0, 0);
  final Rows c = Rows.of(NOTHING, 0, 0);

  private final Gemm gemm = Kernels.active().gemm();
  private final MatVec matVec = Kernels.active().matVec();

  private Products() {}

  /** Returns the operands of the calling thread. */
  static Products ofThread() {
    return OF_THREAD.get();
  }

  /** Lets go of large matrices. */
  void release() {
    a.release();
    b.release();
    c.release();
  }

  /** Writes c = op(a) · op(b), or adds to it; m, n and k are at least 0. */
  void multiply(Workers workers, int m, int n, int k, boolean add) {
    boolean transposed = a.isTransposed() || b.isTransposed();
    if (m == 1 && !transposed && !add) {
      matVec.columns(n, k, n, b, a.array(), a.at(0), c.array(), c.at(0));
      return;
    }
    int parts = parts(workers, (long) m * n * k, SMALL, PART);
    if (parts == 1) {
      gemm.multiply(m, n, k, a, b, add, c);
      return;
    }
    int panels = (n + Panels.WIDTH - 1) / Panels.WIDTH;
    int tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
    if (panels >= parts || panels >= tiles) {
      // By columns: each part packs the columns of B it needs, once.
      int count = Math.min(parts, panels);
      workers.run(
          part -> {
            int from = cut(panels, part, count) * Panels.WIDTH;
            int to = Math.min(n, cut(panels, part + 1, count) * Panels.WIDTH);
            gemm.multiply(
                m, to - from, k, a, part(b, from, !b.isTransposed()), add, part(c, from, true));
          },
          count);
    } else { // by rows: every part packs all of B, which is narrow
      int count = Math.min(workers.threads(), tiles);
      workers.run(
          part -> {
            int from = cut(tiles, part, count) * TILE_ROWS;
            int to = Math.min(m, cut(tiles, part + 1, count) * TILE_ROWS);
            gemm.multiply(
                to - from, n, k, part(a, from, a.isTransposed()), b, add, part(c, from, false));
          },
          count);
    }
  }

  /** A matrix from one of its stored columns or rows on. */
  private static Rows part(Rows whole, int from, boolean column) {
    int offset = column ? whole.at(0) + from : whole.at(from);
    return Rows.of(whole.array(), offset, whole.stride()).transposed(whole.isTransposed());
  }

  /** Writes y = a · x or, transposed, y = aᵀ · x, a being (m, n). */
  void multiply(Workers workers, int m, int n, float[] x, int xo, float[] y, int yo) {
    boolean trans = a.isTransposed();
    int step = trans ? Panels.WIDTH : TILE_ROWS;
    int results = trans ? n : m;
    int units = (results + step - 1) / step;
    int count = Math.min(units, parts(workers, (long) m * n, VECTOR_PART, VECTOR_PART));
    if (count <= 1) {
      part(0, results, m, n, x, xo, y, yo);
      return;
    }
    workers.run(
        part -> {
          int from = cut(units, part, count) * step;
          int to = Math.min(results, cut(units, part + 1, count) * step);
          part(from, to, m, n, x, xo, y, yo);
        },
        count);
  }

  /** Results [from, to) of a matrix-vector product. */
  private void part(int from, int to, int m, int n, float[] x, int xo, float[] y, int yo) {
    boolean trans = a.isTransposed();
    Rows rows = from == 0 ? a : part(a, from, trans);
    if (trans) {
      matVec.columns(n, m, to - from, rows, x, xo, y, yo + from);
    } else {
      matVec.rows(to - from, n, rows, x, xo, y, yo + from);
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
