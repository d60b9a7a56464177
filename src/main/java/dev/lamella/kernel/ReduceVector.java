package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Reductions with the Vector API; a row that fits into one vector never leaves its register. */
final class ReduceVector extends Reduce {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private final ReduceScalar tail = new ReduceScalar();

  @Override
  public void softmax(
      float[] z, int zOffset, int zStride, float[] y, int yOffset, int yStride, int rows, int n) {
    if (fits(n)) {
      narrow(z, zOffset, zStride, y, yOffset, yStride, rows, n);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int yr = yOffset + r * yStride;
      int zr = zOffset + r * zStride;
      float sum = exponentials(z, zr, SumsVector.max(z, zr, n), y, yr, n);
      divide(y, yr, n, sum);
    }
  }

  /** Returns whether the sixteen lanes of a row's sums are one vector that holds the row. */
  static boolean fits(int n) {
    return L == Sums.LANES && n <= L;
  }

  private static void narrow(
      float[] z, int zOffset, int zStride, float[] y, int yOffset, int yStride, int rows, int n) {
    VectorMask<Float> inside = S.indexInRange(0, n);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      FloatVector x =
          nothing.blend(FloatVector.fromArray(S, z, zOffset + r * zStride, inside), inside);
      FloatVector e = ExpVector.exp(x.sub(SumsVector.maxAll(x)));
      e.div(SumsVector.foldAll(e)).intoArray(y, yOffset + r * yStride, inside);
    }
  }

  /** Writes y = exp(z - max) for one row and returns their sum. */
  static float exponentials(float[] z, int zr, float max, float[] y, int yr, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      ExpVector.exp(FloatVector.fromArray(S, z, zr + i).sub(max)).intoArray(y, yr + i);
    }
    for (int i = end; i < n; i++) {
      y[yr + i] = ExpScalar.exp(z[zr + i] - max);
    }
    return SumsVector.sum(y, yr, n);
  }

  private static void divide(float[] y, int yr, int n, float sum) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, y, yr + i).div(sum).intoArray(y, yr + i);
    }
    for (int i = end; i < n; i++) {
      y[yr + i] = y[yr + i] / sum;
    }
  }

  @Override
  public void softmaxDerivative(
      float[] y,
      int yOffset,
      int yStride,
      float[] delta,
      int deltaOffset,
      int deltaStride,
      int rows,
      int n) {
    for (int r = 0; r < rows; r++) {
      int yr = yOffset + r * yStride;
      int dr = deltaOffset + r * deltaStride;
      center(y, yr, delta, dr, n, SumsVector.dot(delta, dr, y, yr, n));
    }
  }

  private static void center(float[] y, int yr, float[] delta, int dr, int n, float mean) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector d = FloatVector.fromArray(S, delta, dr + i).sub(mean);
      FloatVector.fromArray(S, y, yr + i).mul(d).intoArray(delta, dr + i);
    }
    for (int i = end; i < n; i++) {
      delta[dr + i] = y[yr + i] * (delta[dr + i] - mean);
    }
  }

  @Override
  public void columnSums(
      float[] d,
      int offset,
      int stride,
      int rows,
      int fromColumn,
      int toColumn,
      float[] into,
      int intoOffset) {
    int c = fromColumn;
    for (; c + 4 * L <= toColumn; c += 4 * L) {
      fourColumns(d, offset + c, stride, rows, into, intoOffset + c);
    }
    for (; c + L <= toColumn; c += L) {
      FloatVector sum = FloatVector.zero(S);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(S, d, offset + c + r * stride));
      }
      sum.intoArray(into, intoOffset + c);
    }
    tail.columnSums(d, offset, stride, rows, c, toColumn, into, intoOffset);
  }

  /** Four vectors of columns at once: one chain alone would wait for its own latency. */
  private static void fourColumns(
      float[] d, int offset, int stride, int rows, float[] into, int intoOffset) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int at = offset;
    for (int r = 0; r < rows; r++) {
      s0 = s0.add(FloatVector.fromArray(S, d, at));
      s1 = s1.add(FloatVector.fromArray(S, d, at + L));
      s2 = s2.add(FloatVector.fromArray(S, d, at + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, d, at + 3 * L));
      at += stride;
    }
    s0.intoArray(into, intoOffset);
    s1.intoArray(into, intoOffset + L);
    s2.intoArray(into, intoOffset + 2 * L);
    s3.intoArray(into, intoOffset + 3 * L);
  }
}
