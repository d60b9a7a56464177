package dev.lamella.train;

import dev.lamella.Allocations;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training step allocates nothing once it is compiled. */
@Tag("kernels")
class StepAllocationTest {
  private static final int ROWS = 32;

  @ParameterizedTest
  @CsvSource({
    "adam:lr=0.001, '13, 64:relu,64:gelu,1', mse",
    "adamw:lr=0.001, '13, 20:softmax,3:softmax', cross_entropy",
    "'sgd:lr=0.01,momentum=0.9', '13, 5:tanh,3', huber",
  })
  void aStepAllocatesNothing(String optimizer, String words, String loss) {
    String[] parts = words.split(", ", 2);
    int inputs = Integer.parseInt(parts[0]);
    Network network = Network.builder(inputs).layers(parts[1]).build(1);
    Trainer trainer =
        Trainer.of(network, Loss.of(loss), Optimizer.of(optimizer)).metrics(Metric.MAE);
    float[] x = new float[ROWS * inputs]; // (rows, inputs)
    float[] y = new float[ROWS * network.outputs()]; // (rows, outputs)
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 37 % 101) / 101f;
    }
    for (int r = 0; r < ROWS; r++) {
      y[r * network.outputs() + r % network.outputs()] = 1;
    }
    // Of a helper thread only what it costs the caller can be measured.
    for (int threads = 1; threads <= 2; threads++) {
      try (Workers workers = Workers.of(threads)) {
        trainer.workers(workers);
        Allocations.assertNone("a step", 200, () -> trainer.step(x, y, ROWS));
      }
    }
  }
}
