package dev.lamella.net;

import java.util.Objects;

/**
 * A fully connected layer: y = f(x W^T + b), where each unit sees every input.
 *
 * <p>Shapes: x (rows, inputs), W (units, inputs), b (units), y (rows, units). In the network's flat
 * array the weights come first, a unit's weights side by side, then the biases: the order and the
 * shapes of PyTorch's {@code nn.Linear}.
 *
 * @param inputs length of a row that comes in, at least 1
 * @param units number of neurons and length of a row that goes out, at least 1
 * @param activation the function f
 * @param bias whether b exists; without it y = f(x W^T)
 */
public record Dense(int inputs, int units, Activation activation, boolean bias) implements Layer {
  /** The largest number of elements that every JVM allows in one array. */
  static final int MAX_PARAMETERS = Integer.MAX_VALUE - 8;

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if there are no inputs or no units, or more parameters than
   *     one array holds
   */
  public Dense {
    Objects.requireNonNull(activation, "activation");
    if (inputs < 1) {
      throw new IllegalArgumentException("a dense layer needs at least 1 input, not " + inputs);
    }
    if (units < 1) {
      throw new IllegalArgumentException("a dense layer needs at least 1 unit, not " + units);
    }
    long parameters = (long) units * inputs + (bias ? units : 0);
    if (parameters > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "a dense layer of %d inputs and %d units has %d parameters, more than the %d that fit in one array; use fewer units"
              .formatted(inputs, units, parameters, MAX_PARAMETERS));
    }
  }

  @Override
  public int outputs() {
    return units;
  }

  @Override
  public int parameters() {
    return units * inputs + (bias ? units : 0);
  }

  /** {@return what this layer is without its inputs, as {@code --layers} writes it} */
  public LayerSpec spec() {
    return new LayerSpec(units, activation, bias);
  }
}
