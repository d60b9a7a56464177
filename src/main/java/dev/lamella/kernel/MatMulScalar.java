package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The reference: plain loops in the order that {@link MatMul} promises. */
final class MatMulScalar extends MatMul {

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
    for (int r = 0; r < rows; r++) {
      int xr = xOffset + r * xStride;
      int yr = yOffset + r * yStride;
      for (int panel = 0; panel < w.count(); panel++) {
        int yp = yr + panel * Panels.WIDTH;
        if (w.width(panel) == Panels.WIDTH) {
          chain(x, xr, w.inputs(), w.memory(), w.start(panel), y, yp);
        } else {
          fourChains(x, xr, w.inputs(), w.memory(), w.start(panel), y, yp);
        }
        finish(bias, biasOffset + (long) panel * Panels.WIDTH, floor, y, yp, w.width(panel));
      }
    }
  }

  /** One panel of 32 units for one row. */
  private static void chain(
      float[] x, int xr, int inputs, MemorySegment w, long start, float[] y, int yp) {
    for (int u = 0; u < Panels.WIDTH; u++) {
      y[yp + u] = 0f;
    }
    for (int k = 0; k < inputs; k++) {
      float xk = x[xr + k];
      long wk = start + (long) k * Panels.WIDTH;
      for (int u = 0; u < Panels.WIDTH; u++) {
        y[yp + u] = Math.fma(xk, Memory.get(w, wk + u), y[yp + u]);
      }
    }
  }

  /** One panel of 16 units for one row. */
  private static void fourChains(
      float[] x, int xr, int inputs, MemorySegment w, long start, float[] y, int yp) {
    for (int u = 0; u < Panels.NARROW; u++) {
      float c0 = everyFourth(x, xr, 0, inputs, w, start + u);
      float c1 = everyFourth(x, xr, 1, inputs, w, start + u);
      float c2 = everyFourth(x, xr, 2, inputs, w, start + u);
      float c3 = everyFourth(x, xr, 3, inputs, w, start + u);
      y[yp + u] = ((c0 + c1) + c2) + c3;
    }
  }

  private static float everyFourth(
      float[] x, int xr, int first, int inputs, MemorySegment w, long column) {
    float sum = 0f;
    for (int k = first; k < inputs; k += 4) {
      sum = Math.fma(x[xr + k], Memory.get(w, column + (long) k * Panels.NARROW), sum);
    }
    return sum;
  }

  private static void finish(
      @Nullable MemorySegment bias, long biasOffset, float floor, float[] y, int yp, int width) {
    for (int u = 0; u < width; u++) {
      float sum = bias == null ? y[yp + u] : y[yp + u] + Memory.get(bias, biasOffset + u);
      y[yp + u] = Math.max(sum, floor);
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
    for (int panel = fromPanel; panel < toPanel; panel++) {
      int width = dy.width(panel);
      long start = dy.start(panel);
      int gp = gOffset + panel * Panels.WIDTH * inputs;
      for (int k = fromInput; k < toInput; k++) {
        int gk = gp + k * width;
        for (int u = 0; u < width; u++) {
          g[gk + u] = 0f;
        }
        for (int r = 0; r < dy.inputs(); r++) {
          float xk = x[xOffset + r * xStride + k];
          long dr = start + (long) r * width;
          for (int u = 0; u < width; u++) {
            g[gk + u] = Math.fma(xk, Memory.get(dy.memory(), dr + u), g[gk + u]);
          }
        }
      }
    }
  }
}
