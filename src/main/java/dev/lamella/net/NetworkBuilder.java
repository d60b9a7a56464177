package dev.lamella.net;

import dev.lamella.base.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network in the making: layers are added from the input on, then a seed draws the weights.
 *
 * <pre>{@code
 * Network network = Network.builder(784).dense(128, RELU).dense(10, SOFTMAX).build(42);
 * }</pre>
 */
public final class NetworkBuilder {
  private final int inputs;
  private final List<Layer> layers = new ArrayList<>();
  private final List<@Nullable Initializer> initializers = new ArrayList<>(); // (layers)
  private @Nullable Initializer initializer;

  NetworkBuilder(int inputs) {
    if (inputs < 1) {
      throw new IllegalArgumentException("a network needs at least 1 input, not " + inputs);
    }
    this.inputs = inputs;
  }

  /**
   * Adds a linear layer: the sums and their biases as they are.
   *
   * @param units number of neurons, at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code units} is less than 1 or the layer is too large
   */
  public NetworkBuilder dense(int units) {
    return dense(units, Activation.LINEAR);
  }

  /**
   * Adds a layer of {@code units} neurons with the given activation.
   *
   * @param units number of neurons, at least 1
   * @param activation the function applied to the sums
   * @return this builder
   * @throws IllegalArgumentException if {@code units} is less than 1 or the layer is too large
   */
  public NetworkBuilder dense(int units, Activation activation) {
    return dense(LayerSpec.of(units, activation));
  }

  /**
   * Adds a layer whose weights are drawn by an initializer of its own.
   *
   * @param units number of neurons, at least 1
   * @param activation the function applied to the sums
   * @param initializer the rule for its weights
   * @return this builder
   * @throws IllegalArgumentException if {@code units} is less than 1 or the layer is too large
   */
  public NetworkBuilder dense(int units, Activation activation, Initializer initializer) {
    return dense(LayerSpec.of(units, activation), initializer);
  }

  /**
   * Adds a layer with every choice spelled out, such as {@code LayerSpec.of(64,
   * RELU).withoutBias()}.
   *
   * @param spec the layer
   * @return this builder
   * @throws IllegalArgumentException if the layer is too large
   */
  public NetworkBuilder dense(LayerSpec spec) {
    return add(spec, null);
  }

  /**
   * Adds a layer with every choice spelled out and an initializer of its own.
   *
   * @param spec the layer
   * @param initializer the rule for its weights
   * @return this builder
   * @throws IllegalArgumentException if the layer is too large
   */
  public NetworkBuilder dense(LayerSpec spec, Initializer initializer) {
    Objects.requireNonNull(initializer, "initializer");
    return add(spec, initializer);
  }

  /**
   * Adds the layers that a comma list describes, such as {@code 128:relu,10:softmax}.
   *
   * @param words the layers, the first one first
   * @return this builder
   * @throws IllegalArgumentException if the list does not have the form of {@link
   *     LayerSpec#parseAll}
   */
  public NetworkBuilder layers(String words) {
    LayerSpec.parseAll(words).forEach(this::dense);
    return this;
  }

  /**
   * Sets the initializer of every layer that was given none of its own, whether it was added before
   * or comes later. Without this call each gets {@link Initializer#defaultFor} its activation.
   *
   * @param initializer the rule for their weights
   * @return this builder
   */
  public NetworkBuilder initializer(Initializer initializer) {
    Objects.requireNonNull(initializer, "initializer");
    this.initializer = initializer;
    return this;
  }

  /**
   * A new network with weights drawn from a seed and biases of zero.
   *
   * @param seed any number; the same seed and layers give the same bits on every platform, and a
   *     layer's weights do not depend on the layers after it
   * @return the network
   * @throws IllegalArgumentException if there is no layer, or an initializer gives a number that is
   *     not finite
   */
  public Network build(long seed) {
    int[] offsets = Checks.offsets(layers);
    float[] parameters = new float[offsets[layers.size()]];
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Initializer rule = rule(i);
      float[] weights = new float[layer.outputs() * layer.inputs()]; // (units, inputs)
      rule.fill(weights, layer.inputs(), layer.outputs(), SplitMix64.ofPart(seed, i));
      System.arraycopy(weights, 0, parameters, offsets[i], weights.length);
    }
    return new Network(List.copyOf(layers), parameters, true);
  }

  private NetworkBuilder add(LayerSpec spec, @Nullable Initializer own) {
    int before = layers.isEmpty() ? inputs : layers.getLast().outputs();
    layers.add(new Dense(before, spec.units(), spec.activation(), spec.bias()));
    initializers.add(own);
    return this;
  }

  private Initializer rule(int layer) {
    Initializer own = initializers.get(layer);
    if (own != null) {
      return own;
    }
    return initializer != null
        ? initializer
        : switch (layers.get(layer)) {
          case Dense dense -> Initializer.defaultFor(dense.activation());
        };
  }
}
