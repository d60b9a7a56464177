package dev.lamella.train;

import static dev.lamella.net.Activation.LINEAR;
import static dev.lamella.net.Activation.RELU;
import static dev.lamella.net.Activation.SIGMOID;
import static dev.lamella.net.Activation.TANH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Csv;
import dev.lamella.data.CsvOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Numbers of any scale are learned alike, and the network answers in their units. */
class TargetScaleTest {
  /** y = unit (5 + a - 2 b), 64 rows. */
  private static Dataset rows(double unit, Preparation preparation) {
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int r = 0; r < 64; r++) {
      double a = r % 8;
      int b = r / 8;
      csv.append(String.format(Locale.ROOT, "%s,%d,%s%n", a, b, unit * (5 + a - 2 * b)));
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    var table = Csv.read(new ByteArrayInputStream(bytes), "rows.csv", CsvOptions.detect());
    return Schema.learn(table, preparation).apply(table);
  }

  private static Dataset rows(double unit) {
    return rows(unit, Preparation.standard());
  }

  private static Network blank(Activation last) {
    return Network.builder(2).dense(16, TANH).dense(1, last).build(7);
  }

  private static Trainer trainer(Network start) {
    return Trainer.of(start, Loss.MSE, Adam.of(0.01)).epochs(60).threads(1).metrics(Metric.MAE);
  }

  @Test
  void anyScaleIsLearnedAlike() {
    for (double unit : new double[] {1e-30, 1e-12, 1e-3, 1e5, 1e12, 1e30, -1e12}) {
      double loss = trainer(blank(LINEAR)).fit(rows(Math.signum(unit))).last().loss();
      Dataset data = rows(unit);
      History history = trainer(blank(LINEAR)).fit(data);
      assertTrue(history.standardized());
      assertEquals(loss, history.last().loss(), 0.05 * loss, "unit " + unit);
      double mae = history.last().training().metric(Metric.MAE);
      assertTrue(mae < 0.5 * Math.abs(unit) && mae > 1e-4 * Math.abs(unit), unit + ": " + mae);
      Evaluation after = Evaluation.of(history.network(), Loss.MAE, data, Metric.MAE);
      assertTrue(after.metric(Metric.MAE) < 0.5 * Math.abs(unit), "asked by itself");
      try (Predictor predictor = history.network().predictor()) {
        float[] first = new float[2];
        data.copyInputs(new int[] {0}, 0, 1, first, 0);
        assertEquals(5 * unit, predictor.predict(first)[0], Math.abs(unit));
      }
    }
  }

  @Test
  void aTrainingGoesOnWhereItWas() {
    Dataset data = rows(1e6);
    Trainer whole = trainer(blank(LINEAR));
    Trainer halves = trainer(blank(LINEAR)).epochs(30);
    halves.fit(data);
    assertEquals(whole.fit(data).network(), halves.fit(data).network());

    double before = whole.evaluate(data).metric(Metric.MAE);
    Trainer again = trainer(whole.network()).epochs(1);
    History resumed = again.fit(data);
    assertTrue(
        resumed.last().training().metric(Metric.MAE) < 3 * before,
        "does not start anew: " + resumed.last() + " after " + before);
    Network same = Trainer.of(whole.network(), Loss.MSE, Sgd.of(0)).epochs(1).fit(data).network();
    float[] expected = whole.network().parameters();
    float[] actual = same.parameters();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6f * Math.max(1e-3f, Math.abs(expected[i])) * 10);
    }
  }

  @Test
  void theBestNetworkComesBackToTheLastBit() {
    Dataset data = rows(1e6);
    Network[] best = {blank(LINEAR)};
    double[] loss = {Double.MAX_VALUE};
    Callback keeps =
        new Callback() {
          @Override
          public void epochEnded(Training training, Epoch epoch) {
            if (epoch.loss() < loss[0]) {
              loss[0] = epoch.loss();
              best[0] = training.network();
            }
          }
        };
    EarlyStopping stopping = EarlyStopping.patience(3);
    Trainer trainer =
        Trainer.of(blank(LINEAR), Loss.MSE, Sgd.of(0.3, 0.95))
            .epochs(100)
            .callbacks(keeps, stopping);
    Network last = trainer.fit(data).network();
    assertEquals(best[0], last);
  }

  @Test
  void rectifiersAndLayersWithoutBiasAreScaledWithoutAShift() {
    for (String last : new String[] {"1:relu", "1:leaky_relu", "1:linear:nobias"}) {
      Network start = Network.builder(2).layers("16:tanh," + last).build(7);
      Dataset data = rows(1e7);
      History history = trainer(start).epochs(200).fit(data);
      assertTrue(history.standardized(), last);
      double mae = history.last().training().metric(Metric.MAE);
      assertTrue(mae < 3e7, last + " " + mae); // negative targets are beyond a rectifier
    }
  }

  @Test
  void whatCannotTakeUpAScaleLearnsNumbersAsTheyAre() {
    Dataset data = rows(0.01);
    assertFalse(Loss.MSE.standardizes(blank(SIGMOID), data));
    assertFalse(Loss.BINARY_CROSS_ENTROPY.standardizes(blank(SIGMOID), data));
    assertFalse(Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS.standardizes(blank(LINEAR), data));
    assertTrue(Loss.HUBER.standardizes(blank(LINEAR), data));
    assertTrue(Loss.MAE.standardizes(blank(RELU), data));
    Dataset plain = rows(0.01, Preparation.standard().withStandardizeTarget(false));
    assertFalse(Loss.MSE.standardizes(blank(LINEAR), plain));
    History history = trainer(blank(LINEAR)).fit(plain);
    assertFalse(history.standardized());
    assertTrue(history.toCsv().startsWith("epoch,loss,learning_rate,seconds,mae\n"));
  }

  @Test
  void lossesAreThoseOfStandardizedNumbersAndMetricsInTheirUnits() {
    Dataset data = rows(1000);
    History history = trainer(blank(LINEAR)).epochs(1).validation(data).fit(data);
    assertEquals(
        "epoch,loss_standardized,learning_rate,seconds,mae,val_loss_standardized,val_mae",
        history.toCsv().lines().findFirst().orElseThrow());
    Evaluation said = history.last().validation().orElseThrow();
    Evaluation own = Evaluation.of(history.network(), Loss.MSE, data, Metric.MAE);
    double deviation = data.schema().target().columns().getFirst().deviation();
    assertEquals(own.loss(), said.loss() * deviation * deviation, 1e-4 * own.loss());
    assertEquals(own.metric(Metric.MAE), said.metric(Metric.MAE), 1e-4 * own.metric(Metric.MAE));
    assertTrue(blank(LINEAR).isBlank() && !history.network().isBlank());
  }
}
