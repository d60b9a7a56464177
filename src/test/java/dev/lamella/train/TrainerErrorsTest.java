package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every error is one sentence with the place, the values and the way out. */
class TrainerErrorsTest {

  private final Network two = Network.builder(2).dense(2).build(1);
  private final Network classes = Network.builder(1).dense(3, Activation.SOFTMAX).build(1);

  @Test
  void rowsMustFitTheNetwork() {
    Trainer trainer = Trainer.of(two, Loss.MSE, Sgd.of(0.1));
    assertRefused(
        "the training data has 3 inputs, but the network takes 2: build it for the data's inputs",
        () -> trainer.fit(Dataset.of(new float[3], 3, new float[2], 2)));
    assertRefused(
        "the training data has 3 targets a row, but the network has 2 outputs: end it with 3 units",
        () -> trainer.fit(Dataset.of(new float[2], 2, new float[3], 3)));
    assertRefused(
        "the training data has no targets to compare with: give it targets or labels",
        () -> trainer.fit(Dataset.ofInputs(new float[2], 2)));
    Dataset good = Dataset.of(new float[2], 2, new float[2], 2);
    assertRefused(
        "the data has no rows: give it at least one", () -> trainer.evaluate(good.rows(0, 0)));
    assertRefused(
        "the validation data has 1 inputs, but the network takes 2: build it for the data's inputs",
        () ->
            Trainer.of(two, Loss.MSE, Sgd.of(0.1))
                .validation(Dataset.of(new float[1], 1, new float[2], 2))
                .fit(good));
  }

  @Test
  void labelsMustFitTheNetwork() {
    Dataset four = Dataset.ofLabels(new float[3], 1, new int[] {0, 3, 1}, 4);
    assertRefused(
        "row 1 of the training data has the label 3, but the network has 3 outputs: end it with 4"
            + " units",
        () -> Trainer.of(classes, Loss.CROSS_ENTROPY, Sgd.of(0.1)).fit(four));
    assertRefused(
        "row 1 of the batch has the label 3, but the network's labels go from 0 to 2: correct the"
            + " label, or end the network with more units",
        () ->
            Trainer.of(classes, Loss.CROSS_ENTROPY, Sgd.of(0.1))
                .step(new float[3], new int[] {0, 3, 1}));
    Network one = Network.builder(1).dense(1, Activation.SIGMOID).build(1);
    assertRefused(
        "row 1 of the training data has the label 3, but the network has 1 output: end it with 4"
            + " units",
        () -> Trainer.of(one, Loss.BINARY_CROSS_ENTROPY, Sgd.of(0.1)).fit(four));
  }

  @Test
  void batchesMustFitTheNetwork() {
    Trainer trainer = Trainer.of(two, Loss.MSE, Sgd.of(0.1));
    assertRefused(
        "x has 5 numbers, but 3 rows of the network's 2 inputs are 6",
        () -> trainer.step(new float[5], new float[6], 3));
    assertRefused(
        "y has 5 numbers, but 3 rows of the network's 2 outputs are 6",
        () -> trainer.step(new float[6], new float[5], 3));
    assertRefused(
        "the batch has 0 rows: give it at least one",
        () -> trainer.step(new float[0], new float[0], 0));
    assertRefused(
        "x has 1 rows, but y has 2: each row needs a target",
        () -> trainer.step(new float[1][2], new float[2][2]));
    assertRefused(
        "row 1 of y has 3 numbers, but the network's rows have 2",
        () -> trainer.step(new float[2][2], new float[][] {{1, 2}, {1, 2, 3}}));
  }

  @Test
  void settingsMustMakeSense() {
    Trainer trainer = Trainer.of(two, Loss.MSE, Sgd.of(0.1));
    assertRefused("epochs is 0, but must be at least 1", () -> trainer.epochs(0));
    assertRefused("batchSize is -1, but must be at least 1", () -> trainer.batchSize(-1));
    assertRefused("threads is 0, but must be at least 1", () -> trainer.threads(0));
    assertRefused(
        "two metrics have the name mae: leave one out",
        () -> trainer.metrics(Metric.MAE, Metric.MAE));
    Dataset data = Dataset.of(new float[2], 2, new float[2], 2);
    assertRefused(
        "the schedule gives the learning rate -1.0 for epoch 1, but it must be 0 or greater",
        () -> trainer.schedule((initial, epoch) -> -1).fit(data));
  }

  @Test
  void aTrainingThatExplodesKeepsTheLastGoodNetwork() {
    Network network = Network.builder(1).dense(1).build(1);
    float[] xs = {1, 2, 3, 4};
    List<Network> good = new ArrayList<>(List.of(network));
    Callback keep =
        new Callback() {
          @Override
          public void epochEnded(Training training, Epoch epoch) {
            good.add(training.network());
          }
        };
    Trainer trainer =
        Trainer.of(network, Loss.MSE, Sgd.of(1e4)).epochs(100).batchSize(2).callbacks(keep);
    TrainingException thrown =
        assertThrows(TrainingException.class, () -> trainer.fit(Dataset.of(xs, xs)));
    int epochs = thrown.history().epochs().size();
    String sentence = thrown.getMessage();
    assertTrue(
        sentence.matches(
            "the loss of epoch " + (epochs + 1) + ", step [12] is (NaN|Infinity), most.*"),
        sentence);
    assertEquals(
        ", most likely because the learning rate 10000.0 is too high and the weights grew without"
            + " bound: use a lower one",
        sentence.substring(sentence.indexOf(", most")));
    assertEquals(good.getLast(), thrown.network());
    assertEquals(good.size() - 1, epochs);
    assertEquals(thrown.network(), trainer.network());
  }

  @Test
  void aBatchWithNanChangesNothing() {
    Trainer trainer = Trainer.of(two, Loss.MSE, Adam.of(0.1));
    trainer.step(new float[] {1, 2}, new float[] {3, 4}, 1);
    Network before = trainer.network();
    TrainingException thrown =
        assertThrows(
            TrainingException.class,
            () -> trainer.step(new float[] {1, 2, 3, Float.NaN}, new float[4], 2));
    assertEquals(
        "the loss of step 2 is NaN, because row 1 of the batch has the input NaN in column 1: leave"
            + " such rows out; no weight was changed by them",
        thrown.getMessage());
    assertEquals(before, thrown.network());
    assertEquals(before, trainer.network());
    thrown =
        assertThrows(
            TrainingException.class,
            () -> trainer.step(new float[4], new float[] {1, Float.POSITIVE_INFINITY, 1, 1}, 2));
    assertEquals(
        "the loss of step 2 is Infinity, because row 0 of the batch has the target Infinity in"
            + " column 1: leave such rows out; no weight was changed by them",
        thrown.getMessage());
  }

  @Test
  void numbersThatAreTooLargeAreNamed() {
    Network network = Network.builder(1).dense(1).build(1);
    TrainingException thrown =
        assertThrows(
            TrainingException.class,
            () ->
                Trainer.of(network, Loss.MSE, Sgd.of(0.1))
                    .fit(Dataset.of(new float[] {1, -1e30f}, new float[] {1, 1})));
    assertEquals(
        "the loss of epoch 1, step 1 is Infinity before any weight was changed, so the numbers that"
            + " come in are too large (the largest input is 1.0E30): scale inputs and targets, or"
            + " start with smaller weights",
        thrown.getMessage());
    assertEquals(network, thrown.network());
  }

  @Test
  void aNetworkIsNeverHandedOutBroken() {
    Network network = Network.builder(1).dense(1).build(1);
    Trainer trainer = Trainer.of(network, Loss.MSE, Sgd.of(1e30));
    trainer.step(new float[] {1e15f}, new float[] {1}, 1);
    TrainingException thrown = assertThrows(TrainingException.class, trainer::network);
    assertEquals(
        "a weight is no longer finite after step 1, most likely because the learning rate is too"
            + " high: use a lower one; the trainer has gone back to the last good network",
        thrown.getMessage());
    assertEquals(network, thrown.network());
    assertEquals(network, trainer.network());
  }

  @Test
  void anotherNetworkCannotBeRestored() {
    Callback swap =
        new Callback() {
          @Override
          public void epochEnded(Training training, Epoch epoch) {
            training.restore(classes);
          }
        };
    assertRefused(
        "the network in training is 2-2, 6 parameters, so it cannot go on as 1-3 softmax, 6"
            + " parameters",
        () ->
            Trainer.of(two, Loss.MSE, Sgd.of(0.1))
                .callbacks(swap)
                .fit(Dataset.of(new float[2], 2, new float[2], 2)));
  }

  private static void assertRefused(String sentence, Executable call) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
