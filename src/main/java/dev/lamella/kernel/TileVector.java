package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.NARROW;
import static dev.lamella.kernel.TileShape.Store.ROWS;
import static dev.lamella.kernel.TileShape.Store.STRIP;
import static dev.lamella.kernel.TileShape.Store.WIDE;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of every register tile of c = a · b: {@link Tiles} makes a copy of it for each
 * {@link TileShape}.
 *
 * <p>Sum i belongs to row i / V and vector i % V of the tile; a shape has at most sixteen. The sums
 * stay in registers while the tile walks down b, and what a shape does not have folds away. One
 * step of k an iteration: the compiler's registers hold no more. The distance from one row of b to
 * the next is a constant wherever it can be: in a variable, the range checks stay in the loop.
 */
final class TileVector extends Tile {

  private static final TileShape SHAPE = Clones.constant(MethodHandles.lookup(), TileShape.class);

  private static final int L = Lanes.COUNT;
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The vectors of a row, and the sums of the tile. */
  private static final int V = SHAPE.vectors();

  private static final int N = SHAPE.rows() * V;

  private static final boolean COLUMNS = SHAPE.columns();
  private static final boolean EPILOGUE = SHAPE.epilogue();
  private static final int EVERY = SHAPE.every();

  /** Whether b stands on the heap, and whether in rows of the caller. */
  private static final boolean HEAP = SHAPE.store() == STRIP || SHAPE.store() == ROWS;

  private static final boolean FREE = SHAPE.store() == ROWS;

  /** The floats from one row of b to the next, where that is a constant. */
  private static final int WIDTH =
      SHAPE.store() == WIDE ? Panels.WIDTH : SHAPE.store() == NARROW ? Panels.NARROW : V * L;

  private static final MemorySegment NOWHERE = Memory.floats(1);

  private static final long STEP = (long) EVERY * WIDTH * Float.BYTES;

  /**
   * What a sum holds that a shape does not have. All that it does not have is a constant, because
   * the compiler keeps every local variable for the interpreter, should it have to go back there.
   */
  private static final FloatVector UNUSED = FloatVector.zero(S);

  private TileVector() {}

  @Override
  void run(ProductVector p, float[] a, int ao, float[] b, long bo, float[] c, int co, int k) {
    tile(p, a, ao, b, bo, c, co, k);
  }

  /** Where vector j of a row starts, in bytes: one row may take vectors of several panels. */
  private static long column(int j, long panel) {
    int at = j * L;
    return N == V && SHAPE.store() == WIDE
        ? at / Panels.WIDTH * panel + (long) (at % Panels.WIDTH) * Float.BYTES
        : (long) at * Float.BYTES;
  }

  /** Where the row of sum i starts in a, from the tile's first row. */
  private static int row(int i, int step) {
    return COLUMNS ? i / V : i / V * step;
  }

  /** Where sum i stands in c, from the tile's first. */
  private static int place(int i, int step) {
    return i / V * step + i % V * L;
  }

  /**
   * What a sum starts from. A branch, not a constant: sums that all start from one zero share its
   * register, and the compiler then moves some of them to the stack.
   */
  private static FloatVector start(boolean goOn, float[] c, int at) {
    return goOn ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
  }

  private static void tile(
      ProductVector t, float[] a, int ao, float[] heap, long bo, float[] c, int co, int k) {
    MemorySegment b = HEAP ? NOWHERE : Memory.checkNative(t.b);
    int as = t.aStep;
    int bs = FREE ? EVERY * t.heapStep : EVERY * WIDTH;
    int cs = t.cStep;
    long panel = t.panelBytes;
    int base = COLUMNS ? 0 : ao;
    int a0 = base;
    int a1 = N > 1 && 1 % V == 0 ? base + row(1, as) : 0;
    int a2 = N > 2 && 2 % V == 0 ? base + row(2, as) : 0;
    int a3 = N > 3 && 3 % V == 0 ? base + row(3, as) : 0;
    int a4 = N > 4 && 4 % V == 0 ? base + row(4, as) : 0;
    int a5 = N > 5 && 5 % V == 0 ? base + row(5, as) : 0;
    int a6 = N > 6 && 6 % V == 0 ? base + row(6, as) : 0;
    int a7 = N > 7 && 7 % V == 0 ? base + row(7, as) : 0;
    int a8 = N > 8 && 8 % V == 0 ? base + row(8, as) : 0;
    int a9 = N > 9 && 9 % V == 0 ? base + row(9, as) : 0;
    int a10 = N > 10 && 10 % V == 0 ? base + row(10, as) : 0;
    int a11 = N > 11 && 11 % V == 0 ? base + row(11, as) : 0;
    int a12 = N > 12 && 12 % V == 0 ? base + row(12, as) : 0;
    int a13 = N > 13 && 13 % V == 0 ? base + row(13, as) : 0;
    int a14 = N > 14 && 14 % V == 0 ? base + row(14, as) : 0;
    int a15 = N > 15 && 15 % V == 0 ? base + row(15, as) : 0;
    int o0 = co;
    int o1 = N > 1 ? co + place(1, cs) : 0;
    int o2 = N > 2 ? co + place(2, cs) : 0;
    int o3 = N > 3 ? co + place(3, cs) : 0;
    int o4 = N > 4 ? co + place(4, cs) : 0;
    int o5 = N > 5 ? co + place(5, cs) : 0;
    int o6 = N > 6 ? co + place(6, cs) : 0;
    int o7 = N > 7 ? co + place(7, cs) : 0;
    int o8 = N > 8 ? co + place(8, cs) : 0;
    int o9 = N > 9 ? co + place(9, cs) : 0;
    int o10 = N > 10 ? co + place(10, cs) : 0;
    int o11 = N > 11 ? co + place(11, cs) : 0;
    int o12 = N > 12 ? co + place(12, cs) : 0;
    int o13 = N > 13 ? co + place(13, cs) : 0;
    int o14 = N > 14 ? co + place(14, cs) : 0;
    int o15 = N > 15 ? co + place(15, cs) : 0;
    long b1 = V > 1 ? column(1, panel) : 0;
    long b2 = V > 2 ? column(2, panel) : 0;
    long b3 = V > 3 ? column(3, panel) : 0;
    long b4 = V > 4 ? column(4, panel) : 0;
    long b5 = V > 5 ? column(5, panel) : 0;
    long b6 = V > 6 ? column(6, panel) : 0;
    long b7 = V > 7 ? column(7, panel) : 0;
    boolean goOn = t.add && EVERY == 1;
    FloatVector c0 = start(goOn, c, o0);
    FloatVector c1 = N > 1 ? start(goOn, c, o1) : UNUSED;
    FloatVector c2 = N > 2 ? start(goOn, c, o2) : UNUSED;
    FloatVector c3 = N > 3 ? start(goOn, c, o3) : UNUSED;
    FloatVector c4 = N > 4 ? start(goOn, c, o4) : UNUSED;
    FloatVector c5 = N > 5 ? start(goOn, c, o5) : UNUSED;
    FloatVector c6 = N > 6 ? start(goOn, c, o6) : UNUSED;
    FloatVector c7 = N > 7 ? start(goOn, c, o7) : UNUSED;
    FloatVector c8 = N > 8 ? start(goOn, c, o8) : UNUSED;
    FloatVector c9 = N > 9 ? start(goOn, c, o9) : UNUSED;
    FloatVector c10 = N > 10 ? start(goOn, c, o10) : UNUSED;
    FloatVector c11 = N > 11 ? start(goOn, c, o11) : UNUSED;
    FloatVector c12 = N > 12 ? start(goOn, c, o12) : UNUSED;
    FloatVector c13 = N > 13 ? start(goOn, c, o13) : UNUSED;
    FloatVector c14 = N > 14 ? start(goOn, c, o14) : UNUSED;
    FloatVector c15 = N > 15 ? start(goOn, c, o15) : UNUSED;
    int first = (int) bo;
    int h = first;
    int q = COLUMNS ? ao : 0;
    for (int p = 0; p < k; p++) {
      long w = bo + p * STEP;
      FloatVector w0;
      FloatVector w1;
      FloatVector w2;
      FloatVector w3;
      FloatVector w4;
      FloatVector w5;
      FloatVector w6;
      FloatVector w7;
      if (HEAP) {
        w0 = FloatVector.fromArray(S, heap, h);
        w1 = V > 1 ? FloatVector.fromArray(S, heap, h + 1 * L) : w0;
        w2 = V > 2 ? FloatVector.fromArray(S, heap, h + 2 * L) : w0;
        w3 = V > 2 ? FloatVector.fromArray(S, heap, h + 3 * L) : w1;
        w4 = V > 4 ? FloatVector.fromArray(S, heap, h + 4 * L) : w0;
        w5 = V > 4 ? FloatVector.fromArray(S, heap, h + 5 * L) : w1;
        w6 = V > 4 ? FloatVector.fromArray(S, heap, h + 6 * L) : w2;
        w7 = V > 4 ? FloatVector.fromArray(S, heap, h + 7 * L) : w3;
      } else {
        w0 = FloatVector.fromMemorySegment(S, b, w, NATIVE);
        w1 = V > 1 ? FloatVector.fromMemorySegment(S, b, w + b1, NATIVE) : w0;
        w2 = V > 2 ? FloatVector.fromMemorySegment(S, b, w + b2, NATIVE) : w0;
        w3 = V > 2 ? FloatVector.fromMemorySegment(S, b, w + b3, NATIVE) : w1;
        w4 = V > 4 ? FloatVector.fromMemorySegment(S, b, w + b4, NATIVE) : w0;
        w5 = V > 4 ? FloatVector.fromMemorySegment(S, b, w + b5, NATIVE) : w1;
        w6 = V > 4 ? FloatVector.fromMemorySegment(S, b, w + b6, NATIVE) : w2;
        w7 = V > 4 ? FloatVector.fromMemorySegment(S, b, w + b7, NATIVE) : w3;
      }
      FloatVector x = FloatVector.broadcast(S, a[q + a0]);
      c0 = x.fma(w0, c0);
      if (N > 1) {
        x = 1 % V == 0 ? FloatVector.broadcast(S, a[q + a1]) : x;
        c1 = x.fma(w1, c1);
      }
      if (N > 2) {
        x = 2 % V == 0 ? FloatVector.broadcast(S, a[q + a2]) : x;
        c2 = x.fma(w2, c2);
      }
      if (N > 3) {
        x = 3 % V == 0 ? FloatVector.broadcast(S, a[q + a3]) : x;
        c3 = x.fma(w3, c3);
      }
      if (N > 4) {
        x = 4 % V == 0 ? FloatVector.broadcast(S, a[q + a4]) : x;
        c4 = x.fma(w4, c4);
      }
      if (N > 5) {
        x = 5 % V == 0 ? FloatVector.broadcast(S, a[q + a5]) : x;
        c5 = x.fma(w5, c5);
      }
      if (N > 6) {
        x = 6 % V == 0 ? FloatVector.broadcast(S, a[q + a6]) : x;
        c6 = x.fma(w6, c6);
      }
      if (N > 7) {
        x = 7 % V == 0 ? FloatVector.broadcast(S, a[q + a7]) : x;
        c7 = x.fma(w7, c7);
      }
      if (N > 8) {
        x = 8 % V == 0 ? FloatVector.broadcast(S, a[q + a8]) : x;
        c8 = x.fma(w0, c8);
      }
      if (N > 9) {
        x = 9 % V == 0 ? FloatVector.broadcast(S, a[q + a9]) : x;
        c9 = x.fma(w1, c9);
      }
      if (N > 10) {
        x = 10 % V == 0 ? FloatVector.broadcast(S, a[q + a10]) : x;
        c10 = x.fma(w2, c10);
      }
      if (N > 11) {
        x = 11 % V == 0 ? FloatVector.broadcast(S, a[q + a11]) : x;
        c11 = x.fma(w3, c11);
      }
      if (N > 12) {
        x = 12 % V == 0 ? FloatVector.broadcast(S, a[q + a12]) : x;
        c12 = x.fma(w4, c12);
      }
      if (N > 13) {
        x = 13 % V == 0 ? FloatVector.broadcast(S, a[q + a13]) : x;
        c13 = x.fma(w5, c13);
      }
      if (N > 14) {
        x = 14 % V == 0 ? FloatVector.broadcast(S, a[q + a14]) : x;
        c14 = x.fma(w6, c14);
      }
      if (N > 15) {
        x = 15 % V == 0 ? FloatVector.broadcast(S, a[q + a15]) : x;
        c15 = x.fma(w7, c15);
      }
      q = COLUMNS ? q + EVERY * as : (p + 1) * EVERY;
      h = FREE ? h + bs : first + (p + 1) * bs;
    }
    if (t.add && EVERY > 1) {
      c0 = N > 0 ? FloatVector.fromArray(S, c, o0).add(c0) : c0;
      c1 = N > 1 ? FloatVector.fromArray(S, c, o1).add(c1) : c1;
      c2 = N > 2 ? FloatVector.fromArray(S, c, o2).add(c2) : c2;
      c3 = N > 3 ? FloatVector.fromArray(S, c, o3).add(c3) : c3;
      c4 = N > 4 ? FloatVector.fromArray(S, c, o4).add(c4) : c4;
      c5 = N > 5 ? FloatVector.fromArray(S, c, o5).add(c5) : c5;
      c6 = N > 6 ? FloatVector.fromArray(S, c, o6).add(c6) : c6;
      c7 = N > 7 ? FloatVector.fromArray(S, c, o7).add(c7) : c7;
      c8 = N > 8 ? FloatVector.fromArray(S, c, o8).add(c8) : c8;
      c9 = N > 9 ? FloatVector.fromArray(S, c, o9).add(c9) : c9;
      c10 = N > 10 ? FloatVector.fromArray(S, c, o10).add(c10) : c10;
      c11 = N > 11 ? FloatVector.fromArray(S, c, o11).add(c11) : c11;
      c12 = N > 12 ? FloatVector.fromArray(S, c, o12).add(c12) : c12;
      c13 = N > 13 ? FloatVector.fromArray(S, c, o13).add(c13) : c13;
      c14 = N > 14 ? FloatVector.fromArray(S, c, o14).add(c14) : c14;
      c15 = N > 15 ? FloatVector.fromArray(S, c, o15).add(c15) : c15;
    }
    if (EPILOGUE) {
      float bound = t.lowerBound;
      MemorySegment s = Memory.checkNative(t.bias);
      long bias = t.biasAt;
      FloatVector s0 = FloatVector.fromMemorySegment(S, s, bias, NATIVE);
      FloatVector s1 =
          V > 1 ? FloatVector.fromMemorySegment(S, s, bias + 1L * L * Float.BYTES, NATIVE) : s0;
      FloatVector s2 =
          V > 2 ? FloatVector.fromMemorySegment(S, s, bias + 2L * L * Float.BYTES, NATIVE) : s0;
      FloatVector s3 =
          V > 2 ? FloatVector.fromMemorySegment(S, s, bias + 3L * L * Float.BYTES, NATIVE) : s1;
      FloatVector s4 =
          V > 4 ? FloatVector.fromMemorySegment(S, s, bias + 4L * L * Float.BYTES, NATIVE) : s0;
      FloatVector s5 =
          V > 4 ? FloatVector.fromMemorySegment(S, s, bias + 5L * L * Float.BYTES, NATIVE) : s1;
      FloatVector s6 =
          V > 4 ? FloatVector.fromMemorySegment(S, s, bias + 6L * L * Float.BYTES, NATIVE) : s2;
      FloatVector s7 =
          V > 4 ? FloatVector.fromMemorySegment(S, s, bias + 7L * L * Float.BYTES, NATIVE) : s3;
      c0 = N > 0 ? c0.add(s0).max(bound) : c0;
      c1 = N > 1 ? c1.add(s1).max(bound) : c1;
      c2 = N > 2 ? c2.add(s2).max(bound) : c2;
      c3 = N > 3 ? c3.add(s3).max(bound) : c3;
      c4 = N > 4 ? c4.add(s4).max(bound) : c4;
      c5 = N > 5 ? c5.add(s5).max(bound) : c5;
      c6 = N > 6 ? c6.add(s6).max(bound) : c6;
      c7 = N > 7 ? c7.add(s7).max(bound) : c7;
      c8 = N > 8 ? c8.add(s0).max(bound) : c8;
      c9 = N > 9 ? c9.add(s1).max(bound) : c9;
      c10 = N > 10 ? c10.add(s2).max(bound) : c10;
      c11 = N > 11 ? c11.add(s3).max(bound) : c11;
      c12 = N > 12 ? c12.add(s4).max(bound) : c12;
      c13 = N > 13 ? c13.add(s5).max(bound) : c13;
      c14 = N > 14 ? c14.add(s6).max(bound) : c14;
      c15 = N > 15 ? c15.add(s7).max(bound) : c15;
    }
    c0.intoArray(c, o0);
    if (N > 1) {
      c1.intoArray(c, o1);
    }
    if (N > 2) {
      c2.intoArray(c, o2);
    }
    if (N > 3) {
      c3.intoArray(c, o3);
    }
    if (N > 4) {
      c4.intoArray(c, o4);
    }
    if (N > 5) {
      c5.intoArray(c, o5);
    }
    if (N > 6) {
      c6.intoArray(c, o6);
    }
    if (N > 7) {
      c7.intoArray(c, o7);
    }
    if (N > 8) {
      c8.intoArray(c, o8);
    }
    if (N > 9) {
      c9.intoArray(c, o9);
    }
    if (N > 10) {
      c10.intoArray(c, o10);
    }
    if (N > 11) {
      c11.intoArray(c, o11);
    }
    if (N > 12) {
      c12.intoArray(c, o12);
    }
    if (N > 13) {
      c13.intoArray(c, o13);
    }
    if (N > 14) {
      c14.intoArray(c, o14);
    }
    if (N > 15) {
      c15.intoArray(c, o15);
    }
  }
}
