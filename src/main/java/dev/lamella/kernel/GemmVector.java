package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The general product with the Vector API.
 *
 * <p>With few rows, b is read where it stands. Otherwise a block of b is packed into panels that
 * stay in the second-level cache while all rows pass by; a is never packed. Columns past the last
 * whole panel are computed in a tile of scratch.
 */
final class GemmVector extends Gemm {

  private static final int L = Lanes.COUNT;

  /** Up to so many rows, packing b costs more than it saves. */
  private static final int FEW_ROWS = 16;

  /** The same where b stays in the second-level cache. */
  private static final int ROWS_IN_CACHE = 64;

  private static final int TILE_ROWS = 8;

  /** A block of packed panels off the heap; on it one tile, and the last rows of a matrix. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shared
  private record Scratch(MemorySegment block, float[] tile, float[] end) {
    Scratch() {
      this(
          Memory.floats(MatMulVector.BLOCK),
          new float[TILE_ROWS * Panels.WIDTH],
          new float[(L + 1) * L]);
    }
  }

  /** Scratch of the calling thread: the products are static calls, and must not allocate. */
  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final Pack pack = new PackVector();

  @Override
  public void multiply(
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
    if (!transA
        && !transB
        && m <= ((long) k * n <= MatMulVector.BLOCK ? ROWS_IN_CACHE : FEW_ROWS)) {
      direct(m, n, k, a, ao, as, b, bo, bs, add, c, co, cs);
      return;
    }
    Scratch scratch = SCRATCH.get();
    int cut = k > MatMulVector.LONG ? MatMulVector.CUT : Math.max(1, k);
    int columns = MatMulVector.BLOCK / cut / Panels.WIDTH * Panels.WIDTH;
    for (int j = 0; j < n; j += columns) {
      for (int p = 0; p == 0 || p < k; p += cut) {
        Panels block = new Panels(scratch.block, 0, Math.min(cut, k - p), Math.min(columns, n - j));
        if (transB) {
          pack.columns(b, bo + j * bs + p, bs, block);
        } else {
          pack.rows(b, bo + p * bs + j, bs, 0, block.inputs(), block);
        }
        int corner = transA ? ao + p * as : ao + p;
        packed(transA, m, a, corner, as, block, add || p > 0, c, co + j, cs, scratch.tile);
      }
    }
  }

  private static void direct(
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
    boolean half = n % L == L / 2; // one tile of half a vector: an edge beside it would be a second
    int edge = half ? n : n - n % L;
    if (edge < n) {
      // First: it may spill into the rows' first columns, which come afterwards.
      directEdge(m, n - edge, k, a, ao, as, b, bo + edge, bs, add, c, co, cs, edge);
    }
    int pairs = n - n % (2 * L);
    for (int r = 0; r < m; r += RowTilesVector.TALL) {
      int rows = Math.min(RowTilesVector.TALL, m - r);
      int ar = ao + r * as;
      int cr = co + r * cs;
      for (int j = 0; j < pairs; j += 2 * L) {
        if (rows > 4) {
          DirectTilesVector.eight(a, ar, as, rows, k, b, bo + j, bs, add, c, cr + j, cs);
        } else {
          DirectTilesVector.four(a, ar, as, rows, k, b, bo + j, bs, add, c, cr + j, cs);
        }
      }
      if (pairs + L <= edge) {
        DirectTilesVector.narrow(a, ar, as, rows, k, b, bo + pairs, bs, add, c, cr + pairs, cs);
      }
      if (half) {
        int j = n - L / 2;
        DirectTilesVector.half(a, ar, as, rows, k, b, bo + j, bs, add, c, cr + j, cs);
      }
    }
  }

  /** The last columns, where there are fewer than a vector of them. */
  private static void directEdge(
      int m,
      int columns,
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
      int cs,
      int before) {
    Scratch scratch = SCRATCH.get();
    int whole = Math.clamp((b.length - L - bo + bs) / bs, 0, k);
    for (int p = whole; p < k; p++) {
      System.arraycopy(b, bo + p * bs, scratch.end, (p - whole) * L, columns);
    }
    // Without a gap between the rows of c, a whole vector spills into columns that are written
    // later.
    int end = co + (m - 1) * cs + before + columns - L;
    boolean spill = !add && cs == before + columns;
    for (int r = 0; r < m; r += TILE_ROWS) {
      int rows = Math.min(TILE_ROWS, m - r);
      int at = co + r * cs + before;
      if (add) {
        copy(c, at, cs, scratch.tile, 0, L, rows, columns);
      }
      DirectTilesVector.edge(
          a, ao + r * as, as, rows, k, b, bo, bs, whole, scratch.end, add, scratch.tile);
      int vectors = spill ? Math.clamp((end - at + cs) / cs, 0, rows) : 0;
      DirectTilesVector.spill(scratch.tile, vectors, c, at, cs);
      copy(scratch.tile, vectors * L, L, c, at + vectors * cs, cs, rows - vectors, columns);
    }
  }

  private static void packed(
      boolean transA,
      int m,
      float[] a,
      int ao,
      int as,
      Panels b,
      boolean add,
      float[] c,
      int co,
      int cs,
      float[] tile) {
    MemorySegment memory = Memory.checkNative(b.memory());
    int whole = b.units() / Panels.WIDTH;
    int k = b.inputs();
    if (transA) {
      for (int panel = 0; panel < whole; panel++) {
        ColumnTilesVector.block(
            a,
            ao,
            as,
            k,
            memory,
            b.start(panel) * Float.BYTES,
            0,
            m,
            add,
            c,
            co + panel * Panels.WIDTH,
            cs);
      }
    } else {
      RowTilesVector.block(
          a,
          ao,
          as,
          m,
          k,
          memory,
          b.offset() * Float.BYTES,
          (long) k * Panels.WIDTH * Float.BYTES,
          whole,
          MatMulVector.NO_BIAS,
          0,
          0,
          MatMul.NO_FLOOR,
          add,
          c,
          co,
          cs);
    }
    if (whole < b.count()) {
      edge(transA, m, a, ao, as, b, memory, add, c, co + whole * Panels.WIDTH, cs, tile);
    }
  }

  /** The last panel, where it has columns that c has not. */
  private static void edge(
      boolean transA,
      int m,
      float[] a,
      int ao,
      int as,
      Panels b,
      MemorySegment memory,
      boolean add,
      float[] c,
      int co,
      int cs,
      float[] tile) {
    int panel = b.count() - 1;
    int columns = b.units() - panel * Panels.WIDTH;
    int width = b.width(panel);
    long start = b.start(panel) * Float.BYTES;
    for (int r = 0; r < m; r += TILE_ROWS) {
      int rows = Math.min(TILE_ROWS, m - r);
      if (add) {
        copy(c, co + r * cs, cs, tile, 0, width, rows, columns);
      }
      if (transA) {
        if (width == Panels.WIDTH) {
          ColumnTilesVector.block(
              a, ao + r, as, b.inputs(), memory, start, 0, rows, add, tile, 0, width);
        } else {
          ColumnTilesVector.narrowBlock(
              a, ao + r, as, b.inputs(), memory, start, 0, rows, add, tile, 0, width);
        }
      } else if (width == Panels.WIDTH) {
        RowTilesVector.block(
            a,
            ao + r * as,
            as,
            rows,
            b.inputs(),
            memory,
            start,
            0,
            1,
            MatMulVector.NO_BIAS,
            0,
            0,
            MatMul.NO_FLOOR,
            add,
            tile,
            0,
            width);
      } else {
        for (int column = 0; column < Panels.NARROW; column += L) {
          RowTilesVector.narrow8(
              a,
              ao + r * as,
              as,
              rows,
              b.inputs(),
              memory,
              start + (long) column * Float.BYTES,
              MatMulVector.NO_BIAS,
              0,
              MatMul.NO_FLOOR,
              add,
              tile,
              column,
              width);
        }
      }
      copy(tile, 0, width, c, co + r * cs, cs, rows, columns);
    }
  }

  private static void copy(
      float[] from, int fo, int fs, float[] to, int too, int ts, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fo + r * fs, to, too + r * ts, columns);
    }
  }
}
