package dev.lamella.train;

import dev.lamella.data.Dataset;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scale of numbers to learn: a training sees (y - offset) / unit, whatever the units of y are.
 *
 * <p>A network that is handed out has the scale in the weights and biases of its last layer, so it
 * answers in the units of y wherever it is asked, in PyTorch too. That is possible where the last
 * layer is linear, and without an offset where it is a rectifier or has no bias: f(unit z) = unit
 * f(z).
 */
final class TargetScale {

  private final double[] offset; // (outputs)
  private final double[] unit; // (outputs)

  private TargetScale(double[] offset, double[] unit) {
    this.offset = offset;
    this.unit = unit;
  }

  /** The scale for a training on such rows, or null where they are learned as they are. */
  static @Nullable TargetScale of(Dataset data, Network network, Loss loss) {
    Schema schema = data.schema();
    if (schema == null || !schema.target().standardized() || loss.binary() || loss.categorical()) {
      return null;
    }
    Dense last = network.layer(network.layers().size() - 1);
    boolean linear = last.activation() == Activation.LINEAR;
    boolean rectifier =
        last.activation() == Activation.RELU || last.activation() == Activation.LEAKY_RELU;
    List<Target.Column> columns = schema.target().columns();
    if (!(linear || rectifier) || columns.size() != last.units()) {
      return null;
    }
    boolean shifts = linear && last.bias();
    double[] offset = new double[columns.size()];
    double[] unit = new double[columns.size()];
    for (int i = 0; i < offset.length; i++) {
      double mean = columns.get(i).mean();
      double deviation = columns.get(i).deviation();
      offset[i] = shifts ? mean : 0;
      unit[i] = shifts ? deviation : Math.sqrt(mean * mean + deviation * deviation);
    }
    return new TargetScale(offset, unit);
  }

  /** A row of targets as a training sees it, in place. */
  void standardize(float[] values, int at) {
    for (int i = 0; i < unit.length; i++) {
      values[at + i] = (float) ((values[at + i] - offset[i]) / unit[i]);
    }
  }

  /** A row of outputs in the units of the targets. */
  void restore(float[] values, int at, float[] into, int to) {
    for (int i = 0; i < unit.length; i++) {
      into[to + i] = (float) (values[at + i] * unit[i] + offset[i]);
    }
  }

  /** The network that answers in the units of the targets. */
  Network fold(Network trained) {
    return scaled(trained, true);
  }

  /** The network that answers as a training has it. */
  Network unfold(Network network) {
    return scaled(network, false);
  }

  private Network scaled(Network network, boolean fold) {
    int last = network.layers().size() - 1;
    float[][] weights = network.weights(last); // (outputs, inputs)
    float[] biases = network.biases(last); // (outputs), or none
    for (int u = 0; u < weights.length; u++) {
      for (int i = 0; i < weights[u].length; i++) {
        weights[u][i] = (float) (fold ? weights[u][i] * unit[u] : weights[u][i] / unit[u]);
        requireFinite(weights[u][i], u);
      }
      if (biases.length > 0) {
        biases[u] =
            (float) (fold ? biases[u] * unit[u] + offset[u] : (biases[u] - offset[u]) / unit[u]);
        requireFinite(biases[u], u);
      }
    }
    return network.withWeights(last, weights, biases);
  }

  private void requireFinite(float weight, int output) {
    if (!Float.isFinite(weight)) {
      throw new IllegalArgumentException(
          "output "
              + output
              + " has weights that leave the range of a float with targets of deviation "
              + unit[output]
              + ": scale the targets, or start from another network");
    }
  }
}
