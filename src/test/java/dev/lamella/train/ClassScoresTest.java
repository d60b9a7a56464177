package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
  /** Answers the class whose input is the highest. */
  private static Network echo(int classes, Activation last) {
    float[] parameters = new float[(classes + 1) * classes];
    for (int c = 0; c < classes; c++) {
      parameters[c * classes + c] = 1;
    }
    return Network.of(List.of(new Dense(classes, classes, last, true)), parameters);
  }

  @Test
  void countsByHand() {
    int[] truths = {0, 0, 0, 0, 1, 1, 2, 2, 2, 3};
    int[] answers = {0, 0, 0, 1, 1, 0, 0, 0, 1, 0};
    float[] x = new float[40]; // (10, 4)
    for (int r = 0; r < answers.length; r++) {
      x[r * 4 + answers[r]] = 1;
    }
    Dataset data = Dataset.ofLabels(x, 4, truths, 4);
    ClassScores scores = ClassScores.of(echo(4, Activation.SOFTMAX), Loss.CROSS_ENTROPY, data);
    assertEquals(4, scores.classes());
    assertEquals(4, scores.rows(0));
    assertEquals(7, scores.answers(0));
    assertEquals(3 / 4.0, scores.recall(0));
    assertEquals(3 / 7.0, scores.precision(0));
    assertEquals(1 / 2.0, scores.recall(1));
    assertEquals(1 / 3.0, scores.precision(1));
    assertEquals(0, scores.recall(2));
    assertTrue(Double.isNaN(scores.precision(2)));
    assertEquals(List.of(2, 3), scores.neverAnswered());
  }

  @Test
  void oneOutputHasTwoClassesAndTheLosssThreshold() {
    float[] x = {-3, -0.1f, 0.1f, 0.4f, 0.6f, 3};
    int[] truth = {0, 1, 1, 0, 1, 1};
    Dataset data = Dataset.ofLabels(x, 1, truth, 2);
    Network logits =
        Network.of(List.of(new Dense(1, 1, Activation.LINEAR, true)), new float[] {1, 0});
    Network sigmoid =
        Network.of(List.of(new Dense(1, 1, Activation.SIGMOID, true)), new float[] {1, 0});
    for (ClassScores scores :
        List.of(
            ClassScores.of(logits, Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS, data),
            ClassScores.of(sigmoid, Loss.BINARY_CROSS_ENTROPY, data))) {
      assertEquals(2, scores.classes());
      assertEquals(1 / 2.0, scores.recall(0));
      assertEquals(3 / 4.0, scores.recall(1));
      assertEquals(3 / 4.0, scores.precision(1));
    }
  }

  /** The share of rows that are found is the accuracy, however many threads count. */
  @Test
  void agreesWithTheAccuracy() {
    SplittableRandom random = new SplittableRandom(5);
    int rows = 20_000;
    float[] x = new float[rows * 7];
    int[] labels = new int[rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble();
    }
    for (int r = 0; r < rows; r++) {
      labels[r] = random.nextInt(7);
    }
    Dataset data = Dataset.ofLabels(x, 7, labels, 7);
    Network network =
        Network.builder(7).dense(64, Activation.RELU).dense(7, Activation.SOFTMAX).build(1);
    ClassScores scores = ClassScores.of(network, Loss.CROSS_ENTROPY, data);
    double found = 0;
    long all = 0;
    for (int c = 0; c < 7; c++) {
      found += scores.rows(c) == 0 ? 0 : scores.recall(c) * scores.rows(c);
      all += scores.answers(c);
    }
    assertEquals(rows, all);
    assertEquals(
        Evaluation.of(network, Loss.CROSS_ENTROPY, data, Metric.ACCURACY).metric(Metric.ACCURACY),
        found / rows,
        1e-12);
  }

  @Test
  void severalYesOrNosAreNoClasses() {
    Network network = Network.builder(1).dense(3, Activation.SIGMOID).build(1);
    Dataset data = Dataset.of(new float[1], 1, new float[3], 3);
    assertEquals(
        "the loss binary_cross_entropy takes each of the 3 outputs for a yes or no of its own, but"
            + " classes exclude each other: use a network with one output, or a cross-entropy",
        assertThrows(
                IllegalArgumentException.class,
                () -> ClassScores.of(network, Loss.BINARY_CROSS_ENTROPY, data))
            .getMessage());
  }
}
