package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernels")
class PredictorTest {
  /** Two inputs, two relu units, one sigmoid output: small enough to compute by hand. */
  private static final Network BY_HAND =
      Network.of(
          List.of(new Dense(2, 2, Activation.RELU, true), new Dense(2, 1, Activation.LINEAR, true)),
          new float[] {1, -2, 0.5f, 3, 0.25f, -1, 2, -0.5f, 4});

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  @Test
  void aNetworkComputedByHand() {
    try (Predictor predictor = BY_HAND.predictor()) {
      // Row (3, 1): sums 3 - 2 + 0.25 = 1.25 and 1.5 + 3 - 1 = 3.5; 2 * 1.25 - 0.5 * 3.5 + 4.
      assertArrayEquals(new float[] {4.75f}, predictor.predict(new float[] {3, 1}));
      // Row (-1, 1): sums -2.75 and 1.5, the first cut off; -0.75 + 4.
      assertArrayEquals(new float[] {3.25f}, predictor.predict(new float[] {-1, 1}));
    }
  }

  @Test
  void offsetsReadAndWriteWhatTheySay() {
    float[] in = {9, 9, 3, 1, -1, 1, 9};
    float[] out = {7, 7, 7, 7, 7};
    try (Predictor predictor = BY_HAND.predictor()) {
      predictor.predict(in, 2, out, 1);
      assertArrayEquals(new float[] {7, 4.75f, 7, 7, 7}, out);
      predictor.predict(in, 2, 2, out, 2);
      assertArrayEquals(new float[] {7, 4.75f, 4.75f, 3.25f, 7}, out);
      predictor.predict(in, 7, 0, out, 5);
      assertArrayEquals(new float[] {7, 4.75f, 4.75f, 3.25f, 7}, out);
      // One array for both is fine as long as the ranges are apart.
      float[] both = {3, 1, 0};
      predictor.predict(both, 0, both, 2);
      assertArrayEquals(new float[] {3, 1, 4.75f}, both);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4, 16:relu,3:softmax",
    "31, 64:elu:nobias",
    "13, 64:tanh,64:relu,1",
    "50, 33:gelu,48:silu,32:selu,17:softmax,7:sigmoid",
    "784, 128:relu,10:softmax",
    "10, 300:leaky_relu,5:softplus",
  })
  void aRowsBitsDoNotDependOnItsBatch(int inputs, String words) {
    Network network = Network.builder(inputs).layers(words).build(3);
    int most = 300; // more than one chunk
    float[] in = random(most * inputs, 4);
    int outputs = network.outputs();
    float[] expected = new float[most * outputs]; // (most, outputs), row by row
    try (Predictor predictor = network.predictor();
        Predictor small = network.predictor(5);
        Workers workers = Workers.of(3);
        Predictor shared = network.predictor(workers)) {
      for (int r = 0; r < most; r++) {
        predictor.predict(in, r * inputs, expected, r * outputs);
      }
      for (int rows : new int[] {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 64, 65, 255, 256, 257, most}) {
        float[] rowByRow = Arrays.copyOfRange(expected, 0, rows * outputs);
        for (Predictor each : List.of(predictor, small, shared)) {
          float[] batch = new float[rows * outputs];
          each.predict(in, 0, rows, batch, 0);
          assertArrayEquals(rowByRow, batch, () -> rows + " rows");
        }
      }
    }
  }

  @Test
  void threadsShareANetwork() throws Exception {
    Network network = Network.builder(20).layers("70:tanh,40:relu,6:softmax").build(1);
    float[] in = random(100 * 20, 2);
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      tasks.add(() -> {
        float[] out = new float[100 * 6];
        try (Predictor predictor = network.predictor()) {
          for (int r = 0; r < 100; r++) {
            predictor.predict(in, r * 20, out, r * 6);
          }
        }
        return out;
      });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      float[] expected = new float[100 * 6];
      List<Future<float[]>> results = pool.invokeAll(tasks); // the first packs the weights
      network.predictor().predict(in, 0, 100, expected, 0);
      for (Future<float[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    }
  }

  @Test
  void notANumberInGivesNotANumberOut() {
    try (Predictor predictor = BY_HAND.predictor()) {
      assertTrue(Float.isNaN(predictor.predict(new float[] {Float.NaN, 1})[0]));
      assertEquals(
          Float.POSITIVE_INFINITY, predictor.predict(new float[] {0, Float.NEGATIVE_INFINITY})[0]);
    }
  }

  @Test
  void wrongLengthsAreNamed() {
    Predictor predictor = BY_HAND.predictor();
    float[] two = new float[2];
    assertMessage(
        "a row of 3 numbers was given, but the network takes 2 inputs",
        () -> predictor.predict(new float[3]));
    assertMessage(
        "1 x 2 inputs from offset 1 end at 3, but the input array has 2 numbers",
        () -> predictor.predict(two, 1, new float[1], 0));
    assertMessage(
        "1 x 2 inputs from offset -1 end at 1, but the input array has 2 numbers",
        () -> predictor.predict(two, -1, new float[1], 0));
    assertMessage(
        "1 x 1 outputs from offset 2 end at 3, but the output array has 2 numbers",
        () -> predictor.predict(two, 0, new float[2], 2));
    assertMessage(
        "2000000000 x 2 inputs from offset 2 end at 4000000002, but the input array has 2"
            + " numbers",
        () -> predictor.predict(two, 2, 2_000_000_000, two, 0));
    assertMessage(
        "a batch of -1 rows was asked for, but it has at least 0",
        () -> predictor.predict(two, 0, -1, two, 0));
    assertMessage(
        "the outputs from offset 1 overlap the inputs from offset 0 of the same array; give them a"
            + " place of their own",
        () -> predictor.predict(two, 0, two, 1));
    assertMessage(
        "a predictor computes at least 1 row at a time, not 0", () -> BY_HAND.predictor(0));
    assertArrayEquals(new float[] {4}, predictor.predict(new float[] {-1, 0}));
  }

  @Test
  void aClosedPredictorSaysSo() {
    Predictor predictor = BY_HAND.predictor();
    predictor.close();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> predictor.predict(new float[2]));
    assertEquals(
        "this predictor is closed; take a new one with network.predictor()", e.getMessage());
  }

  /**
   * In the middle of a call, another one comes: from the executor that the workers ask for help.
   */
  @Test
  void aBusyPredictorSaysSoAndItsAnswerIsRight() {
    Network network = Network.builder(64).layers("256:relu,64").build(1);
    int rows = 64;
    float[] in = random(rows * 64, 2);
    float[] expected = new float[rows * 64];
    network.predictor().predict(in, 0, rows, expected, 0);
    List<Predictor> asked = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    Executor executor =
        task -> {
          IllegalStateException e =
              assertThrows(
                  IllegalStateException.class, () -> asked.getFirst().predict(new float[64]));
          sentences.add(e.getMessage());
          asked.getFirst().close(); // while it computes: safe, and it stays closed
        };
    Predictor predictor = network.predictor(Workers.of(executor, 2));
    asked.add(predictor);
    float[] out = new float[rows * 64];
    predictor.predict(in, 0, rows, out, 0);
    assertArrayEquals(expected, out);
    assertEquals(
        List.of(
            "this predictor is busy in another thread; give each thread one of its own with"
                + " network.predictor()"),
        sentences);
    assertTrue(
        assertThrows(IllegalStateException.class, () -> predictor.predict(in, 0, rows, out, 0))
            .getMessage()
            .startsWith("this predictor is closed"));
  }

  @Test
  void twoThreadsAtOnePredictorGetRightAnswersOrNone() throws Exception {
    Network network = Network.builder(32).layers("64:tanh,64:relu,8").build(1);
    Predictor shared = network.predictor();
    List<Callable<int[]>> tasks = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      float[] in = random(32, 10 + t);
      tasks.add(() -> {
        float[] expected = network.predictor().predict(in);
        int[] counts = new int[3]; // right, wrong, refused
        for (int call = 0; call < 30_000; call++) {
          try {
            counts[Arrays.equals(expected, shared.predict(in)) ? 0 : 1]++;
          } catch (IllegalStateException e) {
            counts[2]++;
          }
        }
        return counts;
      });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<int[]>> results = tasks.stream().map(pool::submit).toList();
      int right = 0;
      for (Future<int[]> result : results) {
        assertEquals(0, result.get()[1], "wrong answers");
        right += result.get()[0];
      }
      assertTrue(right > 0, "no answers");
    }
  }

  @Test
  void manyRowsAndTheNetworkItselfGiveTheSameAnswers() {
    float[][] rows = {{3, 1}, {-1, 1}};
    float[][] answers = {{4.75f}, {3.25f}};
    try (Predictor predictor = BY_HAND.predictor()) {
      assertArrayEquals(answers, predictor.predict(rows));
      assertArrayEquals(new float[0][], predictor.predict(new float[0][]));
    }
    assertArrayEquals(answers, BY_HAND.predict(rows));
    assertArrayEquals(answers[1], BY_HAND.predict(rows[1]));
    assertMessage(
        "row 1 of the batch has 3 numbers, but the network takes 2 inputs",
        () -> BY_HAND.predict(new float[][] {{1, 2}, {1, 2, 3}}));
  }

  @Test
  void theRowsOfADatasetAreAskedAboutSomeAtATime() {
    float[][] rows = new float[10_001][2];
    for (int r = 0; r < rows.length; r++) {
      rows[r][0] = r;
      rows[r][1] = -r / 3f;
    }
    Dataset data = Dataset.ofInputs(rows);
    assertArrayEquals(BY_HAND.predict(rows), BY_HAND.predict(data));
    float[][] reversed = BY_HAND.predict(data.select(10_000, 0));
    assertArrayEquals(
        BY_HAND.predict(new float[][] {rows[10_000], rows[0]}), reversed, "a view's rows");
    assertMessage(
        "the dataset has rows of 3 inputs, but the network takes 2; prepare it with the schema of the model",
        () -> BY_HAND.predict(Dataset.ofInputs(new float[][] {{1, 2, 3}})));
  }
}
