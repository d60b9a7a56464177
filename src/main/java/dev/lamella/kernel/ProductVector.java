package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.NARROW;
import static dev.lamella.kernel.TileShape.Store.STRIP;
import static dev.lamella.kernel.TileShape.Store.WIDE;

import dev.lamella.kernel.TileShape.Store;
import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
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
  private static final int STRIP_DEPTH = 400;

  /** From so many rows on a strip is worth its copy. */
  private static final int STRIP_ROWS = 12;

  /** The tiles whose rows pass by a strip before the next one comes. */
  private static final int STRIP_TILES = 8;

  /** The columns of a strip. */
  private static final int STRIP_WIDTH = 2 * L;

  private static final float[] NOTHING = {};

  /** Adding -0 changes no float, +0 would change -0. */
  private static final MemorySegment NO_BIAS = negativeZeros();

  /** The distance of a's rows or, where they stand in columns, of its columns. */
  int aStep;

  boolean columns;

  /** b off the heap, the bytes from one panel to the next, and the width of a panel. */
  MemorySegment b = NO_BIAS;

  long panelBytes;
  int width = Panels.WIDTH;

  /** The floats from one row of b to the next, where it stands on the heap. */
  int heapStep;

  /** The distance of c's rows, and whether sums go on from what it holds. */
  int cStep;

  boolean add;

  /** What follows the sums; see {@link Epilogue}. */
  MemorySegment bias = NO_BIAS;

  float lowerBound;
  boolean epilogue;

  /** The column that the first panel starts with, in the bias. */
  int unit;

  /** Where the bias of a tile's first column stands, in bytes. */
  long biasAt;

  private long firstBias;
  private int biasStep;

  /** Scratch for one strip. */
  private float[] strip = NOTHING;

  private static MemorySegment negativeZeros() {
    MemorySegment zeros = Memory.floats(8L * L);
    for (int i = 0; i < 8 * L; i++) {
      Memory.set(zeros, i, -0f);
    }
    return zeros;
  }

  /** Sets where b stands off the heap. */
  @SuppressWarnings({
    "MemorySegmentReferenceEquality",
    "ReferenceEquality"
  }) // the same memory: most often it is, and writing costs
  void panelsOf(Panels w) {
    if (b != w.memory()) {
      b = w.memory();
    }
    panelBytes = (long) w.inputs() * Panels.WIDTH * Float.BYTES;
    width = Panels.WIDTH;
  }

  /** Sets what follows the sums. */
  @SuppressWarnings({"MemorySegmentReferenceEquality", "ReferenceEquality"}) // the same memory
  void finish(Epilogue after) {
    epilogue = !after.isNone();
    MemorySegment given = after.bias();
    MemorySegment next = given == null ? NO_BIAS : given;
    if (bias != next) {
      bias = next;
    }
    firstBias = given == null ? 0 : after.offset() * Float.BYTES;
    biasStep = given == null ? 0 : Float.BYTES;
    lowerBound = after.lowerBound();
  }

  /** Sets the column that the next tile's bias starts with. */
  void column(int unit) {
    biasAt = firstBias + (long) unit * biasStep;
  }

  /** The floats from one of a's rows to the next one's. */
  private int rowStep() {
    return columns ? 1 : aStep;
  }

  /**
   * Rows against panels of {@link #width} columns, one chain a sum. The first panel's bias is that
   * of {@link #unit}.
   *
   * @param ao where the first row starts in a
   * @param co where the first element stands in c
   * @param start where the first panel starts, in bytes
   */
  void panels(float[] a, int ao, float[] c, int co, int rows, int k, long start, int panels) {
    boolean strips = Tiles.STRIPS && rows >= STRIP_ROWS;
    int most = strips ? STRIP_DEPTH : k > LONG ? CUT : Math.max(1, k);
    int cuts = Math.max(1, (k + most - 1) / most);
    int block = Math.max(1, BLOCK / (most * width));
    boolean before = add;
    boolean after = epilogue;
    int first = unit;
    for (int panel = 0; panel < panels; panel += block) {
      int count = Math.min(block, panels - panel);
      int cp = co + panel * width;
      unit = first + panel * width;
      for (int cut = 0; cut < cuts; cut++) {
        int from = Tiles.cut(k, cut, cuts);
        int depth = Tiles.cut(k, cut + 1, cuts) - from;
        add = before || cut > 0;
        epilogue = after && cut == cuts - 1;
        int at = columns ? ao + from * aStep : ao + from;
        long bp = start + panel * panelBytes + (long) from * width * Float.BYTES;
        if (strips) {
          strips(a, at, c, cp, rows, depth, bp, count);
        } else {
          block(a, at, c, cp, rows, depth, bp, count);
        }
      }
    }
    unit = first;
    add = before;
    epilogue = after;
  }

  /** One block, b where it stands: rows outside, so that a tile's rows stay in the cache. */
  private void block(
      float[] a, int ao, float[] c, int co, int rows, int k, long start, int panels) {
    int vectors = Math.min(2, width / L);
    Store store = width == Panels.WIDTH ? WIDE : NARROW;
    for (int row = 0, tall; row < rows; row += tall) {
      tall = Tiles.deal(rows - row, Tiles.TALL_OFF_HEAP);
      Tile tile = Tiles.of(this, tall, vectors, store, false);
      int ar = ao + row * rowStep();
      int cr = co + row * cStep;
      for (int panel = 0; panel < panels; panel++) {
        for (int column = 0; column < width; column += vectors * L) {
          int at = panel * width + column;
          column(unit + at);
          long bp = start + panel * panelBytes + (long) column * Float.BYTES;
          tile.run(this, a, ar, NOTHING, bp, c, cr + at, k);
        }
      }
    }
  }

  /**
   * One block, strip by strip: all are copied to the heap first; then some tiles' rows at a time
   * pass by each strip, so that the rows stay in the second-level cache and the strip in the first.
   */
  private void strips(
      float[] a, int ao, float[] c, int co, int rows, int k, long start, int panels) {
    int columnsOfAll = panels * width;
    float[] all = stripFor(k, columnsOfAll);
    for (int at = 0; at < columnsOfAll; at += STRIP_WIDTH) {
      long column = (long) (at % width) * Float.BYTES;
      copyStrip(b, start + at / width * panelBytes + column, width, k, all, at * k);
    }
    for (int row = 0; row < rows; row += STRIP_TILES * Tiles.TALL) {
      int some = Math.min(STRIP_TILES * Tiles.TALL, rows - row);
      for (int at = 0; at < columnsOfAll; at += STRIP_WIDTH) {
        column(unit + at);
        stripRows(a, ao + row * rowStep(), c, co + row * cStep + at, some, k, at * k, false);
      }
    }
  }

  /** Some rows against the strip at {@code bo}, one chain a sum or four. */
  private void stripRows(
      float[] a, int ao, float[] c, int co, int rows, int k, int bo, boolean fourChains) {
    for (int row = 0, tall; row < rows; row += tall) {
      tall = Tiles.deal(rows - row, Tiles.TALL);
      int ar = ao + row * rowStep();
      int cr = co + row * cStep;
      if (fourChains) {
        fourChains(a, ar, c, cr, tall, k, STRIP, bo);
      } else {
        Tiles.of(this, tall, 2, STRIP, false).run(this, a, ar, strip, bo, c, cr, k);
      }
    }
  }

  /** Returns room for strips of some columns. */
  private float[] stripFor(int k, int columns) {
    if (strip.length < k * columns) {
      strip = new float[Math.max(k * columns, STRIP_DEPTH * STRIP_WIDTH)];
    }
    return strip;
  }

  /** Copies some columns of a panel to the heap, side by side. */
  private static void copyStrip(
      MemorySegment panel, long from, int width, int k, float[] into, int to) {
    MemorySegment b = Memory.checkNative(panel);
    ByteOrder order = ByteOrder.nativeOrder();
    long step = (long) width * Float.BYTES;
    for (int p = 0; p < k; p++) {
      long at = from + p * step;
      int i = to + p * STRIP_WIDTH;
      FloatVector.fromMemorySegment(Lanes.SPECIES, b, at, order).intoArray(into, i);
      FloatVector.fromMemorySegment(Lanes.SPECIES, b, at + (long) L * Float.BYTES, order)
          .intoArray(into, i + L);
    }
  }

  /** Rows against a panel of 16 columns, four chains a sum, bias and lower bound at the end. */
  void chains(float[] a, int ao, float[] c, int co, int rows, int k, long start) {
    if (Tiles.STRIPS && rows >= STRIP_ROWS && k <= LONG) {
      for (int column = 0; column < Panels.NARROW; column += STRIP_WIDTH) {
        column(unit + column);
        float[] one = stripFor(k, STRIP_WIDTH);
        copyStrip(b, start + (long) column * Float.BYTES, Panels.NARROW, k, one, 0);
        stripRows(a, ao, c, co + column, rows, k, 0, true);
      }
      return;
    }
    int vectors = Math.min(2, Panels.NARROW / L);
    for (int row = 0, tall; row < rows; row += tall) {
      tall = Tiles.deal(rows - row, Tiles.TALL_OFF_HEAP);
      for (int column = 0; column < Panels.NARROW; column += vectors * L) {
        column(unit + column);
        int at = co + row * cStep + column;
        long bp = start + (long) column * Float.BYTES;
        fourChains(a, ao + row * aStep, c, at, tall, k, NARROW, bp);
      }
    }
  }

  /** One tile four times: each chain by itself, added to those before. */
  private void fourChains(
      float[] a, int ao, float[] c, int co, int tall, int k, Store store, long bo) {
    int vectors = Math.min(2, Panels.NARROW / L);
    int step = store == STRIP ? STRIP_WIDTH : Panels.NARROW * Float.BYTES;
    boolean after = epilogue;
    for (int chain = 0; chain < 4; chain++) {
      add = chain > 0;
      epilogue = after && chain == 3;
      Tile tile = Tiles.of(this, tall, vectors, store, true);
      tile.run(this, a, ao + chain, strip, bo + (long) chain * step, c, co, (k - chain + 3) / 4);
    }
    epilogue = after;
    add = false;
  }
}
