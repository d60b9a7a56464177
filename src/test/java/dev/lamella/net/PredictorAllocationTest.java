package dev.lamella.net;

import dev.lamella.Allocations;
import dev.lamella.parallel.Workers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predicting allocates nothing once it is compiled. */
@Tag("kernels")
class PredictorAllocationTest {
  @ParameterizedTest
  @CsvSource({
    "4, 16:relu,3:softmax",
    "40, 64:gelu,33:tanh,16:sigmoid",
    "100, 256:relu,128",
  })
  void aPredictionAllocatesNothing(int inputs, String words) {
    Network network = Network.builder(inputs).layers(words).build(1);
    int rows = 100;
    float[] in = new float[rows * inputs];
    float[] out = new float[rows * network.outputs()];
    try (Predictor predictor = network.predictor();
        Workers workers = Workers.of(2);
        Predictor shared = network.predictor(workers)) {
      Allocations.assertNone("one row", 2_000, () -> predictor.predict(in, 0, out, 0));
      Allocations.assertNone("a batch", 200, () -> predictor.predict(in, 0, rows, out, 0));
      Allocations.assertNone("a shared batch", 200, () -> shared.predict(in, 0, rows, out, 0));
    }
  }

  /** A predictor for one answer costs what one row needs; batches bring their own scratch. */
  @Test
  void aNewPredictorCostsWhatItsFirstBatchNeeds() {
    Network network = Network.builder(784).layers("128:relu,10:softmax").build(1);
    float[] in = new float[256 * 784];
    float[] out = new float[256 * 10];
    Allocations.assertAtMost(
        4_096, "a new predictor", () -> network.predictor().predict(in, 0, out, 0));
    Allocations.assertAtMost(
        16_384, "a new predictor", () -> network.predictor().predict(in, 0, 8, out, 0));
    try (Predictor grown = network.predictor()) {
      for (int rows = 1; rows <= 256; rows++) {
        grown.predict(in, 0, rows, out, 0);
      }
      Allocations.assertNone("a batch", 50, () -> grown.predict(in, 0, 256, out, 0));
    }
  }
}
