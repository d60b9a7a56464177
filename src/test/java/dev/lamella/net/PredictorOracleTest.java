package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Random networks against the same formulas in double. */
@Tag("kernels")
class PredictorOracleTest {
  @Property(tries = 150)
  void agreesWithDouble(
      @ForAll @IntRange(min = 1, max = 90) int inputs,
      @ForAll @Size(min = 1, max = 4) List<Activation> activations,
      @ForAll long seed) {
    Random random = new Random(seed);
    NetworkBuilder builder = Network.builder(inputs);
    for (Activation activation : activations) {
      builder.dense(new LayerSpec(1 + random.nextInt(70), activation, random.nextBoolean()));
    }
    Network drawn = builder.build(seed);
    float[] parameters = drawn.parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.05 * random.nextGaussian()); // biases too
    }
    Network network = drawn.withParameters(parameters);
    int rows = 1 + random.nextInt(20);
    float[] in = new float[rows * inputs]; // (rows, inputs)
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) (3 * random.nextGaussian());
    }
    int outputs = network.outputs();
    float[] out = new float[rows * outputs]; // (rows, outputs)
    try (Predictor predictor = network.predictor()) {
      predictor.predict(in, 0, rows, out, 0);
    }
    for (int r = 0; r < rows; r++) {
      Oracle oracle = new Oracle(network, in, r * inputs);
      for (int u = 0; u < outputs; u++) {
        int unit = u;
        assertEquals(
            oracle.values[u],
            out[r * outputs + u],
            oracle.bounds[u],
            () -> network + ", output " + unit);
      }
    }
  }
}
