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
    for (; c + 2 * L <= toColumn; c += 2 * L) {
      twoColumns(d, offset + c, stride, rows, into, intoOffset + c);
    }
    for (; c + L <= toColumn; c += L) {
      oneColumn(d, offset + c, stride, rows, into, intoOffset + c);
    }
    tail.columnSums(d, offset, stride, rows, c, toColumn, into, intoOffset);
  }

  private static void oneColumn(
      float[] d, int offset, int stride, int rows, float[] into, int intoOffset) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector lost = sum;
    for (int r = 0; r < rows; r++) {
      FloatVector term = FloatVector.fromArray(S, d, offset + r * stride);
      FloatVector next = sum.add(term);
      FloatVector added = next.sub(sum);
      lost = lost.add(sum.sub(next.sub(added)).add(term.sub(added)));
      sum = next;
    }
    sum.add(lost).intoArray(into, intoOffset);
  }

  /** Two vectors of columns at once: one chain alone would wait for its own latency. */
  private static void twoColumns(
      float[] d, int offset, int stride, int rows, float[] into, int intoOffset) {
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector sum1 = sum0;
    FloatVector lost0 = sum0;
    FloatVector lost1 = sum0;
    int at = offset;
    for (int r = 0; r < rows; r++) {
      FloatVector term0 = FloatVector.fromArray(S, d, at);
      FloatVector term1 = FloatVector.fromArray(S, d, at + L);
      FloatVector next0 = sum0.add(term0);
      FloatVector next1 = sum1.add(term1);
      FloatVector added0 = next0.sub(sum0);
      FloatVector added1 = next1.sub(sum1);
      lost0 = lost0.add(sum0.sub(next0.sub(added0)).add(term0.sub(added0)));
      lost1 = lost1.add(sum1.sub(next1.sub(added1)).add(term1.sub(added1)));
      sum0 = next0;
      sum1 = next1;
      at += stride;
    }
    sum0.add(lost0).intoArray(into, intoOffset);
    sum1.add(lost1).intoArray(into, intoOffset + L);
  }
}
