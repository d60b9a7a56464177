package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss refuses targets that it has no meaning for, at every door, before anything is learned. */
class TargetDomainTest {
  private final Network yesOrNo = Network.builder(1).dense(1, Activation.SIGMOID).build(1);
  private final Network logit = Network.builder(1).dense(1).build(1);
  private final Network three = Network.builder(1).dense(3, Activation.SOFTMAX).build(1);
  private final Network threeLogits = Network.builder(1).dense(3).build(1);
  private final Network threeTimes = Network.builder(1).dense(3, Activation.SIGMOID).build(1);

  private static Dataset rows(int outputs, float... y) {
    return Dataset.of(new float[y.length / outputs], 1, y, outputs);
  }

  /** Every door of a trainer says the same sentence, with its own name for the rows. */
  private static void refused(Network network, Loss loss, Dataset good, Dataset bad, String said) {
    Trainer trainer = Trainer.of(network, loss, Sgd.of(0.1)).epochs(1);
    float[] y = new float[bad.rows() * bad.outputs()];
    bad.copyTargets(order(bad.rows()), 0, bad.rows(), y, 0);
    Map<String, Executable> doors =
        Map.of(
            "the training data", () -> trainer.fit(bad),
            "the data", () -> trainer.evaluate(bad),
            "the batch", () -> trainer.step(new float[bad.rows()], y, bad.rows()),
            "the validation data",
                () -> Trainer.of(network, loss, Sgd.of(0.1)).epochs(1).validation(bad).fit(good),
            "ratings.csv", () -> loss.requireTargets("ratings.csv", bad));
    doors.forEach((what, door) ->
        assertEquals(
            said.formatted(what), assertThrows(IllegalArgumentException.class, door).getMessage()));
    assertEquals(network, trainer.network(), "nothing was learned");
    trainer.fit(good);
    trainer.evaluate(good);
    loss.requireTargets("ratings.csv", good);
  }

  private static int[] order(int rows) {
    int[] order = new int[rows];
    for (int r = 0; r < rows; r++) {
      order[r] = r;
    }
    return order;
  }

  @Test
  void aBinaryCrossEntropyTakesZeroToOne() {
    Map<Loss, Network> losses =
        Map.of(Loss.BINARY_CROSS_ENTROPY, yesOrNo, Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS, logit);
    losses.forEach((loss, network) -> {
      String said =
          "row 2 of %s has the target TARGET, but the loss "
              + loss.text()
              + " takes 0 to 1: write no as 0 and yes as 1; for numbers use the loss mse and a"
              + " linear last layer";
      for (String target : List.of("-1.0", "5.0", "1.0000001", "-1.0E-7")) {
        refused(
            network,
            loss,
            rows(1, 0, 1, 0.25f, -0f),
            rows(1, 0, 1, Float.parseFloat(target), 7),
            said.replace("TARGET", target));
      }
    });
  }

  @Test
  void eachOfSeveralYesOrNosIsZeroToOne() {
    refused(
        threeTimes,
        Loss.BINARY_CROSS_ENTROPY,
        rows(3, 1, 1, 1, 0, 0, 0),
        rows(3, 1, 1, 1, 0, -1, 0),
        "row 1 of %s has the target -1.0 in column 1, but the loss binary_cross_entropy takes 0 to"
            + " 1: write no as 0 and yes as 1; for numbers use the loss mse and a linear last layer");
  }

  @Test
  void aCrossEntropyTakesDistributions() {
    Map<Loss, Network> losses =
        Map.of(Loss.CROSS_ENTROPY, three, Loss.CROSS_ENTROPY_WITH_LOGITS, threeLogits);
    losses.forEach((loss, network) -> {
      Dataset good = rows(3, 0, 1, 0, 0.2f, 0.3f, 0.5f, 0.3333f, 0.3333f, 0.3333f);
      refused(
          network,
          loss,
          good,
          rows(3, 0, 1, 0, -0.5f, 1, 0.5f),
          "row 1 of %s has the target -0.5 in column 0, but the loss "
              + loss.text()
              + " takes 0 to 1: write the probability of each class; for numbers use the loss"
              + " mse and a linear last layer");
      for (float[] row : new float[][] {{1, 1, 0}, {0, 0, 0}, {0.5f, 0.25f, 0.24f}}) {
        refused(
            network,
            loss,
            good,
            rows(3, row),
            "the targets of row 0 of %s sum to "
                + (float) ((double) row[0] + row[1] + row[2])
                + ", but the loss "
                + loss.text()
                + " takes the probabilities of the classes, which sum to 1: divide each row by"
                + " its sum, or use a binary cross-entropy where several classes may be true");
      }
    });
  }

  @Test
  void labelsAndErrorsTakeEverything() {
    Dataset labels = Dataset.ofLabels(new float[3], 1, new int[] {0, 2, 1}, 3);
    Loss.CROSS_ENTROPY.requireTargets("labels", labels);
    for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER)) {
      loss.requireTargets("numbers", rows(1, -1e30f, 0, 1e30f));
    }
  }

  @Test
  void countsAreNotNegative() {
    TargetDomain counts = TargetDomain.NOT_NEGATIVE;
    counts.check(Loss.MSE, new float[] {0, 3, 1e30f}, 3, 1);
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> counts.check(Loss.MSE, new float[] {0, -3}, 2, 1))
            .getMessage();
    assertTrue(said.startsWith("row 1 of the batch has the target -3.0, but the loss mse takes 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 257, 999})
  void everyRowIsLookedAt(int wrong) {
    float[] y = new float[1000];
    y[wrong] = 2;
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> Loss.BINARY_CROSS_ENTROPY.requireTargets("y.npy", rows(1, y)))
            .getMessage();
    assertTrue(said.startsWith("row " + wrong + " of y.npy has the target 2.0, "), said);
  }

  @Test
  void rowsOfAFileKeepTheirNumbers() {
    float[] y = new float[100];
    y[70] = 2;
    Dataset all = rows(1, y);
    for (Dataset part : List.of(all.rows(50, 90), all.select(3, 70), all.rows(60, 80).select(10))) {
      String said =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Loss.BINARY_CROSS_ENTROPY.requireTargets("y.npy", part))
              .getMessage();
      assertTrue(said.startsWith("row 70 of y.npy "), said);
    }
  }
}
