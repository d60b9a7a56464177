package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.NARROW;
import static dev.lamella.kernel.TileShape.Store.STRIP;
import static dev.lamella.kernel.TileShape.Store.WIDE;

import dev.lamella.kernel.TileShape.Store;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Rows against panels: which tile computes which part, and in which order the caches see them.
 *
 * <p>Panels are taken in blocks that stay in the second-level cache while all rows pass by; inside
 * a block a tile's rows stay in the first level while the block's panels pass by. Where tiles read
 * strips ({@link Tiles#STRIPS}), a strip stays in the first level while all rows pass by. Blocks of
 * inputs cut long panels; a chain goes on from what c holds, so blocks never change a bit.
 *
 * <p>The fields are what the tiles of one product share; whoever multiplies sets them first.
 */
@SuppressWarnings("NarrowCalculation") // offsets within one panel or one row of it
final class ProductVector {

  private static final int L = Lanes.COUNT;

  /** The floats of a block of panels: half of a second-level cache of 1 MiB. */
  static final int BLOCK = 1 << 17;

  /** A panel with more inputs than this is cut into blocks of {@link #CUT} inputs. */
  static final int LONG = 1024;

  static final int CUT = 512;

  /** The most inputs of a strip: with a tile's rows it fits into a first-level cache of 32 KiB. */
  private static final int STRIP_DEPTH = 256;

  /** From so many rows on a strip is worth its copy. */
  private static final int STRIP_ROWS = 12;

  /** The columns of a strip. */
  private static final int STRIP_WIDTH = 2 * L;

  private static final float[] NOTHING = {};

  /** Adding -0 changes no float, +0 would change -0. */
  private static final MemorySegment NO_BIAS = negativeZeros();

  /** a: where it stands, the distance of its rows or, in columns, of its columns. */
  float[] a = NOTHING;

  int aStep;
  boolean columns;

  /** b off the heap, the bytes from one panel to the next, and the width of a panel. */
  MemorySegment b = NO_BIAS;

  long panelBytes;
  int width = Panels.WIDTH;

  /** b on the heap, the floats from one row to the next. */
  float[] heap = NOTHING;

  int heapStep;

  /** What follows the sums; see {@link Epilogue}. */
  MemorySegment bias = NO_BIAS;

  long firstBias;
  int biasStep;
  float lowerBound;
  boolean epilogue;

  /** c: where it stands, the distance of its rows, whether sums go on from what it holds. */
  float[] c = NOTHING;

  int cStep;
  boolean add;

  /** Scratch for one strip. */
  private float[] strip = {};

  private static MemorySegment negativeZeros() {
    MemorySegment zeros = Memory.floats(8L * L);
    for (int i = 0; i < 8 * L; i++) {
      Memory.set(zeros, i, -0f);
    }
    return zeros;
  }

  /** Sets what follows the sums. */
  void finish(Epilogue after) {
    epilogue = !after.isNone();
    MemorySegment given = after.bias();
    bias = given == null ? NO_BIAS : given;
    firstBias = given == null ? 0 : after.offset() * Float.BYTES;
    biasStep = given == null ? 0 : Float.BYTES;
    lowerBound = after.lowerBound();
  }

  /** Lets go of the caller's arrays. */
  void release() {
    a = NOTHING;
    c = NOTHING;
    heap = NOTHING;
  }

  /** Where the bias of a column stands, in bytes. */
  long biasAt(int column) {
    return firstBias + (long) column * biasStep;
  }

  /** The floats from one of a's rows to the next one's. */
  private int rowStep() {
    return columns ? 1 : aStep;
  }

  /**
   * Rows against panels of {@link #width} columns, one chain a sum.
   *
   * @param ao where the first row starts in a
   * @param start where the first panel starts, in bytes
   * @param unit the column of the bias that the first panel starts with
   * @param co where the first element stands in c
   */
  void panels(int ao, int rows, int k, long start, int panels, int unit, int co) {
    boolean strips = Tiles.STRIPS && rows >= STRIP_ROWS;
    int most = strips ? STRIP_DEPTH : k > LONG ? CUT : Math.max(1, k);
    int cuts = Math.max(1, (k + most - 1) / most);
    int block = Math.max(1, BLOCK / (most * width));
    boolean before = add;
    boolean after = epilogue;
    for (int panel = 0; panel < panels; panel += block) {
      int count = Math.min(block, panels - panel);
      for (int cut = 0; cut < cuts; cut++) {
        int from = Tiles.cut(k, cut, cuts);
        int depth = Tiles.cut(k, cut + 1, cuts) - from;
        add = before || cut > 0;
        epilogue = after && cut == cuts - 1;
        int at = columns ? ao + from * aStep : ao + from;
        long b = start + panel * panelBytes + (long) from * width * Float.BYTES;
        int first = unit + panel * width;
        if (strips) {
          strips(at, rows, depth, b, count, first, co + panel * width);
        } else {
          block(at, rows, depth, b, count, first, co + panel * width);
        }
      }
    }
    add = before;
    epilogue = after;
  }

  /** One block, b where it stands: rows outside, so that a tile's rows stay in the cache. */
  private void block(int ao, int rows, int k, long start, int panels, int unit, int co) {
    int vectors = Math.min(2, width / L);
    Store store = width == Panels.WIDTH ? WIDE : NARROW;
    int tiles = Tiles.count(rows, Tiles.TALL_OFF_HEAP);
    int least = rows / tiles; // rows are dealt evenly: a short tile takes as long as a tall one
    int taller = rows - least * tiles;
    for (int row = 0, tall; row < rows; row += tall) {
      tall = row < taller * (least + 1) ? least + 1 : least;
      Tile tile = Tiles.of(tall, vectors, columns, store, false, epilogue);
      int ar = ao + row * rowStep();
      int cr = co + row * cStep;
      for (int panel = 0; panel < panels; panel++) {
        for (int column = 0; column < width; column += vectors * L) {
          int at = panel * width + column;
          long b = start + panel * panelBytes + (long) column * Float.BYTES;
          tile.run(this, ar, b, biasAt(unit + at), cr + at, k);
        }
      }
    }
  }

  /** One block, strip by strip: each is copied to the heap, then all rows pass by. */
  private void strips(int ao, int rows, int k, long start, int panels, int unit, int co) {
    heap = strip(k);
    for (int panel = 0; panel < panels; panel++) {
      for (int column = 0; column < width; column += STRIP_WIDTH) {
        int at = panel * width + column;
        copyStrip(b, start + panel * panelBytes + (long) column * Float.BYTES, width, k, heap);
        stripRows(ao, rows, k, false, biasAt(unit + at), co + at);
      }
    }
  }

  /** All rows against the strip. */
  private void stripRows(int ao, int rows, int k, boolean every, long bias, int co) {
    int tiles = Tiles.count(rows, Tiles.TALL);
    int least = rows / tiles; // rows are dealt evenly: a short tile takes as long as a tall one
    int taller = rows - least * tiles;
    for (int row = 0, tall; row < rows; row += tall) {
      tall = row < taller * (least + 1) ? least + 1 : least;
      int ar = ao + row * rowStep();
      int cr = co + row * cStep;
      if (every) {
        fourChains(tall, STRIP, ar, 0, bias, cr, k);
      } else {
        Tiles.of(tall, 2, columns, STRIP, false, epilogue).run(this, ar, 0, bias, cr, k);
      }
    }
  }

  private float[] strip(int k) {
    if (strip.length < k * STRIP_WIDTH) {
      strip = new float[Math.max(k, STRIP_DEPTH) * STRIP_WIDTH];
    }
    return strip;
  }

  /** Copies some columns of a panel to the heap, side by side. */
  private static void copyStrip(MemorySegment panel, long from, int width, int k, float[] into) {
    MemorySegment b = Memory.checkNative(panel);
    long step = (long) width * Float.BYTES;
    for (int p = 0; p < k; p++) {
      long at = from + p * step;
      FloatVector.fromMemorySegment(Lanes.SPECIES, b, at, ByteOrder.nativeOrder())
          .intoArray(into, p * STRIP_WIDTH);
      FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, at + (long) L * Float.BYTES, ByteOrder.nativeOrder())
          .intoArray(into, p * STRIP_WIDTH + L);
    }
  }

  /** Rows against a panel of 16 columns, four chains a sum, bias and lower bound at the end. */
  void chains(int ao, int rows, int k, long start, int unit, int co) {
    if (Tiles.STRIPS && rows >= STRIP_ROWS && k <= LONG) {
      heap = strip(k);
      for (int column = 0; column < Panels.NARROW; column += STRIP_WIDTH) {
        copyStrip(b, start + (long) column * Float.BYTES, Panels.NARROW, k, heap);
        stripRows(ao, rows, k, true, biasAt(unit + column), co + column);
      }
      return;
    }
    int tiles = Tiles.count(rows, Tiles.TALL_OFF_HEAP);
    int least = rows / tiles; // rows are dealt evenly: a short tile takes as long as a tall one
    int taller = rows - least * tiles;
    for (int row = 0, tall; row < rows; row += tall) {
      tall = row < taller * (least + 1) ? least + 1 : least;
      int vectors = Math.min(2, Panels.NARROW / L);
      for (int column = 0; column < Panels.NARROW; column += vectors * L) {
        long b = start + (long) column * Float.BYTES;
        int at = co + row * cStep + column;
        fourChains(tall, NARROW, ao + row * aStep, b, biasAt(unit + column), at, k);
      }
    }
  }

  /** One tile four times: each chain by itself, added to those before. */
  private void fourChains(int tall, Store store, int a, long b, long bias, int c, int k) {
    int vectors = Math.min(2, Panels.NARROW / L);
    int step = store == STRIP ? STRIP_WIDTH : Panels.NARROW * Float.BYTES;
    Tile middle = Tiles.of(tall, vectors, false, store, true, false);
    Tile last = epilogue ? Tiles.of(tall, vectors, false, store, true, true) : middle;
    for (int chain = 0; chain < 4; chain++) {
      add = chain > 0;
      Tile tile = chain == 3 ? last : middle;
      tile.run(this, a + chain, b + (long) chain * step, bias, c, (k - chain + 3) / 4);
    }
    add = false;
  }
}
