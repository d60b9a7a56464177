package dev.lamella.kernel;

import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Layers of one unit, many rows at a time: what goes in, the gradient, and the way back.
 *
 * <p>A panel would compute sixteen columns for the sake of one. The padding of a result is 0 as
 * long as the result itself is finite; where it is not, the methods here say so, and the panel has
 * to be computed after all.
 */
final class OneUnitVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int W = Panels.NARROW;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The least rows. */
  static final int ROWS = 8;

  private OneUnitVector() {}

  /**
   * Writes a unit's outputs and their padding, unless one is not finite before its bias.
   *
   * @param w scratch for its weights
   */
  static boolean forward(
      Rows x, int from, int rows, Panels panel, float[] w, Epilogue after, Rows y) {
    int k = panel.inputs();
    for (int p = 0; p < k; p++) {
      w[p] = Memory.get(panel.memory(), panel.start(0) + (long) p * W);
    }
    for (int r = 0; r < rows; r += 2) {
      int row = from + Math.min(r, rows - 2); // the last but one may be done again
      chains(x.array, x.at(row), x.stride, k, w, y.array, y.at(row), y.stride);
    }
    MemorySegment bias = after.bias();
    float b = bias == null ? -0f : Memory.get(bias, after.offset());
    return finish(x, from, rows, k, w, b, after.lowerBound(), y);
  }

  /**
   * Leaves the four chains of two rows, as far as they have whole fours, at their rows of y. Single
   * floats: vectors of four beside wider ones would be two kinds of vectors in the compiler's
   * profiles, and other kernels' vectors become objects.
   */
  private static void chains(
      float[] x, int xo, int xs, int k, float[] w, float[] y, int yo, int ys) {
    float a0 = 0f;
    float a1 = 0f;
    float a2 = 0f;
    float a3 = 0f;
    float b0 = 0f;
    float b1 = 0f;
    float b2 = 0f;
    float b3 = 0f;
    for (int p = 0; p <= k - 4; p += 4) {
      int a = xo + p;
      int b = a + xs;
      a0 = Math.fma(x[a], w[p], a0);
      a1 = Math.fma(x[a + 1], w[p + 1], a1);
      a2 = Math.fma(x[a + 2], w[p + 2], a2);
      a3 = Math.fma(x[a + 3], w[p + 3], a3);
      b0 = Math.fma(x[b], w[p], b0);
      b1 = Math.fma(x[b + 1], w[p + 1], b1);
      b2 = Math.fma(x[b + 2], w[p + 2], b2);
      b3 = Math.fma(x[b + 3], w[p + 3], b3);
    }
    y[yo] = a0;
    y[yo + 1] = a1;
    y[yo + 2] = a2;
    y[yo + 3] = a3;
    y[yo + ys] = b0;
    y[yo + ys + 1] = b1;
    y[yo + ys + 2] = b2;
    y[yo + ys + 3] = b3;
  }

  /** Adds up the chains, and what follows. */
  private static boolean finish(
      Rows x, int from, int rows, int k, float[] w, float bias, float bound, Rows y) {
    float[] a = x.array;
    float[] c = y.array;
    int p = k & -4;
    for (int r = from; r < from + rows; r++) {
      int xr = x.at(r);
      int yr = y.at(r);
      float c0 = c[yr];
      float c1 = c[yr + 1];
      float c2 = c[yr + 2];
      c0 = p < k ? Math.fma(a[xr + p], w[p], c0) : c0;
      c1 = p + 1 < k ? Math.fma(a[xr + p + 1], w[p + 1], c1) : c1;
      c2 = p + 2 < k ? Math.fma(a[xr + p + 2], w[p + 2], c2) : c2;
      float sum = ((c0 + c1) + c2) + c[yr + 3];
      if (!Float.isFinite(sum)) {
        return false;
      }
      for (int u = 0; u < W; u += L) {
        FloatVector.zero(S).intoArray(c, yr + u);
      }
      c[yr] = Math.max(sum + bias, bound);
    }
    return true;
  }

  /** Whether {@link #gradient} has code for so many rows and inputs. */
  static boolean gradientOf(int rows, int inputs) {
    return rows % 4 == 0 && inputs % (4 * L) == 0;
  }

  /** Writes the gradient of some inputs' weights and its padding, unless one is not finite. */
  static boolean gradient(
      float[] x, int xo, int xs, Panels dy, int inputs, float[] d, float[] g, int go) {
    int rows = dy.inputs();
    for (int r = 0; r < rows; r++) {
      d[r] = Memory.get(dy.memory(), dy.start(0) + (long) r * W);
    }
    for (int k = 0; k < inputs; k += 4 * L) {
      sums(x, xo + k, xs, rows, d, g, go + k);
    }
    for (int k = inputs - 1; k >= 0; k--) { // the last first: a sum moves to where others were
      float sum = g[go + k];
      if (!Float.isFinite(sum)) {
        return false;
      }
      for (int u = 0; u < W; u += L) {
        FloatVector.zero(S).intoArray(g, go + k * W + u);
      }
      g[go + k * W] = sum;
    }
    return true;
  }

  /** The gradient of four vectors of inputs, one beside the other. */
  private static void sums(float[] x, int xo, int xs, int rows, float[] d, float[] g, int go) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    for (int r = 0; r < rows; r += 4) {
      int at = xo + r * xs;
      FloatVector f = FloatVector.broadcast(S, d[r]);
      c0 = FloatVector.fromArray(S, x, at).fma(f, c0);
      c1 = FloatVector.fromArray(S, x, at + L).fma(f, c1);
      c2 = FloatVector.fromArray(S, x, at + 2 * L).fma(f, c2);
      c3 = FloatVector.fromArray(S, x, at + 3 * L).fma(f, c3);
      at += xs;
      f = FloatVector.broadcast(S, d[r + 1]);
      c0 = FloatVector.fromArray(S, x, at).fma(f, c0);
      c1 = FloatVector.fromArray(S, x, at + L).fma(f, c1);
      c2 = FloatVector.fromArray(S, x, at + 2 * L).fma(f, c2);
      c3 = FloatVector.fromArray(S, x, at + 3 * L).fma(f, c3);
      at += xs;
      f = FloatVector.broadcast(S, d[r + 2]);
      c0 = FloatVector.fromArray(S, x, at).fma(f, c0);
      c1 = FloatVector.fromArray(S, x, at + L).fma(f, c1);
      c2 = FloatVector.fromArray(S, x, at + 2 * L).fma(f, c2);
      c3 = FloatVector.fromArray(S, x, at + 3 * L).fma(f, c3);
      at += xs;
      f = FloatVector.broadcast(S, d[r + 3]);
      c0 = FloatVector.fromArray(S, x, at).fma(f, c0);
      c1 = FloatVector.fromArray(S, x, at + L).fma(f, c1);
      c2 = FloatVector.fromArray(S, x, at + 2 * L).fma(f, c2);
      c3 = FloatVector.fromArray(S, x, at + 3 * L).fma(f, c3);
    }
    c0.intoArray(g, go);
    c1.intoArray(g, go + L);
    c2.intoArray(g, go + 2 * L);
    c3.intoArray(g, go + 3 * L);
  }

  /** Writes x w for rows of one element and wide panels: the way back from one unit. */
  static void outer(Rows x, int from, int rows, Panels w, Rows y) {
    MemorySegment b = Memory.checkNative(w.memory());
    float[] a = x.array;
    float[] c = y.array;
    int xo = x.at(from);
    int yo = y.at(from);
    FloatVector zero = FloatVector.zero(S);
    for (int column = 0; column < w.count() * Panels.WIDTH; column += L) {
      // Panels of one input stand one after the other.
      FloatVector v =
          FloatVector.fromMemorySegment(S, b, (w.start(0) + column) * Float.BYTES, NATIVE);
      for (int r = 0; r < rows; r++) {
        v.fma(FloatVector.broadcast(S, a[xo + r * x.stride]), zero)
            .intoArray(c, yo + r * y.stride + column);
      }
    }
  }
}
