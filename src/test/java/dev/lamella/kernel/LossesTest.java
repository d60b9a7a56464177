package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.formula.ElementLoss;
import dev.lamella.formula.LossRows;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Losses}. */
@Tag("kernels")
class LossesTest {

  private static final Losses ACTIVE = Kernels.active().losses();
  private static final Losses SCALAR = Kernels.scalar().losses();

  private static final float THRESHOLD = 0.75f;

  enum Loss {
    SQUARED,
    ABSOLUTE,
    HUBER,
    LOGITS,
    SOFTMAX,
    LABELS
  }

  /** One call: rows with gaps between them, and the arrays it writes. */
  private static final class Call {
    final int rows;
    final int n;
    final int stride;
    final float[] out;
    final float[] target;
    final int[] labels;
    final float[] delta;
    final float[] loss;

    Call(int rows, int n, int gap, float[] out, float[] target, long seed) {
      this.rows = rows;
      this.n = n;
      this.stride = stride(n, gap);
      this.out = out;
      this.target = target.clone();
      for (int i = 0; i < target.length; i++) {
        this.target[i] = i % stride < n ? target[i] : 0f; // as the contract asks
      }
      this.labels = new Random(seed).ints(rows + 1, 0, n).toArray();
      this.delta = Numbers.ordinary((rows + 1) * stride, seed);
      this.loss = Numbers.ordinary(rows + 2, seed);
    }

    static int stride(int n, int gap) {
      return Reduce.padded(n) + 16 * gap;
    }

    /** One row more than are asked for, which is skipped: rows start at 1. */
    static int size(int rows, int n, int gap) {
      return (rows + 1) * stride(n, gap);
    }

    Call run(Losses k, Loss kind, float scale) {
      LossRows all = new LossRows(out, target, labels, delta, stride, n, loss).scale(scale);
      int to = rows + 1;
      switch (kind) {
        case SQUARED -> k.rows(ElementLoss.SQUARED_ERROR, 0, all, 1, to);
        case ABSOLUTE -> k.rows(ElementLoss.ABSOLUTE_ERROR, 0, all, 1, to);
        case HUBER -> k.rows(ElementLoss.HUBER, THRESHOLD, all, 1, to);
        case LOGITS -> k.rows(ElementLoss.BINARY_CROSS_ENTROPY, 0, all, 1, to);
        case SOFTMAX -> k.softmaxCrossEntropy(all, 1, to);
        case LABELS -> k.softmaxCrossEntropyLabels(all, 1, to);
      }
      return this;
    }
  }

  @Property(tries = 3000)
  void activeKernelsGiveTheReferencesBits(
      @ForAll Loss kind,
      @ForAll @IntRange(max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(max = 2) int gap,
      @ForAll boolean tame,
      @ForAll long seed) {
    int size = Call.size(rows, n, gap);
    float[] out = tame ? Numbers.ordinary(size, seed) : Numbers.wild(size, seed);
    float[] target = tame ? Numbers.probabilities(size, ~seed) : Numbers.wild(size, ~seed);
    Call expected = new Call(rows, n, gap, out, target, seed).run(SCALAR, kind, 0.3f);
    Call actual = new Call(rows, n, gap, out, target, seed).run(ACTIVE, kind, 0.3f);
    Numbers.assertSameBits(expected.loss, actual.loss, kind + "'s loss of " + n);
    Numbers.assertSameBits(expected.delta, actual.delta, kind + "'s delta of " + n);
    for (int r = 0; r < rows; r++) {
      for (int i = n; i < Reduce.padded(n); i++) {
        assertEquals(0f, actual.delta[(r + 1) * actual.stride + i], "padding");
      }
    }
  }

  @Property(tries = 500)
  void lossesAndDerivativesAreWhatTheySay(
      @ForAll Loss kind, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    int size = Call.size(1, n, 0);
    float[] out = Numbers.ordinary(size, seed);
    float[] target = Numbers.probabilities(size, ~seed);
    Call call = new Call(1, n, 0, out, target, seed).run(ACTIVE, kind, 0.5f);
    double[] o = new double[n];
    double[] t = new double[n];
    for (int i = 0; i < n; i++) {
      o[i] = out[call.stride + i];
      t[i] = kind == Loss.LABELS ? (call.labels[1] == i ? 1 : 0) : target[call.stride + i];
    }
    double loss = LossOracle.loss(kind, o, t);
    double size1 = LossOracle.size(kind, o, t);
    assertEquals(loss, call.loss[1], (n / 16 + 12) * size1 * 0x1p-24, kind + " of " + n);
    for (int i = 0; i < n; i++) {
      if (LossOracle.kink(kind, o[i], t[i])) {
        continue;
      }
      double slope = 0.5 * LossOracle.slope(kind, o, t, i);
      double allowed = 1e-6 * Math.max(Math.abs(slope), kind == Loss.SOFTMAX ? n : 1);
      assertEquals(slope, call.delta[call.stride + i], allowed, kind + "'s derivative of " + n);
    }
  }
}
