package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamella.data.Dataset;
import org.junit.jupiter.api.Test;

/** The trivial answer, against what it is by hand. */
class BaselineTest {
  private static final double NEAR = 1e-6;

  @Test
  void numbersGetTheirMean() {
    Dataset train = Dataset.of(new float[4], 1, new float[] {1, 10, 2, 20, 3, 30, 6, 60}, 2);
    Baseline baseline = Baseline.of(train, 2);
    assertEquals(3, baseline.mean(0));
    assertEquals(30, baseline.mean(1));
    Dataset test = Dataset.of(new float[2], 1, new float[] {3, 30, 5, 60}, 2);
    Evaluation asked = baseline.evaluate(Loss.MSE, test, Metric.MAE, Metric.MSE);
    assertEquals((0 + 0 + 2 + 30) / 4.0, asked.metric(Metric.MAE), NEAR);
    assertEquals((4 + 900) / 4.0, asked.metric(Metric.MSE), 1e-4);
    assertEquals((4 + 900) / 4.0, asked.loss(), 1e-4);
  }

  @Test
  void meansOfLargeNumbersKeepTheirDigits() {
    float[] y = new float[100_000];
    java.util.Arrays.fill(y, 16_777_215f);
    assertEquals(16_777_215, Baseline.of(Dataset.of(new float[y.length], y), 1).mean(0));
  }

  @Test
  void labelsGetTheMostFrequent() {
    Dataset train = Dataset.ofLabels(new float[8], 1, new int[] {2, 1, 2, 2, 0, 1, 2, 0}, 3);
    Baseline baseline = Baseline.of(train, 3);
    assertEquals(2, baseline.mostFrequent());
    Dataset test = Dataset.ofLabels(new float[3], 1, new int[] {2, 0, 0}, 3);
    for (Loss loss : new Loss[] {Loss.CROSS_ENTROPY, Loss.CROSS_ENTROPY_WITH_LOGITS}) {
      Evaluation asked = baseline.evaluate(loss, test, Metric.ACCURACY);
      assertEquals(1 / 3.0, asked.metric(Metric.ACCURACY), NEAR);
      assertEquals(-(Math.log(0.5) + 2 * Math.log(0.25)) / 3, asked.loss(), NEAR);
    }
  }

  @Test
  void aClassWithoutRowsHasALoss() {
    Baseline baseline = Baseline.of(Dataset.ofLabels(new float[2], 1, new int[] {0, 0}, 1), 2);
    Dataset other = Dataset.ofLabels(new float[1], 1, new int[] {1}, 2);
    Evaluation asked = baseline.evaluate(Loss.CROSS_ENTROPY, other, Metric.ACCURACY);
    assertEquals(0, asked.metric(Metric.ACCURACY));
    assertEquals(-Math.log(1e-7), asked.loss(), 1e-3);
  }

  @Test
  void oneOutputTellsTwoClassesApart() {
    Dataset numbers = Dataset.of(new float[5], new float[] {1, 0, 1, 1, 1});
    Dataset labels = Dataset.ofLabels(new float[5], 1, new int[] {1, 0, 1, 1, 1}, 2);
    for (Dataset data : new Dataset[] {numbers, labels}) {
      Baseline baseline = Baseline.of(data, 1);
      assertEquals(1, baseline.mostFrequent());
      assertEquals(0.8, baseline.mean(0), NEAR);
      for (Loss loss :
          new Loss[] {Loss.BINARY_CROSS_ENTROPY, Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS}) {
        Evaluation asked = baseline.evaluate(loss, data, Metric.ACCURACY);
        assertEquals(0.8, asked.metric(Metric.ACCURACY), NEAR);
        assertEquals(-(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)), asked.loss(), NEAR);
      }
    }
  }

  @Test
  void ofEqualClassesTheFirstIsAnswered() {
    Dataset even = Dataset.ofLabels(new float[2], 1, new int[] {1, 0}, 2);
    assertEquals(0, Baseline.of(even, 2).mostFrequent());
    assertEquals(0, Baseline.of(even, 1).mostFrequent());
    assertEquals(
        0.5,
        Baseline.of(even, 1)
            .evaluate(Loss.BINARY_CROSS_ENTROPY, even, Metric.ACCURACY)
            .metric(Metric.ACCURACY));
  }

  @Test
  void refusesWhatHasNoMean() {
    Dataset three = Dataset.of(new float[1], 1, new float[3], 3);
    assertEquals(
        "the data has 3 targets a row, but the baseline was asked for 2 outputs: ask for as many as"
            + " the data has",
        assertThrows(IllegalArgumentException.class, () -> Baseline.of(three, 2)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Baseline.of(three.rows(0, 0), 3));
    Dataset none = Dataset.ofInputs(new float[1], 1);
    assertThrows(IllegalArgumentException.class, () -> Baseline.of(none, 1));
  }
}
