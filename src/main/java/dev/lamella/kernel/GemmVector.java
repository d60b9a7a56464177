package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.ROWS;
import static dev.lamella.kernel.TileShape.Store.STRIP;

import jdk.incubator.vector.FloatVector;

/**
 * The general product with the Vector API.
 *
 * <p>With few rows, b is read where it stands. Otherwise a block of b is packed into panels that
 * stay in the second-level cache while all rows pass by; a is never packed. Columns past the last
 * whole vector or panel are computed in a tile of scratch.
 */
final class GemmVector extends Gemm {

  private static final int L = Lanes.COUNT;

  /** Up to so many rows, packing b costs more than it saves. */
  private static final int FEW_ROWS = 16;

  /** The same where b stays in the second-level cache. */
  private static final int ROWS_IN_CACHE = 64;

  /** The rows of a piece of c that is computed in scratch. */
  private static final int PIECE = 120;

  private final Pack pack = new PackVector();

  @Override
  public void multiply(int m, int n, int k, Rows a, Rows b, boolean add, Rows c) {
    Scratch scratch = Scratch.ofThread();
    ProductVector p = scratch.product;
    p.a = a.array;
    p.aStep = a.stride;
    p.columns = a.transposed;
    p.c = c.array;
    p.cStep = c.stride;
    p.add = add;
    p.finish(Epilogue.NONE);
    int few = (long) k * n <= ProductVector.BLOCK ? ROWS_IN_CACHE : FEW_ROWS;
    if (!a.transposed && !b.transposed && m <= few) {
      direct(scratch, m, n, k, a.offset, b, c.offset);
    } else {
      packed(scratch, m, n, k, a.offset, b, c.offset);
    }
    p.release();
  }

  private void packed(Scratch scratch, int m, int n, int k, int ao, Rows b, int co) {
    ProductVector p = scratch.product;
    boolean add = p.add;
    int cut = k > ProductVector.LONG ? ProductVector.CUT : Math.max(1, k);
    int columns = ProductVector.BLOCK / cut / Panels.WIDTH * Panels.WIDTH;
    p.b = scratch.block();
    for (int j = 0; j < n; j += columns) {
      for (int from = 0; from == 0 || from < k; from += cut) {
        Panels block = new Panels(p.b, 0, Math.min(cut, k - from), Math.min(columns, n - j));
        if (b.transposed) {
          pack.columns(b.array, b.at(j) + from, b.stride, block);
        } else {
          pack.rows(b.array, b.at(from) + j, b.stride, 0, block.inputs(), block);
        }
        p.add = add || from > 0;
        block(scratch, m, p.columns ? ao + from * p.aStep : ao + from, block, co + j);
      }
    }
  }

  /** All rows against a packed block. */
  private static void block(Scratch scratch, int m, int ao, Panels b, int co) {
    ProductVector p = scratch.product;
    int k = b.inputs();
    int whole = b.units() / Panels.WIDTH;
    p.width = Panels.WIDTH;
    p.panelBytes = (long) k * Panels.WIDTH * Float.BYTES;
    p.panels(ao, m, k, 0, whole, 0, co);
    if (whole == b.count()) {
      return;
    }
    // The last panel has columns that c has not: into scratch, and out what exists.
    float[] c = p.c;
    int cStep = p.cStep;
    int columns = b.units() - whole * Panels.WIDTH;
    p.width = b.width(whole);
    p.c = scratch.floats(PIECE * Panels.WIDTH);
    p.cStep = p.width;
    for (int r = 0; r < m; r += PIECE) {
      int rows = Math.min(PIECE, m - r);
      int at = co + r * cStep + whole * Panels.WIDTH;
      if (p.add) {
        copy(c, at, cStep, p.c, p.width, rows, columns);
      }
      p.panels(
          p.columns ? ao + r : ao + r * p.aStep, rows, k, b.start(whole) * Float.BYTES, 1, 0, 0);
      copyOut(p.c, p.width, c, at, cStep, rows, columns);
    }
    p.c = c;
    p.cStep = cStep;
  }

  private static void direct(Scratch scratch, int m, int n, int k, int ao, Rows b, int co) {
    ProductVector p = scratch.product;
    boolean half = n % L == L / 2; // one tile of half a vector: an edge beside it would be a second
    int edge = half ? n : n - n % L;
    if (edge < n) {
      // First: it may spill into the rows' first columns, which come afterwards.
      directEdge(scratch, m, n, k, ao, b, co);
    }
    p.heap = b.array;
    p.heapStep = b.stride;
    int pairs = n - n % (2 * L);
    int tiles = Tiles.count(m, Tiles.TALL);
    int least = m / tiles; // rows are dealt evenly: a short tile takes as long as a tall one
    int taller = m - least * tiles;
    for (int row = 0, tall; row < m; row += tall) {
      tall = row < taller * (least + 1) ? least + 1 : least;
      int ar = ao + row * p.aStep;
      int cr = co + row * p.cStep;
      if (pairs > 0) {
        Tile tile = Tiles.of(tall, 2, false, ROWS, false, false);
        for (int j = 0; j < pairs; j += 2 * L) {
          tile.run(p, ar, b.offset + j, 0, cr + j, k);
        }
      }
      if (pairs + L <= edge) {
        Tiles.of(tall, 1, false, ROWS, false, false).run(p, ar, b.offset + pairs, 0, cr + pairs, k);
      }
      if (half) {
        int j = n - L / 2;
        Tiles.half(tall, ROWS).run(p, ar, b.offset + j, 0, cr + j, k);
      }
    }
  }

  /**
   * The last columns, where there are fewer than a vector of them: whole vectors of b are read, and
   * what they hold past its columns never leaves the scratch. The last rows of b, which a vector
   * would reach past, go float by float.
   */
  private static void directEdge(Scratch scratch, int m, int n, int k, int ao, Rows b, int co) {
    ProductVector p = scratch.product;
    int before = n - n % L;
    int columns = n % L;
    int piece = m * L;
    float[] floats = scratch.floats(piece + k * L);
    p.heap = floats;
    int first = b.offset + before;
    int whole = Math.clamp((b.array.length - L - first + b.stride) / b.stride, 0, k);
    strip(whole, b.array, first, b.stride, floats, piece);
    for (int q = whole; q < k; q++) {
      System.arraycopy(b.array, first + q * b.stride, floats, piece + q * L, columns);
    }
    float[] c = p.c;
    int cStep = p.cStep;
    int at = co + before;
    if (p.add) {
      copy(c, at, cStep, floats, L, m, columns);
    }
    p.c = floats;
    p.cStep = L;
    int tiles = Tiles.count(m, Tiles.TALL);
    int least = m / tiles; // rows are dealt evenly: a short tile takes as long as a tall one
    int taller = m - least * tiles;
    for (int row = 0, tall; row < m; row += tall) {
      tall = row < taller * (least + 1) ? least + 1 : least;
      Tiles.of(tall, 1, false, STRIP, false, false)
          .run(p, ao + row * p.aStep, piece, 0, row * L, k);
    }
    p.c = c;
    p.cStep = cStep;
    // Without a gap between the rows of c, a whole vector spills into columns that are written
    // later.
    boolean spill = !p.add && cStep == n;
    int end = co + m * cStep - L;
    int vectors = spill ? Math.clamp((end - at + cStep) / cStep, 0, m) : 0;
    strip(vectors, floats, 0, L, c, at, cStep);
    for (int r = vectors; r < m; r++) {
      System.arraycopy(floats, r * L, c, at + r * cStep, columns);
    }
  }

  /** Copies one vector of each row to rows that stand side by side. */
  private static void strip(int rows, float[] from, int fo, int fs, float[] to, int too) {
    strip(rows, from, fo, fs, to, too, L);
  }

  private static void strip(int rows, float[] from, int fo, int fs, float[] to, int too, int ts) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, from, fo + r * fs).intoArray(to, too + r * ts);
    }
  }

  /** Copies some columns into scratch. */
  private static void copy(
      float[] from, int fo, int fs, float[] to, int ts, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fo + r * fs, to, r * ts, columns);
    }
  }

  /** Copies some columns out of scratch. */
  private static void copyOut(
      float[] from, int fs, float[] to, int too, int ts, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, r * fs, to, too + r * ts, columns);
    }
  }
}
