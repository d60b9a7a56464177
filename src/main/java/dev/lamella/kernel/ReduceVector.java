package dev.lamella.kernel;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Reductions with the Vector API. */
final class ReduceVector extends Reduce {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The rows that are computed side by side. */
  private static final int BLOCK = 64;

  private final ReduceScalar tail = new ReduceScalar();

  @Override
  public void softmax(float[] y, int offset, int stride, int rows, int n) {
    for (int r = 0; r < rows; r += BLOCK) {
      int count = Math.min(BLOCK, rows - r);
      int at = offset + r * stride;
      SoftmaxVector.differences(y, y, at, stride, count, n);
      SoftmaxVector.powers(y, at, stride, count, n);
      SoftmaxVector.quotients(y, at, stride, count, n);
    }
  }

  @Override
  public void softmaxDerivative(float[] y, float[] delta, int offset, int stride, int rows, int n) {
    SumsVector.clear(delta, offset, stride, rows, n);
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      center(y, delta, row, n, SumsVector.dot(delta, row, y, row, n));
    }
  }

  /** Writes y (delta - mean) for one row; its padding stays 0, even if the mean is NaN. */
  private static void center(float[] y, float[] delta, int row, int n, float mean) {
    int last = row + (n - 1) / L * L;
    for (int i = row; i < last; i += L) {
      FloatVector d = FloatVector.fromArray(S, delta, i).sub(mean);
      FloatVector.fromArray(S, y, i).mul(d).intoArray(delta, i);
    }
    IntVector keep = IntVector.fromArray(SumsVector.BITS, SumsVector.KEEP, L + last - row - n);
    FloatVector d = FloatVector.fromArray(S, delta, last).sub(mean);
    IntVector bits = FloatVector.fromArray(S, y, last).mul(d).reinterpretAsInts();
    bits.and(keep).reinterpretAsFloats().intoArray(delta, last);
  }

  @Override
  public void columnSums(Rows d, int rows, int fromColumn, int toColumn, float[] into, int at) {
    int c = fromColumn;
    for (; c + 2 * L <= toColumn; c += 2 * L) {
      twoColumns(d.array, d.offset + c, d.stride, rows, into, at + c);
    }
    if (c + L <= toColumn) {
      oneColumn(d.array, d.offset + c, d.stride, rows, into, at + c);
      c += L;
    }
    tail.columnSums(d, rows, c, toColumn, into, at);
  }

  private static void oneColumn(float[] d, int offset, int stride, int rows, float[] into, int at) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector lost = sum;
    for (int r = 0; r < rows; r++) {
      FloatVector term = FloatVector.fromArray(S, d, offset + r * stride);
      FloatVector next = sum.add(term);
      FloatVector added = next.sub(sum);
      lost = lost.add(sum.sub(next.sub(added)).add(term.sub(added)));
      sum = next;
    }
    sum.add(lost).intoArray(into, at);
  }

  /** Two vectors of columns at once: one chain alone would wait for its own latency. */
  private static void twoColumns(
      float[] d, int offset, int stride, int rows, float[] into, int at) {
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
    sum0.add(lost0).intoArray(into, at);
    sum1.add(lost1).intoArray(into, at + L);
  }
}
