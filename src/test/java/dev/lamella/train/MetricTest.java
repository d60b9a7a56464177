package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void accuracyComparesTheHighest() {
    float[] output = {9, 9, 1, 3, 3}; // the row starts at 2
    assertEquals(1, row(Metric.ACCURACY, Loss.CROSS_ENTROPY, output, 2, 0, 1, 0));
    assertEquals(0, row(Metric.ACCURACY, Loss.CROSS_ENTROPY, output, 2, 0, 0, 1));
    assertEquals(0, row(Metric.ACCURACY, Loss.MSE, output, 2, 1, 0, 0));
  }

  @Test
  void accuracyOfYesOrNoHasAThreshold() {
    float[] output = {0.4f, 0.6f};
    assertEquals(1, row(Metric.ACCURACY, Loss.BINARY_CROSS_ENTROPY, output, 0, 0, 1));
    assertEquals(0.5, row(Metric.ACCURACY, Loss.BINARY_CROSS_ENTROPY, output, 0, 1, 1));
    assertEquals(1, row(Metric.ACCURACY, Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS, output, 0, 1, 1));
    assertEquals(0, row(Metric.ACCURACY, Loss.MSE, output, 0, 1));
    assertEquals(1, row(Metric.ACCURACY, Loss.MSE, output, 1, 1));
  }

  @Test
  void errorsAreMeansOverOutputs() {
    float[] output = {1, -3};
    assertEquals(3.5, row(Metric.MAE, Loss.MSE, output, 0, 2, 3));
    assertEquals(18.5, row(Metric.MSE, Loss.MSE, output, 0, 2, 3));
  }

  @Test
  void everyNameNamesAMetric() {
    for (Metric metric : new Metric[] {Metric.ACCURACY, Metric.MAE, Metric.MSE}) {
      assertSame(metric, Metric.of(metric.text()));
    }
    assertEquals(
        "unknown metric \"recall\" (known: accuracy, mae, mse)",
        assertThrows(IllegalArgumentException.class, () -> Metric.of("recall")).getMessage());
    assertEquals(
        "unknown metric \"acuracy\", did you mean accuracy? (known: accuracy, mae, mse)",
        assertThrows(IllegalArgumentException.class, () -> Metric.of("acuracy")).getMessage());
    assertSame(Metric.MSE, Metric.of("MSE"));
  }

  private static double row(Metric metric, Loss loss, float[] output, int offset, float... target) {
    return metric.row(loss, output, offset, target, 0, target.length);
  }
}
