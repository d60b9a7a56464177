package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {

  @Test
  void oneNeuronLearnsALine() {
    float[] xs = new float[21]; // (rows)
    float[] ys = new float[21]; // (rows)
    for (int i = 0; i < xs.length; i++) {
      xs[i] = i / 10f - 1;
      ys[i] = 2 * xs[i] + 3;
    }
    Network neuron = Network.builder(1).dense(1).build(42);
    History run = Trainer.of(neuron, Loss.MSE, Sgd.of(0.1f)).epochs(500).fit(Dataset.of(xs, ys));
    assertEquals(2, run.network().weights(0)[0][0], 1e-3);
    assertEquals(3, run.network().biases(0)[0], 1e-3);
    assertEquals(500, run.epochs().size());
    assertEquals(Network.builder(1).dense(1).build(42), neuron, "the network given stays as it is");
  }

  @Test
  void aHiddenLayerLearnsXor() {
    Dataset xor =
        Dataset.of(
            new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, new float[][] {{0}, {1}, {1}, {0}});
    Network network =
        Network.builder(2).dense(8, Activation.TANH).dense(1, Activation.SIGMOID).build(7);
    Trainer trainer =
        Trainer.of(network, Loss.BINARY_CROSS_ENTROPY, Adam.of(0.05))
            .epochs(300)
            .metrics(Metric.ACCURACY, Metric.MAE);
    History run = trainer.fit(xor);
    assertEquals(1, run.last().training().metric(Metric.ACCURACY));
    Evaluation asked = trainer.evaluate(xor);
    assertEquals(1, asked.metric(Metric.ACCURACY));
    assertTrue(asked.loss() < 0.05, () -> "loss " + asked.loss());
    assertTrue(asked.metric(Metric.MAE) < 0.05, () -> "mae " + asked.metric(Metric.MAE));
  }

  @Test
  void labelsAreOneHotTargets() {
    Network network = Network.builder(4).dense(3, Activation.SOFTMAX).build(1);
    int[] labels = labels(50, 3);
    float[] x = numbers(50 * 4);
    float[] y = new float[50 * 3]; // (rows, classes)
    for (int r = 0; r < labels.length; r++) {
      y[r * 3 + labels[r]] = 1;
    }
    Trainer byLabel = trainer(network).metrics(Metric.ACCURACY, Metric.MSE);
    Trainer byNumber = trainer(network).metrics(Metric.ACCURACY, Metric.MSE);
    History labelled = byLabel.fit(Dataset.ofLabels(x, 4, labels, 3));
    History numbered = byNumber.fit(Dataset.of(x, 4, y, 3));
    assertEquals(labelled.last().training().metrics(), numbered.last().training().metrics());
    assertEquals(labelled.last().loss(), numbered.last().loss(), 1e-6);
    assertTrue(labelled.last().loss() < labelled.epochs().getFirst().loss());
  }

  @Test
  void metricsDoNotChangeTheTraining() {
    Network network = Network.builder(4).dense(3, Activation.SOFTMAX).build(1);
    Dataset data = Dataset.ofLabels(numbers(50 * 4), 4, labels(50, 3), 3);
    assertEquals(
        trainer(network).fit(data).network(),
        trainer(network).metrics(Metric.ACCURACY).validation(data).fit(data).network());
  }

  @Test
  void oneOutputTakesTwoLabels() {
    Network network = Network.builder(4).dense(1, Activation.SIGMOID).build(1);
    int[] labels = labels(50, 2);
    float[] x = numbers(50 * 4);
    float[] y = new float[50]; // (rows)
    for (int r = 0; r < labels.length; r++) {
      y[r] = labels[r];
    }
    assertEquals(
        Trainer.of(network, Loss.BINARY_CROSS_ENTROPY, Sgd.of(0.1))
            .fit(Dataset.of(x, 4, y, 1))
            .network(),
        Trainer.of(network, Loss.BINARY_CROSS_ENTROPY, Sgd.of(0.1))
            .fit(Dataset.ofLabels(x, 4, labels, 2))
            .network());
  }

  @Test
  void goesOnWhereItStopped() {
    Network network = Network.builder(4).dense(6, Activation.ELU).dense(3).build(1);
    Dataset data = Dataset.of(numbers(50 * 4), 4, numbers(50 * 3), 3);
    Trainer once = Trainer.of(network, Loss.MSE, Adam.of(0.01)).seed(5).epochs(6).batchSize(16);
    Trainer twice = Trainer.of(network, Loss.MSE, Adam.of(0.01)).seed(5).epochs(3).batchSize(16);
    Network expected = once.fit(data).network();
    Network half = twice.fit(data).network();
    History second = twice.fit(data);
    assertEquals(expected, second.network());
    assertNotEquals(expected, half);
    assertEquals(4, second.epochs().getFirst().epoch());
  }

  @Test
  void theSeedDecidesTheOrder() {
    Network network = Network.builder(4).dense(3).build(1);
    Dataset data = Dataset.of(numbers(50 * 4), 4, numbers(50 * 3), 3);
    Network one = Trainer.of(network, Loss.MSE, Sgd.of(0.1)).seed(1).fit(data).network();
    assertEquals(one, Trainer.of(network, Loss.MSE, Sgd.of(0.1)).seed(1).fit(data).network());
    assertNotEquals(one, Trainer.of(network, Loss.MSE, Sgd.of(0.1)).seed(2).fit(data).network());
    Network plain = Trainer.of(network, Loss.MSE, Sgd.of(0.1)).shuffle(false).fit(data).network();
    assertNotEquals(one, plain);
  }

  @Test
  void anUnshuffledEpochIsItsSteps() {
    Network network = Network.builder(4).dense(6, Activation.GELU).dense(3).build(1);
    float[] x = numbers(50 * 4);
    float[] y = numbers(50 * 3);
    Trainer fit =
        Trainer.of(network, Loss.MSE, Sgd.of(0.1, 0.9)).epochs(1).batchSize(20).shuffle(false);
    History run = fit.fit(Dataset.of(x, 4, y, 3));
    Trainer steps = Trainer.of(network, Loss.MSE, Sgd.of(0.1, 0.9));
    double loss = 0;
    for (int from = 0; from < 50; from += 20) {
      int rows = Math.min(20, 50 - from);
      float[] batchX = Arrays.copyOfRange(x, from * 4, (from + rows) * 4);
      float[] batchY = Arrays.copyOfRange(y, from * 3, (from + rows) * 3);
      loss += steps.step(batchX, batchY, rows) * rows;
    }
    assertEquals(run.network(), steps.network());
    assertEquals(run.last().loss(), loss / 50, 1e-6);
  }

  @Test
  void rowsOfArraysAreABatch() {
    Network network = Network.builder(2).dense(2).build(1);
    Trainer nested = Trainer.of(network, Loss.MSE, Sgd.of(0.1));
    Trainer flat = Trainer.of(network, Loss.MSE, Sgd.of(0.1));
    float one = nested.step(new float[][] {{1, 2}, {3, 4}}, new float[][] {{5, 6}, {7, 8}});
    float two = flat.step(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}, 2);
    assertEquals(one, two);
    assertEquals(nested.network(), flat.network());
    assertNotEquals(network, flat.network());
  }

  @Test
  void aBatchOfLabelsIsLearnedFrom() {
    Network network = Network.builder(4).dense(3).build(1);
    Trainer labelled = Trainer.of(network, Loss.CROSS_ENTROPY_WITH_LOGITS, Sgd.of(0.1));
    Trainer numbered = Trainer.of(network, Loss.CROSS_ENTROPY_WITH_LOGITS, Sgd.of(0.1));
    float[] x = numbers(2 * 4);
    float one = labelled.step(x, new int[] {2, 0});
    assertEquals(numbered.step(x, new float[] {0, 0, 1, 1, 0, 0}, 2), one, 1e-6);
    assertArrayEquals(numbered.network().parameters(), labelled.network().parameters(), 1e-6f);
    assertTrue(labelled.step(x, new int[] {2, 0}) < one);
  }

  @Test
  void nothingRunsAfterwards() throws InterruptedException {
    Network network = Network.builder(100).dense(200, Activation.RELU).dense(1).build(1);
    Dataset data = Dataset.of(numbers(200 * 100), 100, numbers(200), 1);
    Trainer trainer = Trainer.of(network, Loss.MSE, Sgd.of(0.01)).batchSize(100).threads(3);
    trainer.callbacks(
        new Callback() {
          @Override
          public void ended(Training training) {
            assertTrue(workers() > 0);
          }
        });
    trainer.fit(data);
    for (int i = 0; i < 100 && workers() > 0; i++) {
      Thread.sleep(50);
    }
    assertEquals(0, workers());
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("lamella-worker"))
        .count();
  }

  @Test
  void aScheduleSetsTheLearningRate() {
    Network network = Network.builder(1).dense(1).build(1);
    Dataset data = Dataset.of(new float[] {1, 2}, new float[] {3, 4});
    History run =
        Trainer.of(network, Loss.MSE, Sgd.of(0.1))
            .epochs(3)
            .schedule((initial, epoch) -> initial / epoch)
            .fit(data);
    double[] rates = run.epochs().stream().mapToDouble(Epoch::learningRate).toArray();
    assertArrayEquals(new double[] {0.1, 0.05, 0.1 / 3}, rates, 1e-15);
    Trainer still = Trainer.of(network, Loss.MSE, Sgd.of(0.1)).schedule((initial, epoch) -> 0);
    assertEquals(network, still.fit(data).network());
  }

  @Test
  void callbacksHearEverythingAndMayStop() {
    Network network = Network.builder(1).dense(1).build(1);
    Dataset data = Dataset.of(new float[] {1, 2, 3}, new float[] {3, 4, 5});
    List<String> heard = new ArrayList<>();
    Callback callback =
        new Callback() {
          @Override
          public void started(Training training) {
            heard.add("started " + training.rows() + " " + training.lastEpoch());
          }

          @Override
          public void stepped(Training training) {
            heard.add("stepped " + training.epoch() + " " + training.rowsDone());
          }

          @Override
          public void epochEnded(Training training, Epoch epoch) {
            heard.add("epoch " + epoch.epoch() + " of " + training.completed().size());
            if (epoch.epoch() == 2) {
              training.stop();
            }
          }

          @Override
          public void ended(Training training) {
            heard.add("ended " + training.epochsLeft());
          }
        };
    Trainer trainer = Trainer.of(network, Loss.MSE, Sgd.of(0.01)).epochs(5).batchSize(2);
    History run = trainer.callbacks(callback).fit(data);
    assertEquals(
        List.of(
            "started 3 5",
            "stepped 1 2",
            "stepped 1 3",
            "epoch 1 of 1",
            "stepped 2 2",
            "stepped 2 3",
            "epoch 2 of 2",
            "ended 0"),
        heard);
    assertEquals(2, run.epochs().size());
  }

  @Test
  void theBestEpochIsWhatEarlyStoppingReturns() {
    Network network = Network.builder(3).dense(40, Activation.TANH).dense(1).build(3);
    Dataset few = Dataset.of(numbers(8 * 3), 3, numbers(8), 1);
    Dataset other = Dataset.of(numbers(100 * 3), 3, numbers(100), 1);
    EarlyStopping stopping = EarlyStopping.patience(5);
    Trainer trainer =
        Trainer.of(network, Loss.MSE, Adam.of(0.02))
            .epochs(1000)
            .validation(other)
            .callbacks(stopping);
    History run = trainer.fit(few);
    assertEquals(stopping.bestEpoch() + 5, run.epochs().size());
    double best = run.epochs().get(stopping.bestEpoch() - 1).validation().orElseThrow().loss();
    assertEquals(best, trainer.evaluate(other).loss());
    assertEquals(trainer.evaluate(other), Evaluation.of(run.network(), Loss.MSE, other));
    assertEquals(run.network(), trainer.network());
  }

  private static Trainer trainer(Network network) {
    return Trainer.of(network, Loss.CROSS_ENTROPY, Adam.of(0.01)).seed(3).batchSize(16);
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static int[] labels(int count, int classes) {
    return new Random(1).ints(count, 0, classes).toArray();
  }
}
