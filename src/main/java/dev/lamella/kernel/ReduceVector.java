package dev.lamella.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Reductions with the Vector API; a row that fits into one vector never leaves its register. */
final class ReduceVector extends Reduce {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The rows that are computed side by side. */
  private static final int BLOCK = 64;

  private final ReduceScalar tail = new ReduceScalar();

  @Override
  public void softmax(
      float[] z, int zOffset, int zStride, float[] y, int yOffset, int yStride, int rows, int n) {
    if (SoftmaxRowsVector.fits(n)) {
      for (int r = 0; r < rows; r += BLOCK) {
        int count = Math.min(BLOCK, rows - r);
        int yr = yOffset + r * yStride;
        SoftmaxRowsVector.narrowPowers(z, zOffset + r * zStride, zStride, count, n, y, yr, yStride);
        SoftmaxRowsVector.narrowQuotients(count, n, y, yr, yStride);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      int yr = yOffset + r * yStride;
      int zr = zOffset + r * zStride;
      float sum = SoftmaxRowsVector.exponentials(z, zr, SumsVector.max(z, zr, n), y, yr, n);
      divide(y, yr, n, sum);
    }
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
    if (c + L <= toColumn) {
      oneColumn(d, offset + c, stride, rows, into, intoOffset + c);
      c += L;
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
    for (int r = 0; r < rows; r++) {
      FloatVector term0 = FloatVector.fromArray(S, d, offset + r * stride);
      FloatVector term1 = FloatVector.fromArray(S, d, offset + r * stride + L);
      FloatVector next0 = sum0.add(term0);
      FloatVector next1 = sum1.add(term1);
      FloatVector added0 = next0.sub(sum0);
      lost0 = lost0.add(sum0.sub(next0.sub(added0)).add(term0.sub(added0)));
      FloatVector added1 = next1.sub(sum1);
      lost1 = lost1.add(sum1.sub(next1.sub(added1)).add(term1.sub(added1)));
      sum0 = next0;
      sum1 = next1;
    }
    sum0.add(lost0).intoArray(into, intoOffset);
    sum1.add(lost1).intoArray(into, intoOffset + L);
  }
}
