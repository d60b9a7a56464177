package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.ROWS;
import static dev.lamella.kernel.TileShape.Store.STRIP;

import dev.lamella.machine.Lanes;
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

  /** From so many rows on a copy of a narrow b is cheaper than an edge. */
  private static final int NARROW_ROWS = 4;

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
    p.aStep = a.stride;
    p.columns = a.transposed;
    p.cStep = c.stride;
    p.add = add;
    p.epilogue = false;
    int few = (long) k * n <= ProductVector.BLOCK ? ROWS_IN_CACHE : FEW_ROWS;
    if (!a.transposed && !b.transposed && m <= few) {
      direct(scratch, m, n, k, a, b, c);
    } else {
      packed(scratch, m, n, k, a, b, c);
    }
  }

  private void packed(Scratch scratch, int m, int n, int k, Rows a, Rows b, Rows c) {
    ProductVector p = scratch.product;
    p.unit = 0;
    p.finish(Epilogue.NONE);
    boolean add = p.add;
    int cut = k > ProductVector.LONG ? ProductVector.CUT : Math.max(1, k);
    int columns = ProductVector.BLOCK / cut / Panels.WIDTH * Panels.WIDTH;
    for (int j = 0; j < n; j += columns) {
      for (int from = 0; from == 0 || from < k; from += cut) {
        int depth = Math.min(cut, k - from);
        Panels block = new Panels(scratch.block(), 0, depth, Math.min(columns, n - j));
        if (b.transposed) {
          pack.columns(b.array, b.at(j) + from, b.stride, block);
        } else {
          pack.rows(b.array, b.at(from) + j, b.stride, 0, block.inputs(), block);
        }
        p.panelsOf(block);
        p.add = add || from > 0;
        int whole = block.units() / Panels.WIDTH;
        int ao = a.transposed ? a.at(from) : a.offset + from;
        p.panels(a.array, ao, c.array, c.offset + j, m, depth, 0, whole);
        if (whole < block.count()) {
          lastPanel(scratch, m, a.array, ao, block, c.array, c.offset + j);
        }
      }
    }
  }

  /** A last panel with columns that c has not: into scratch, and out what exists. */
  private static void lastPanel(
      Scratch scratch, int m, float[] a, int ao, Panels b, float[] c, int co) {
    ProductVector p = scratch.product;
    int panel = b.count() - 1;
    int columns = b.units() - panel * Panels.WIDTH;
    int cStep = p.cStep;
    p.width = b.width(panel);
    p.cStep = p.width;
    float[] piece = scratch.floats(PIECE * Panels.WIDTH);
    for (int r = 0; r < m; r += PIECE) {
      int rows = Math.min(PIECE, m - r);
      int at = co + r * cStep + panel * Panels.WIDTH;
      if (p.add) {
        copy(c, at, cStep, piece, 0, p.width, rows, columns);
      }
      int ar = p.columns ? ao + r : ao + r * p.aStep;
      p.panels(a, ar, piece, 0, rows, b.inputs(), b.start(panel) * Float.BYTES, 1);
      copy(piece, 0, p.width, c, at, cStep, rows, columns);
    }
    p.cStep = cStep;
  }

  private static void direct(Scratch scratch, int m, int n, int k, Rows a, Rows b, Rows c) {
    ProductVector p = scratch.product;
    if (n < L && m >= NARROW_ROWS && !p.add && b.stride == n && c.stride == n) {
      narrow(scratch, m, n, k, a, b, c);
      return;
    }
    int edge = n - n % L;
    if (edge < n) {
      // First: it may spill into the rows' first columns, which come afterwards.
      directEdge(scratch, m, n, k, a, b, c);
    }
    p.heapStep = b.stride;
    int bo = b.offset;
    int pairs = n - n % (2 * L);
    for (int row = 0, tall; row < m; row += tall) {
      tall = Tiles.deal(m - row, Tiles.TALL);
      int ar = a.at(row);
      int cr = c.at(row);
      if (pairs > 0) {
        Tile tile = Tiles.of(p, tall, 2, ROWS, false);
        for (int j = 0; j < pairs; j += 2 * L) {
          tile.run(p, a.array, ar, b.array, (long) bo + j, c.array, cr + j, k);
        }
      }
      if (pairs + L <= edge) {
        Tile tile = Tiles.of(p, tall, 1, ROWS, false);
        tile.run(p, a.array, ar, b.array, (long) bo + pairs, c.array, cr + pairs, k);
      }
    }
  }

  /**
   * Rows of less than a vector without a gap: a vector holds one and the start of the next. Sums of
   * the next are nonsense, and the next row is written over them.
   */
  private static void narrow(Scratch scratch, int m, int n, int k, Rows a, Rows b, Rows c) {
    ProductVector p = scratch.product;
    int from = m * n + L; // behind c and what its last row spills
    float[] floats = scratch.floats(from + k * n + L);
    System.arraycopy(b.array, b.offset, floats, from, k * n);
    FloatVector.zero(Lanes.SPECIES).intoArray(floats, from + k * n); // or old subnormals: slow
    p.heapStep = n;
    for (int row = 0, tall; row < m; row += tall) {
      tall = Tiles.deal(m - row, Tiles.TALL);
      Tile tile = Tiles.of(p, tall, 1, ROWS, false);
      tile.run(p, a.array, a.at(row), floats, from, floats, row * n, k);
    }
    System.arraycopy(floats, 0, c.array, c.offset, m * n);
  }

  /**
   * The last columns, where there are fewer than a vector of them: whole vectors of b are read, and
   * what they hold past its columns never leaves the scratch. The last rows of b, which a vector
   * would reach past, go float by float.
   */
  private static void directEdge(Scratch scratch, int m, int n, int k, Rows a, Rows b, Rows c) {
    ProductVector p = scratch.product;
    int before = n - n % L;
    int columns = n % L;
    int strip = m * L; // behind the piece of c
    float[] floats = scratch.floats(strip + k * L);
    int first = b.offset + before;
    int whole = Math.clamp((b.array.length - L - first + b.stride) / b.stride, 0, k);
    // One tile alone is not worth a copy of the rows that can be read in place.
    int inPlace = m > 0 && m <= Tiles.TALL ? whole : 0;
    vectors(b.array, first + inPlace * b.stride, b.stride, floats, strip, L, whole - inPlace);
    int last = first + whole * b.stride;
    int end = strip + (whole - inPlace) * L;
    copy(b.array, last, b.stride, floats, end, L, k - whole, columns);
    int at = c.offset + before;
    boolean add = p.add;
    if (add) {
      copy(c.array, at, c.stride, floats, 0, L, m, columns);
    }
    p.cStep = L;
    if (inPlace > 0) {
      p.heapStep = b.stride;
      Tile tile = Tiles.of(p, m, 1, ROWS, false);
      tile.run(p, a.array, a.at(0), b.array, first, floats, 0, inPlace);
      p.add = true;
    }
    int rest = k - inPlace;
    for (int row = 0, tall; row < m && (rest > 0 || inPlace == 0); row += tall) {
      tall = Tiles.deal(m - row, Tiles.TALL);
      Tile tile = Tiles.of(p, tall, 1, STRIP, false);
      tile.run(p, a.array, a.at(row) + inPlace, floats, strip, floats, row * L, rest);
    }
    p.add = add;
    p.cStep = c.stride;
    // Without a gap between the rows of c, a whole vector spills into columns that are written
    // later.
    boolean spill = !p.add && c.stride == n;
    int reach = c.at(m) - L;
    int spilled = spill ? Math.clamp((reach - at + n) / n, 0, m) : 0;
    vectors(floats, 0, L, c.array, at, n, spilled);
    int unspilled = at + spilled * c.stride;
    copy(floats, spilled * L, L, c.array, unspilled, c.stride, m - spilled, columns);
  }

  /** Copies one vector of each row. */
  private static void vectors(float[] from, int fo, int fs, float[] to, int too, int ts, int rows) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, from, fo + r * fs).intoArray(to, too + r * ts);
    }
  }

  /** Copies some columns of each row. */
  private static void copy(
      float[] from, int fo, int fs, float[] to, int too, int ts, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fo + r * fs, to, too + r * ts, columns);
    }
  }
}
