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

  /** The floats of a block of panels: half of a second-level cache of 1 MiB. */
  static final int BLOCK = 1 << 17;

  /** A panel with more inputs than this is cut into blocks of {@link #CUT} inputs. */
  static final int LONG = 1024;

  static final int CUT = 512;

  private static final long WIDE_BYTES = (long) Panels.WIDTH * Float.BYTES;

  /** Adding -0 changes no float, +0 would change -0. */
  static final MemorySegment NO_BIAS = negativeZeros();

  private static MemorySegment negativeZeros() {
    MemorySegment zeros = Memory.floats(8L * L);
    for (int i = 0; i < 8 * L; i++) {
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
    if (rows == 1) {
      done = oneRow(x, xOffset, w, weights, biases, firstBias, biasStep, floor, y, yOffset);
    }
    int cut = w.inputs() > LONG ? CUT : Math.max(1, w.inputs());
    int block = Math.max(1, BLOCK / (cut * Panels.WIDTH));
    for (int panel = done; panel < wide; panel += block) {
      int end = Math.min(wide, panel + block);
      for (int k = 0; k == 0 || k < w.inputs(); k += cut) {
        int depth = Math.min(cut, w.inputs() - k);
        boolean last = k + depth == w.inputs();
        long start = (w.start(panel) + (long) k * Panels.WIDTH) * Float.BYTES;
        RowTilesVector.block(
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

  /**
   * One row: as many panels at a time as make eight vectors, then four. Returns the panels done.
   */
  private static int oneRow(
      float[] x,
      int xOffset,
      Panels w,
      MemorySegment weights,
      MemorySegment bias,
      long firstBias,
      int biasStep,
      float floor,
      float[] y,
      int yOffset) {
    int group = 8 * L / Panels.WIDTH; // panels that make eight vectors
    long height = (long) w.inputs() * WIDE_BYTES;
    int panel = 0;
    for (; panel + group <= w.wide(); panel += group) {
      FewSumsVector.wide(
          x,
          xOffset,
          w.inputs(),
          weights,
          w.start(panel) * Float.BYTES,
          height,
          bias,
          firstBias + (long) panel * biasStep,
          floor,
          y,
          yOffset + panel * Panels.WIDTH);
    }
    if (group > 1 && panel + group / 2 <= w.wide()) {
      FewSumsVector.half(
          x,
          xOffset,
          w.inputs(),
          weights,
          w.start(panel) * Float.BYTES,
          height,
          bias,
          firstBias + (long) panel * biasStep,
          floor,
          y,
          yOffset + panel * Panels.WIDTH);
      panel += group / 2;
    }
    return panel;
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
        int at = yo + r * ys + column;
        for (int chain = 0; chain < 4; chain++) {
          FewSumsVector.oneOfFourChains8(chain, x, xo + r * xs, xs, k, w, wc, y, at, ys);
        }
        FewSumsVector.finish(y, yo + r * ys + column, ys, 8, bias, bc, 0, floor);
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
        ColumnTilesVector.block(
            x,
            xOffset,
            xStride,
            dy.inputs(),
            deltas,
            start,
            fromInput,
            toInput,
            false,
            g,
            gp,
            Panels.WIDTH);
      } else {
        ColumnTilesVector.narrowBlock(
            x,
            xOffset,
            xStride,
            dy.inputs(),
            deltas,
            start,
            fromInput,
            toInput,
            false,
            g,
            gp,
            Panels.NARROW);
      }
    }
  }
}
