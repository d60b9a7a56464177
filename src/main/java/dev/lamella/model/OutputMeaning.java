package dev.lamella.model;

import dev.lamella.base.ArgMax;
import dev.lamella.data.DataException;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.util.List;
import java.util.Set;

/** What the outputs of a model's network say. */
final class OutputMeaning {
  private static final String LOSS = "loss"; // the note of lamella train
  private static final String WITH_LOGITS = "_with_logits";
  private static final Set<String> DISTANCES = Set.of("mse", "mae", "huber");

  private final Target target;
  private final int width;
  private final Activation last;
  private final boolean logits;
  private final List<String> names;

  private OutputMeaning(Target target, int width, Activation last, boolean logits) {
    this.target = target;
    this.width = width;
    this.last = last;
    this.logits = logits;
    this.names = // one output tells two classes apart, and says how likely the second is
        target.kind() == Target.Kind.BINARY
            ? target.classes().subList(1, 2)
            : List.copyOf(target.outputNames());
  }

  static OutputMeaning of(Model model) {
    Network network = model.network();
    int width = network.outputs();
    Activation last = network.layer(network.layers().size() - 1).activation();
    Schema schema = model.schema();
    Target target =
        schema != null && schema.hasTarget() ? schema.target() : Target.numbers("output", width);
    if (target.outputs() != width) {
      throw new ModelException(
          "the network has %d outputs, but the model's schema describes %d; give the schema that it was trained with"
              .formatted(width, target.outputs()));
    }
    String loss = model.metadata().getOrDefault(LOSS, "");
    // A linear layer that tells classes apart gives logits, unless it learned to come near to 0, 1.
    boolean wantsLogits =
        loss.endsWith(WITH_LOGITS) || (!target.classes().isEmpty() && !DISTANCES.contains(loss));
    return new OutputMeaning(target, width, last, last == Activation.LINEAR && wantsLogits);
  }

  int width() {
    return width;
  }

  /** A name for each output. */
  List<String> names() {
    return names;
  }

  List<String> classes() {
    return target.classes();
  }

  private boolean binary() {
    return target.kind() == Target.Kind.BINARY;
  }

  /** The class that outputs say. */
  int label(float[] outputs) {
    for (int i = 0; i < width; i++) {
      if (Float.isNaN(outputs[i])) {
        throw new DataException(
            "output %d of the network is NaN for this row, which says no class; look for inputs far from those that it learned from"
                .formatted(i));
      }
    }
    if (binary()) {
      return outputs[0] > (logits ? 0 : 0.5f) ? 1 : 0;
    }
    return ArgMax.of(outputs, 0, width);
  }

  /** How likely a class is, in [0, 1]. */
  float probability(float[] outputs, int label) {
    boolean probabilities = logits || last == Activation.SIGMOID || last == Activation.SOFTMAX;
    if (!probabilities) {
      throw new IllegalStateException(
          "the network ends in a layer that is %s, and its outputs are neither probabilities nor logits; read them with values()"
              .formatted(last.text()));
    }
    if (binary()) {
      float second = value(outputs, 0);
      return label == 0 ? 1 - second : second;
    }
    return value(outputs, label);
  }

  /** An output as people read it. */
  float value(float[] outputs, int output) {
    if (!softmax()) {
      return alone(outputs[output]);
    }
    double highest = highest(outputs);
    return (float) (StrictMath.exp(outputs[output] - highest) / total(outputs, highest));
  }

  /** All outputs as people read them. */
  void values(float[] outputs, float[] into) {
    boolean softmax = softmax();
    double highest = softmax ? highest(outputs) : 0;
    double total = softmax ? total(outputs, highest) : 1;
    for (int i = 0; i < width; i++) {
      into[i] =
          softmax ? (float) (StrictMath.exp(outputs[i] - highest) / total) : alone(outputs[i]);
    }
  }

  private boolean softmax() {
    return logits && target.kind() == Target.Kind.LABELS;
  }

  /** A number, or a yes or no of its own. */
  private float alone(float output) {
    return logits ? (float) (1 / (1 + StrictMath.exp(-(double) output))) : output;
  }

  /** The sum of what the outputs' shares are shares of. */
  private double total(float[] outputs, double highest) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += StrictMath.exp(outputs[i] - highest);
    }
    return sum;
  }

  private double highest(float[] outputs) {
    return outputs[ArgMax.of(outputs, 0, width)];
  }
}
