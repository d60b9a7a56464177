package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link LossKernels}. */
@Tag("kernels")
class LossKernelsTest {

  private static final LossKernels ACTIVE = Kernels.active().losses();
  private static final LossKernels SCALAR = Kernels.scalar().losses();

  private static final float THRESHOLD = 0.75f;

  enum Loss {
    SQUARED,
    ABSOLUTE,
    HUBER,
    LOGITS,
    PROBABILITIES,
    SOFTMAX,
    LABELS,
    INFORMATION;

    boolean ofProbabilities() {
      return this == PROBABILITIES || this == INFORMATION;
    }
  }

  /** One call: rows with gaps between them, and the arrays it writes. */
  private static final class Call {
    final int rows;
    final int n;
    final int gap;
    final float[] out;
    final float[] target;
    final int[] labels;
    final float[] delta;
    final float[] loss;

    Call(int rows, int n, int gap, float[] out, float[] target, long seed) {
      this.rows = rows;
      this.n = n;
      this.gap = gap;
      this.out = out;
      this.target = target;
      this.labels = new Random(seed).ints(rows + 1, 0, n).toArray();
      this.delta = Numbers.ordinary(5 + rows * (n + gap) + 2, seed);
      this.loss = Numbers.ordinary(rows + 2, seed);
    }

    static int size(int rows, int n, int gap) {
      return 3 + rows * (n + gap);
    }

    Call run(LossKernels k, Loss kind, float s) {
      int w = n + gap;
      float[] o = out;
      float[] t = target;
      float[] d = delta;
      float[] l = loss;
      switch (kind) {
        case SQUARED -> k.meanSquared(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case ABSOLUTE -> k.meanAbsolute(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case HUBER -> k.huber(THRESHOLD, o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case LOGITS -> k.binaryCrossEntropyWithLogits(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case PROBABILITIES -> k.binaryCrossEntropy(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case SOFTMAX -> k.softmaxCrossEntropy(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
        case LABELS -> k.softmaxCrossEntropyLabels(o, 3, w, labels, 1, rows, n, s, d, 5, w, l, 1);
        case INFORMATION -> k.crossEntropy(o, 3, w, t, 3, w, rows, n, s, d, 5, w, l, 1);
      }
      return this;
    }
  }

  @Property(tries = 3000)
  void activeKernelsGiveTheReferencesBits(
      @ForAll Loss kind,
      @ForAll @IntRange(max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(max = 40) int gap,
      @ForAll boolean tame,
      @ForAll long seed) {
    int size = Call.size(rows, n, gap);
    float[] out = tame ? Numbers.ordinary(size, seed) : Numbers.wild(size, seed);
    float[] target = tame ? Numbers.probabilities(size, ~seed) : Numbers.wild(size, ~seed);
    if (tame && kind.ofProbabilities()) {
      out = Numbers.probabilities(size, seed);
    }
    Call expected = new Call(rows, n, gap, out, target, seed).run(SCALAR, kind, 0.3f);
    Call actual = new Call(rows, n, gap, out, target, seed).run(ACTIVE, kind, 0.3f);
    Numbers.assertSameBits(expected.loss, actual.loss, kind + "'s loss of " + n);
    Numbers.assertSameBits(expected.delta, actual.delta, kind + "'s delta of " + n);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < gap; i++) {
        assertEquals(0f, actual.delta[5 + r * (n + gap) + n + i], "padding");
      }
    }
  }

  @Property(tries = 500)
  void lossesAndDerivativesAreWhatTheySay(
      @ForAll Loss kind, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    int size = Call.size(1, n, 0);
    float[] out =
        kind.ofProbabilities() ? Numbers.probabilities(size, seed) : Numbers.ordinary(size, seed);
    float[] target = Numbers.probabilities(size, ~seed);
    Call call = new Call(1, n, 0, out, target, seed).run(ACTIVE, kind, 0.5f);
    double[] o = new double[n];
    double[] t = new double[n];
    for (int i = 0; i < n; i++) {
      o[i] = out[3 + i];
      t[i] = kind == Loss.LABELS ? (call.labels[1] == i ? 1 : 0) : target[3 + i];
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
      assertEquals(slope, call.delta[5 + i], allowed, kind + "'s derivative of " + n);
    }
  }
}
