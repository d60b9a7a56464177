package dev.lamella.jmh;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A multi-layer perceptron: ReLU between its layers, nothing after the last.
 *
 * @param sizes inputs, units of each hidden layer, outputs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Mlp(int[] sizes) {

  /** Reads a network such as {@code 784-128-10}. */
  public static Mlp parse(String text) {
    return new Mlp(Arrays.stream(text.split("-", -1)).mapToInt(Integer::parseInt).toArray());
  }

  /** Number of inputs. */
  public int inputs() {
    return sizes[0];
  }

  /** Number of outputs. */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** Number of layers. */
  public int layers() {
    return sizes.length - 1;
  }

  /** Where a layer's weights start in {@link #parameters}; its biases follow them. */
  public int offset(int layer) {
    int offset = 0;
    for (int i = 0; i < layer; i++) {
      offset += sizes[i + 1] * (sizes[i] + 1);
    }
    return offset;
  }

  /** Number of all weights and biases. */
  public int parameterCount() {
    return offset(layers());
  }

  /** Floating-point operations to ask about one row, counting the products only. */
  public double flops() {
    double sum = 0;
    for (int i = 0; i < layers(); i++) {
      sum += 2.0 * sizes[i] * sizes[i + 1];
    }
    return sum;
  }

  /** Random numbers of a fresh network: layer by layer weights (units, inputs), then biases. */
  public float[] parameters(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] p = new float[parameterCount()];
    int at = 0;
    for (int i = 0; i < layers(); i++) {
      double bound = Math.sqrt(6.0 / sizes[i]);
      for (int end = at + sizes[i] * sizes[i + 1]; at < end; at++) {
        p[at] = (float) random.nextDouble(-bound, bound);
      }
      for (int end = at + sizes[i + 1]; at < end; at++) {
        p[at] = (float) random.nextDouble(-0.1, 0.1);
      }
    }
    return p;
  }

  /** The outputs for one row, in double: what every peer is checked against in the end. */
  double[] outputs(float[] parameters, float[] rows, int row) {
    double[] x = new double[inputs()];
    for (int i = 0; i < x.length; i++) {
      x[i] = rows[row * x.length + i];
    }
    for (int layer = 0; layer < layers(); layer++) {
      double[] y = new double[sizes[layer + 1]];
      int weights = offset(layer);
      int biases = weights + x.length * y.length;
      for (int u = 0; u < y.length; u++) {
        double sum = parameters[biases + u];
        for (int i = 0; i < x.length; i++) {
          sum += parameters[weights + u * x.length + i] * x[i];
        }
        y[u] = layer + 1 < layers() ? Math.max(sum, 0) : sum;
      }
      x = y;
    }
    return x;
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }
}
