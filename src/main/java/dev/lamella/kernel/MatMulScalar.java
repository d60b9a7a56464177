package dev.lamella.kernel;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;

/** The reference: plain loops in the order that {@link MatMul} promises. */
final class MatMulScalar extends MatMul {

  @Override
  public void forward(Rows x, int from, int rows, Panels w, Epilogue epilogue, Rows y) {
    for (int r = from; r < from + rows; r++) {
      int xr = x.at(r);
      for (int panel = 0; panel < w.count(); panel++) {
        int unit = panel * Panels.WIDTH;
        int yp = y.at(r) + unit;
        if (w.width(panel) == Panels.WIDTH) {
          chain(x.array, xr, w, panel, y.array, yp);
        } else {
          fourChains(x.array, xr, w, panel, y.array, yp);
        }
        finish(epilogue, unit, w.width(panel), y.array, yp);
      }
    }
  }

  /** One panel of 32 units for one row. */
  private static void chain(float[] x, int xr, Panels w, int panel, float[] y, int yp) {
    for (int u = 0; u < Panels.WIDTH; u++) {
      y[yp + u] = 0f;
    }
    for (int k = 0; k < w.inputs(); k++) {
      float xk = x[xr + k];
      long wk = w.start(panel) + (long) k * Panels.WIDTH;
      for (int u = 0; u < Panels.WIDTH; u++) {
        y[yp + u] = Math.fma(xk, Memory.get(w.memory(), wk + u), y[yp + u]);
      }
    }
  }

  /** One panel of 16 units for one row. */
  private static void fourChains(float[] x, int xr, Panels w, int panel, float[] y, int yp) {
    for (int u = 0; u < Panels.NARROW; u++) {
      long column = w.start(panel) + u;
      float c0 = everyFourth(x, xr, 0, w, column);
      float c1 = everyFourth(x, xr, 1, w, column);
      float c2 = everyFourth(x, xr, 2, w, column);
      float c3 = everyFourth(x, xr, 3, w, column);
      y[yp + u] = ((c0 + c1) + c2) + c3;
    }
  }

  private static float everyFourth(float[] x, int xr, int first, Panels w, long column) {
    float sum = 0f;
    for (int k = first; k < w.inputs(); k += 4) {
      sum = Math.fma(x[xr + k], Memory.get(w.memory(), column + (long) k * Panels.NARROW), sum);
    }
    return sum;
  }

  private static void finish(Epilogue after, int unit, int width, float[] y, int yp) {
    MemorySegment bias = after.bias();
    for (int u = 0; u < width; u++) {
      float sum =
          bias == null ? y[yp + u] : y[yp + u] + Memory.get(bias, after.offset() + unit + u);
      y[yp + u] = Math.max(sum, after.lowerBound());
    }
  }

  @Override
  public void across(Across layer, int rows, float[] x, float[] y) {
    for (int u = 0; u < layer.units(); u++) {
      for (int r = 0; r < rows; r++) {
        float sum;
        if (u >= layer.wide()) {
          float c0 = chain(layer, u, 0, 4, x, r);
          float c1 = chain(layer, u, 1, 4, x, r);
          float c2 = chain(layer, u, 2, 4, x, r);
          float c3 = chain(layer, u, 3, 4, x, r);
          sum = ((c0 + c1) + c2) + c3;
        } else {
          sum = chain(layer, u, 0, 1, x, r);
        }
        y[u * Across.ROWS + r] = Math.max(sum + layer.bias(u), layer.lowerBound());
      }
    }
  }

  @Override
  public void sideBySide(float[] in, int offset, int rows, int columns, float[] out) {
    Across.in(in, offset, 0, rows, columns, out);
  }

  @Override
  public void oneByOne(float[] in, int rows, int columns, float[] out, int offset, int stride) {
    Across.out(in, 0, rows, columns, out, offset, stride);
  }

  /** The terms first, first + step, ... of a unit's sum. */
  private static float chain(Across layer, int u, int first, int step, float[] x, int r) {
    float sum = 0f;
    for (int k = first; k < layer.inputs(); k += step) {
      float w = layer.parameters()[layer.weights() + u * layer.inputs() + k];
      sum = Math.fma(x[k * Across.ROWS + r], w, sum);
    }
    return sum;
  }

  @Override
  public void gradient(
      Rows x, Panels dy, int inputs, int fromInput, int toInput, float[] g, int gOffset) {
    for (int panel = 0; panel < dy.count(); panel++) {
      int width = dy.width(panel);
      long start = dy.start(panel);
      int gp = gOffset + panel * Panels.WIDTH * inputs;
      for (int k = fromInput; k < toInput; k++) {
        int gk = gp + k * width;
        for (int u = 0; u < width; u++) {
          g[gk + u] = 0f;
        }
        for (int r = 0; r < dy.inputs(); r++) {
          float xk = x.array[x.at(r) + k];
          long dr = start + (long) r * width;
          for (int u = 0; u < width; u++) {
            g[gk + u] = Math.fma(xk, Memory.get(dy.memory(), dr + u), g[gk + u]);
          }
        }
      }
    }
  }

  @Override
  public int gradientInputs() {
    return 64;
  }
}
