package dev.lamella.kernel;

import dev.lamella.formula.ElementLoop;
import dev.lamella.formula.ElementwiseVector;
import dev.lamella.formula.Exp;
import dev.lamella.formula.Log;
import dev.lamella.formula.LossRows;
import dev.lamella.machine.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax rows and their cross-entropy with the Vector API, in steps that some rows take together.
 * Rows are padded to 16 floats, so that steps read and write whole vectors of them.
 *
 * <p>The exponentials are a loop of {@link ElementwiseVector}'s; the other loops are too short to
 * be past what the compiler inlines.
 */
final class SoftmaxVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final ElementLoop EXP = ElementwiseVector.LOOPS.get(Exp.class);

  private SoftmaxVector() {}

  /** Writes x - max x for some rows of n, at the same place. */
  static void differences(float[] x, float[] y, int offset, int stride, int rows, int n) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      subtract(x, y, row, n, SumsVector.max(x, row, n));
    }
  }

  /** Writes x - max for one row, and into its padding what becomes 0 as an exponential. */
  private static void subtract(float[] x, float[] y, int row, int n, float max) {
    int last = row + (n - 1) / L * L;
    for (int i = row; i < last; i += L) {
      FloatVector.fromArray(S, x, i).sub(max).intoArray(y, i);
    }
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector rest = FloatVector.fromArray(S, x, last).sub(max);
    nothing.blend(rest, S.indexInRange(last, row + n)).intoArray(y, last);
  }

  /** Turns y into exp(y), whole vectors of some rows of n. */
  static void powers(float[] y, int yo, int ys, int rows, int n) {
    if (ys - n < L) {
      EXP.call(ElementLoop.VALUES, y, yo, y, yo, rows * ys); // no vector is in the padding alone
      return;
    }
    int whole = (n + L - 1) / L * L;
    for (int r = 0; r < rows; r++) {
      EXP.call(ElementLoop.VALUES, y, yo + r * ys, y, yo + r * ys, whole);
    }
  }

  /** Divides some rows by their sums. */
  static void quotients(float[] y, int offset, int stride, int rows, int n) {
    SumsVector.clearRest(y, offset, stride, rows, n);
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      divide(y, row, n, SumsVector.sum(y, row, n), 1f);
    }
  }

  /** Divides one row and multiplies it; its padding stays 0, even if the sum is NaN. */
  private static void divide(float[] y, int row, int n, float sum, float scale) {
    for (int i = 0; i < n; i += L) {
      IntVector keep =
          IntVector.fromArray(SumsVector.BITS, SumsVector.KEEP, Math.max(0, L + i - n));
      FloatVector p = FloatVector.fromArray(S, y, row + i).div(sum).mul(scale);
      p.reinterpretAsInts().and(keep).reinterpretAsFloats().intoArray(y, row + i);
    }
  }

  /** Turns the powers of some rows into derivatives, and their margins into losses. */
  static void labels(LossRows rows, int from, int to) {
    float[] delta = rows.delta;
    SumsVector.clearRest(delta, from * rows.stride, rows.stride, to - from, rows.n);
    for (int r = from; r < to; r++) {
      int row = r * rows.stride;
      int right = row + rows.labels[r];
      float sum = SumsVector.sum(delta, row, rows.n);
      float p = delta[right] / sum;
      divide(delta, row, rows.n, sum, rows.scale);
      delta[right] = rows.scale * (p - 1f);
      rows.loss[r] = Log.log(sum) - rows.loss[r];
    }
  }

  /** Returns the loss of one row with a distribution as target and writes its derivatives. */
  static float distribution(LossRows rows, int row) {
    float[] out = rows.out;
    float[] target = rows.target;
    float[] delta = rows.delta;
    int n = rows.n;
    int whole = (n + L - 1) / L * L;
    float max = SumsVector.max(out, row, n);
    subtract(out, delta, row, n, max);
    EXP.call(ElementLoop.VALUES, delta, row, delta, row, whole);
    SumsVector.clearRest(delta, row, whole, 1, n);
    float sum = SumsVector.sum(delta, row, n);
    logarithms(out, delta, row, n, max, Log.log(sum));
    SumsVector.clear(delta, row, whole, 1, n);
    float loss = SumsVector.dot(delta, row, target, row, n);
    subtract(out, delta, row, n, max);
    EXP.call(ElementLoop.VALUES, delta, row, delta, row, whole);
    derivatives(rows, row, sum, SumsVector.sum(target, row, n));
    return loss;
  }

  /** Writes -log softmax. */
  private static void logarithms(float[] out, float[] delta, int row, int n, float max, float log) {
    FloatVector top = FloatVector.broadcast(S, log);
    for (int i = row; i < row + n; i += L) {
      top.sub(FloatVector.fromArray(S, out, i).sub(max)).intoArray(delta, i);
    }
  }

  /** Turns powers into derivatives: softmax times the targets' sum, minus the targets. */
  private static void derivatives(LossRows rows, int row, float sum, float weight) {
    float[] target = rows.target;
    float[] delta = rows.delta;
    FloatVector w = FloatVector.broadcast(S, weight);
    for (int i = row; i < row + rows.n; i += L) {
      FloatVector minus = FloatVector.fromArray(S, target, i).neg();
      FloatVector p = FloatVector.fromArray(S, delta, i).div(sum);
      p.fma(w, minus).mul(rows.scale).intoArray(delta, i);
    }
  }
}
