package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training gives the same bits for every number of threads and, as the build runs this again for
 * each, with every width of vector and with the scalar kernels.
 */
@Tag("kernels")
class SameBitsTest {

  private static final int ROWS = 203;
  private static final int INPUTS = 70;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void classifier(int threads) {
    Network network =
        Network.builder(INPUTS)
            .dense(100, Activation.RELU)
            .dense(37, Activation.GELU)
            .dense(16, Activation.TANH)
            .dense(10, Activation.SOFTMAX)
            .build(42);
    History run =
        Trainer.of(network, Loss.CROSS_ENTROPY, AdamW.of(0.01))
            .epochs(3)
            .batchSize(50)
            .seed(7)
            .threads(threads)
            .metrics(Metric.ACCURACY)
            .fit(Dataset.ofLabels(numbers(ROWS * INPUTS, 1), INPUTS, labels(), 10));
    assertEquals(CLASSIFIER, run.network().sha256());
    assertEquals(CLASSIFIER_LOSS, run.last().loss());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void regression(int threads) {
    Network network =
        Network.builder(INPUTS)
            .dense(65, Activation.SILU)
            .dense(64, Activation.SOFTMAX)
            .dense(33, Activation.ELU)
            .dense(3)
            .build(42);
    History run =
        Trainer.of(network, Loss.HUBER, Sgd.of(0.05, 0.9).withNesterov(true).withWeightDecay(1e-3))
            .epochs(3)
            .batchSize(64)
            .threads(threads)
            .fit(Dataset.of(numbers(ROWS * INPUTS, 1), INPUTS, numbers(ROWS * 3, 2), 3));
    assertEquals(REGRESSION, run.network().sha256());
    assertEquals(REGRESSION_LOSS, run.last().loss());
  }

  @Test
  void anExecutorOfOthersDoes() {
    Network network = Network.builder(INPUTS).dense(200, Activation.SIGMOID).dense(3).build(1);
    Dataset data = Dataset.of(numbers(ROWS * INPUTS, 1), INPUTS, numbers(ROWS * 3, 2), 3);
    Network alone = trainer(network).threads(1).fit(data).network();
    try (ExecutorService executor = Executors.newFixedThreadPool(2);
        Workers workers = Workers.of(executor, 3)) {
      assertEquals(alone, trainer(network).workers(workers).fit(data).network());
    }
  }

  private static Trainer trainer(Network network) {
    return Trainer.of(network, Loss.MSE, Adam.of(0.01)).epochs(2).batchSize(100);
  }

  private static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (random.nextInt() >> 8) * 0x1p-22f; // in [-2, 2)
    }
    return numbers;
  }

  private static int[] labels() {
    SplittableRandom random = new SplittableRandom(3);
    int[] labels = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      labels[r] = random.nextInt() >>> 16 & 7;
    }
    return labels;
  }

  // What the scalar kernels gave on one thread.
  private static final String CLASSIFIER =
      "af0966c33d2672e20b844bfc2c3f9ac0d77278b690965bc61875895a879965da";
  private static final double CLASSIFIER_LOSS = 1.6904904714652471;
  private static final String REGRESSION =
      "b41639be4404bb823117eab67dc6e1ec2b8e9e5ea6d3344155feb6fb2e0f4fe5";
  private static final double REGRESSION_LOSS = 0.5642920689189376;
}
