package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void stopsAfterSoManyEpochsWithoutABetterLoss() {
    EarlyStopping stopping = EarlyStopping.patience(2);
    assertEquals(5, epochs(stopping, 3, 2, 1, 1, 1, 0, 0, 0));
    assertEquals(3, stopping.bestEpoch());
    assertEquals(4, epochs(stopping, 4, 3, 2, 1), "used again, it starts anew");
  }

  @Test
  void takesSmallChangesForNone() {
    assertEquals(3, epochs(EarlyStopping.patience(2).minDelta(0.5), 3, 2.6, 2.5, 2));
  }

  @Test
  void doesNotTakeNanForBetter() {
    double nan = Double.NaN;
    assertEquals(2, epochs(EarlyStopping.patience(2), nan, nan, nan));
    assertEquals(4, epochs(EarlyStopping.patience(2), nan, 1, nan, nan, nan));
  }

  @Test
  void watchesAMetricInItsDirection() {
    assertEquals(4, epochs(EarlyStopping.patience(2).watching(Metric.ACCURACY), 3, 4, 3, 3, 9));
  }

  @Test
  void goesBackToTheBestNetwork() {
    List<Network> seen = new ArrayList<>();
    assertEquals(seen(seen, EarlyStopping.patience(1)), seen.get(1));
    assertEquals(seen(seen, EarlyStopping.patience(1).restoreBest(false)), seen.get(2));
  }

  @Test
  void saysWhatItCannotDo() {
    assertEquals(
        "a patience of 0 epochs never trains: use 1 or more",
        assertThrows(IllegalArgumentException.class, () -> EarlyStopping.patience(0)).getMessage());
    EarlyStopping stopping = EarlyStopping.patience(1).watching(Metric.MAE);
    assertEquals(
        "the metric mae was not measured, only [accuracy]: add it to the trainer's metrics",
        assertThrows(IllegalArgumentException.class, () -> epochs(stopping, 1, 2)).getMessage());
  }

  /** Returns the epoch that a training with these validation values ends with. */
  private static int epochs(EarlyStopping stopping, double... values) {
    Trainer trainer = trainer();
    Training training = new Training(trainer, 1, values.length, 1, true);
    stopping.started(training);
    int epoch = 0;
    while (epoch < values.length && !training.stopping()) {
      double value = values[epoch++];
      training.startEpoch(epoch, 0.1);
      Evaluation learned = new Evaluation(1, -epoch, Map.of("accuracy", (double) epoch));
      Evaluation asked = new Evaluation(1, value, Map.of("accuracy", value));
      Epoch ended = new Epoch(epoch, learned, 0.1, 1, Optional.of(asked));
      training.endEpoch(ended);
      stopping.epochEnded(training, ended);
    }
    stopping.ended(training);
    return epoch;
  }

  /** Gets better for two epochs, then worse; returns the network at the end. */
  private static Network seen(List<Network> seen, EarlyStopping stopping) {
    seen.clear();
    Trainer trainer = trainer();
    Training training = new Training(trainer, 1, 9, 1, true);
    stopping.started(training);
    double[] values = {3, 2, 4};
    for (int epoch = 1; epoch <= 3; epoch++) {
      training.startEpoch(epoch, 0.1);
      trainer.step(new float[] {1}, new float[] {5}, 1);
      seen.add(trainer.network());
      Evaluation value = new Evaluation(1, values[epoch - 1], Map.of());
      Epoch ended = new Epoch(epoch, value, 0.1, 1, Optional.empty());
      training.endEpoch(ended);
      stopping.epochEnded(training, ended);
    }
    stopping.ended(training);
    return trainer.network();
  }

  private static Trainer trainer() {
    return Trainer.of(Network.builder(1).dense(1).build(1), Loss.MSE, Sgd.of(0.1));
  }
}
