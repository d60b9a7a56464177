package dev.lamella.jmh.peers;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lamella.jmh.Mlp;
import dev.lamella.jmh.Work;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What an expert could compose from a BLAS: each layer is its biases copied to the output, one
 * sgemv (one row) or sgemm on top, and a ReLU in place.
 */
final class HandMadeNet implements Work {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final Mlp net;
  private final float[] input; // (rows, inputs)
  private final int rows;
  private final MemorySegment[]
      weights; // per layer (inputs, units) for rows, (units, inputs) for one
  private final MemorySegment[] biases; // per layer (rows, units)
  private final MemorySegment[] values; // per layer and one more (rows, units)
  private final float[] output;

  HandMadeNet(Mlp net, float[] parameters, float[] input, int rows) {
    this.net = net;
    this.input = input;
    this.rows = rows;
    int[] sizes = net.sizes();
    weights = new MemorySegment[net.layers()];
    biases = new MemorySegment[net.layers()];
    values = new MemorySegment[sizes.length];
    values[0] = CblasPeer.aligned(input);
    for (int layer = 0; layer < net.layers(); layer++) {
      int inputs = sizes[layer];
      int units = sizes[layer + 1];
      float[] w = new float[inputs * units];
      float[] b = new float[rows * units];
      int from = net.offset(layer);
      for (int u = 0; u < units; u++) {
        for (int i = 0; i < inputs; i++) {
          w[rows == 1 ? u * inputs + i : i * units + u] = parameters[from + u * inputs + i];
        }
        for (int row = 0; row < rows; row++) {
          b[row * units + u] = parameters[from + inputs * units + u];
        }
      }
      weights[layer] = CblasPeer.aligned(w);
      biases[layer] = CblasPeer.aligned(b);
      values[layer + 1] = CblasPeer.aligned(new float[padded(rows * units)]);
    }
    output = new float[rows * net.outputs()];
  }

  @Override
  public void run() {
    int[] sizes = net.sizes();
    MemorySegment.copy(input, 0, values[0], JAVA_FLOAT, 0, input.length);
    for (int layer = 0; layer < weights.length; layer++) {
      int inputs = sizes[layer];
      int units = sizes[layer + 1];
      MemorySegment x = values[layer];
      MemorySegment y = values[layer + 1];
      MemorySegment.copy(biases[layer], 0, y, 0, biases[layer].byteSize());
      if (rows == 1) {
        Cblas.sgemv(units, inputs, weights[layer], x, 1, y);
      } else {
        Cblas.sgemm(
            false, false, rows, units, inputs, x, inputs, weights[layer], units, 1, y, units);
      }
      if (layer + 1 < weights.length) {
        relu(y);
      }
    }
    MemorySegment.copy(values[weights.length], JAVA_FLOAT, 0, output, 0, output.length);
  }

  private static void relu(MemorySegment values) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (long at = 0; at < values.byteSize(); at += SPECIES.vectorByteSize()) {
      FloatVector.fromMemorySegment(SPECIES, values, at, ByteOrder.nativeOrder())
          .max(zero)
          .intoMemorySegment(values, at, ByteOrder.nativeOrder());
    }
  }

  /** Rounds up to whole vectors, so that the ReLU has no tail. */
  private static int padded(int count) {
    return (count + SPECIES.length() - 1) / SPECIES.length() * SPECIES.length();
  }

  @Override
  public float[] result() {
    return output.clone();
  }
}
