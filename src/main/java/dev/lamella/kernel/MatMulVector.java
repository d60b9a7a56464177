package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The products with the Vector API: which register tile computes which part, and in which order the
 * caches see them.
 *
 * <p>Panels are taken in blocks that stay in the second-level cache while all rows pass by; inside
 * a block eight rows stay in the first level while the block's panels pass by. Blocks of inputs cut
 * long panels; a chain goes on from what y holds, so blocks never change a bit.
 */
@SuppressWarnings("NarrowCalculation") // offsets within one panel or one row of it
final class MatMulVector extends MatMul {

  private static final int L = Lanes.COUNT;

  /** The rows of the tallest tile: sixteen sums need 32 registers, which 16 lanes and ARM have. */
  private static final int TALL =
      L == 16 || System.getProperty("os.arch", "").equals("aarch64") ? 8 : 4;

  /** The floats of a block of panels: half of a second-level cache of 1 MiB. */
  private static final int BLOCK = 1 << 17;

  /** A panel with more inputs than this is cut into blocks of {@link #CUT} inputs. */
  private static final int LONG = 1024;

  private static final int CUT = 512;

  private static final long WIDE_BYTES = (long) Panels.WIDTH * Float.BYTES;

  /** Adding -0 changes no float, +0 would change -0. */
  private static final MemorySegment NO_BIAS = negativeZeros();

  private static MemorySegment negativeZeros() {
    MemorySegment zeros = Memory.floats(Panels.WIDTH);
    for (int i = 0; i < Panels.WIDTH; i++) {
      Memory.set(zeros, i, -0f);
    }
    return zeros;
  }

  @Override
  public void forward(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      Panels w,
      @Nullable MemorySegment bias,
      long biasOffset,
      float floor,
      float[] y,
      int yOffset,
      int yStride) {
    MemorySegment weights = Memory.checkNative(w.memory());
    MemorySegment biases = bias == null ? NO_BIAS : Memory.checkNative(bias);
    long firstBias = bias == null ? 0 : biasOffset * Float.BYTES;
    int biasStep = bias == null ? 0 : Panels.WIDTH * Float.BYTES;
    int wide = w.wide();
    int done = 0;
    if (rows == 1 && bias != null) {
      done = oneRow(x, xOffset, w, weights, biases, firstBias, floor, y, yOffset);
    }
    int cut = w.inputs() > LONG ? CUT : Math.max(1, w.inputs());
    int block = Math.max(1, BLOCK / (cut * Panels.WIDTH));
    for (int panel = done; panel < wide; panel += block) {
      int end = Math.min(wide, panel + block);
      for (int k = 0; k == 0 || k < w.inputs(); k += cut) {
        int depth = Math.min(cut, w.inputs() - k);
        boolean last = k + depth == w.inputs();
        long start = (w.start(panel) + (long) k * Panels.WIDTH) * Float.BYTES;
        rowBlock(
            x,
            xOffset + k,
            xStride,
            rows,
            depth,
            weights,
            start,
            (long) w.inputs() * WIDE_BYTES,
            end - panel,
            last ? biases : NO_BIAS,
            last ? firstBias + (long) panel * biasStep : 0,
            last ? biasStep : 0,
            last ? floor : NO_FLOOR,
            k > 0,
            y,
            yOffset + panel * Panels.WIDTH,
            yStride);
      }
    }
    if (w.count() > wide) {
      narrow(
          x,
          xOffset,
          xStride,
          rows,
          w.inputs(),
          weights,
          w.start(wide) * Float.BYTES,
          biases,
          firstBias + (long) wide * biasStep,
          floor,
          y,
          yOffset + wide * Panels.WIDTH,
          yStride);
    }
  }

  /** One row: as many panels at a time as make eight vectors. Returns the panels done. */
  private static int oneRow(
      float[] x,
      int xOffset,
      Panels w,
      MemorySegment weights,
      MemorySegment bias,
      long firstBias,
      float floor,
      float[] y,
      int yOffset) {
    int group = 8 * L / Panels.WIDTH;
    int panel = 0;
    for (; panel + group <= w.wide(); panel += group) {
      FewSumsVector.wide(
          x,
          xOffset,
          w.inputs(),
          weights,
          w.start(panel) * Float.BYTES,
          (long) w.inputs() * WIDE_BYTES,
          bias,
          firstBias + panel * WIDE_BYTES,
          floor,
          y,
          yOffset + panel * Panels.WIDTH);
    }
    return panel;
  }

  /** All rows against a block of wide panels. */
  private static void rowBlock(
      float[] x,
      int xo,
      int xs,
      int rows,
      int k,
      MemorySegment w,
      long wo,
      long panelBytes,
      int panels,
      MemorySegment bias,
      long bo,
      int biasStep,
      float floor,
      boolean add,
      float[] y,
      int yo,
      int ys) {
    for (int r = 0; r < rows; ) {
      int tall = rows - r >= TALL ? TALL : rows - r >= 4 ? 4 : 1;
      for (int panel = 0; panel < panels; panel++) {
        for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
          long wp = wo + panel * panelBytes + column * Float.BYTES;
          long bp = bo + (long) panel * biasStep + column * Float.BYTES;
          int at = yo + r * ys + panel * Panels.WIDTH + column;
          switch (tall) {
            case 8 ->
                RowTilesVector.wide8(x, xo + r * xs, xs, k, w, wp, bias, bp, floor, add, y, at, ys);
            case 4 ->
                RowTilesVector.wide4(x, xo + r * xs, xs, k, w, wp, bias, bp, floor, add, y, at, ys);
            default ->
                RowTilesVector.wide1(x, xo + r * xs, xs, k, w, wp, bias, bp, floor, add, y, at, ys);
          }
        }
      }
      r += tall;
    }
  }

  /** All rows against the narrow panel of a layer. */
  private static void narrow(
      float[] x,
      int xo,
      int xs,
      int rows,
      int k,
      MemorySegment w,
      long wo,
      MemorySegment bias,
      long bo,
      float floor,
      float[] y,
      int yo,
      int ys) {
    for (int column = 0; column < Panels.NARROW; column += L) {
      long wc = wo + column * Float.BYTES;
      long bc = bo + column * Float.BYTES;
      int r = 0;
      for (; r + 8 <= rows; r += 8) {
        for (int chain = 0; chain < 4; chain++) {
          FewSumsVector.oneOfFourChains8(
              chain, x, xo + r * xs, xs, k, w, wc, bias, bc, floor, y, yo + r * ys + column, ys);
        }
      }
      for (; r < rows; r++) {
        FewSumsVector.fourChains1(
            x, xo + r * xs, xs, k, w, wc, bias, bc, floor, y, yo + r * ys + column, ys);
      }
    }
  }

  @Override
  public void gradient(
      float[] x,
      int xOffset,
      int xStride,
      Panels dy,
      int fromPanel,
      int toPanel,
      int inputs,
      int fromInput,
      int toInput,
      float[] g,
      int gOffset) {
    MemorySegment deltas = Memory.checkNative(dy.memory());
    for (int panel = fromPanel; panel < toPanel; panel++) {
      int gp = gOffset + panel * Panels.WIDTH * inputs;
      long start = dy.start(panel) * Float.BYTES;
      if (dy.width(panel) == Panels.WIDTH) {
        wideGradient(x, xOffset, xStride, dy.inputs(), deltas, start, fromInput, toInput, g, gp);
      } else {
        narrowGradient(x, xOffset, xStride, dy.inputs(), deltas, start, fromInput, toInput, g, gp);
      }
    }
  }

  private static void wideGradient(
      float[] x,
      int xo,
      int xs,
      int rows,
      MemorySegment dy,
      long dp,
      int from,
      int to,
      float[] g,
      int gp) {
    for (int i = from; i < to; ) {
      int tall = to - i >= TALL ? TALL : to - i >= 4 ? 4 : 1;
      for (int column = 0; column < Panels.WIDTH; column += 2 * L) {
        long dc = dp + column * Float.BYTES;
        int at = gp + i * Panels.WIDTH + column;
        switch (tall) {
          case 8 ->
              ColumnTilesVector.wide8(
                  x, xo + i, xs, rows, dy, dc, NO_BIAS, 0, NO_FLOOR, false, g, at, Panels.WIDTH);
          case 4 ->
              ColumnTilesVector.wide4(
                  x, xo + i, xs, rows, dy, dc, NO_BIAS, 0, NO_FLOOR, false, g, at, Panels.WIDTH);
          default ->
              ColumnTilesVector.wide1(
                  x, xo + i, xs, rows, dy, dc, NO_BIAS, 0, NO_FLOOR, false, g, at, Panels.WIDTH);
        }
      }
      i += tall;
    }
  }

  private static void narrowGradient(
      float[] x,
      int xo,
      int xs,
      int rows,
      MemorySegment dy,
      long dp,
      int from,
      int to,
      float[] g,
      int gp) {
    for (int column = 0; column < Panels.NARROW; column += L) {
      long dc = dp + column * Float.BYTES;
      int i = from;
      for (; i + 8 <= to; i += 8) {
        ColumnTilesVector.narrow8(
            x,
            xo + i,
            xs,
            rows,
            dy,
            dc,
            NO_BIAS,
            0,
            NO_FLOOR,
            false,
            g,
            gp + i * Panels.NARROW + column,
            Panels.NARROW);
      }
      for (; i < to; i++) {
        ColumnTilesVector.narrow1(
            x,
            xo + i,
            xs,
            rows,
            dy,
            dc,
            NO_BIAS,
            0,
            NO_FLOOR,
            false,
            g,
            gp + i * Panels.NARROW + column,
            Panels.NARROW);
      }
    }
  }
}
