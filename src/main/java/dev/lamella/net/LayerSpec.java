package dev.lamella.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A dense layer before its inputs are known, and the word for it: {@code
 * UNITS[:activation[:nobias]]}.
 *
 * <p>A comma list of such words, like {@code 128:relu,10:softmax}, is how the command line's {@code
 * --layers} and model files describe a network. Without an activation the layer is linear.
 *
 * @param units number of neurons, at least 1
 * @param activation the function applied to the sums
 * @param bias whether each unit has a bias
 */
public record LayerSpec(int units, Activation activation, boolean bias) {
  private static final String NO_BIAS = "nobias";

  /**
   * Checks the number of units.
   *
   * @throws IllegalArgumentException if there are no units
   */
  public LayerSpec {
    Objects.requireNonNull(activation, "activation");
    if (units < 1) {
      throw new IllegalArgumentException("a dense layer needs at least 1 unit, not " + units);
    }
  }

  /**
   * A layer with a bias.
   *
   * @param units number of neurons, at least 1
   * @param activation the function applied to the sums
   * @return the layer
   * @throws IllegalArgumentException if there are no units
   */
  public static LayerSpec of(int units, Activation activation) {
    return new LayerSpec(units, activation, true);
  }

  /** {@return the same layer without biases} */
  public LayerSpec withoutBias() {
    return new LayerSpec(units, activation, false);
  }

  /**
   * Reads one word.
   *
   * @param word such as {@code 10}, {@code 128:relu} or {@code 64:tanh:nobias}
   * @return the layer
   * @throws IllegalArgumentException if the word does not have that form
   */
  public static LayerSpec parse(String word) {
    String[] parts = word.strip().split(":", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException(
          "layer \"%s\" has %d parts, but only UNITS:activation:nobias is known"
              .formatted(word, parts.length));
    }
    int units = units(word, parts[0]);
    if (parts.length > 1 && parts[1].equals(NO_BIAS)) {
      throw new IllegalArgumentException(
          "layer \"%s\" names no activation before nobias; write %d:linear:nobias"
              .formatted(word, units));
    }
    Activation activation = parts.length > 1 ? Activation.of(parts[1]) : Activation.LINEAR;
    if (parts.length > 2 && !parts[2].equals(NO_BIAS)) {
      throw new IllegalArgumentException(
          "layer \"%s\" ends in \"%s\", but only nobias may follow the activation"
              .formatted(word, parts[2]));
    }
    return new LayerSpec(units, activation, parts.length < 3);
  }

  /**
   * Reads a comma list of words, the first layer first.
   *
   * @param words such as {@code 128:relu,10:softmax}
   * @return at least one layer
   * @throws IllegalArgumentException if a word does not have the form that {@link #parse} reads
   */
  public static List<LayerSpec> parseAll(String words) {
    List<LayerSpec> specs = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      if (word.isBlank()) {
        throw new IllegalArgumentException(
            "layer %d of \"%s\" is empty; write a comma list such as 128:relu,10:softmax"
                .formatted(specs.size(), words));
      }
      specs.add(parse(word));
    }
    return List.copyOf(specs);
  }

  /**
   * The comma list that {@link #parseAll} reads back to the same layers.
   *
   * @param specs the layers, the first one first
   * @return such as {@code 128:relu,10:softmax}
   */
  public static String join(Collection<LayerSpec> specs) {
    return specs.stream().map(LayerSpec::toString).collect(Collectors.joining(","));
  }

  /** {@return the shortest word that {@link #parse} reads back to this layer} */
  @Override
  public String toString() {
    if (!bias) {
      return units + ":" + activation.text() + ":" + NO_BIAS;
    }
    return activation == Activation.LINEAR
        ? Integer.toString(units)
        : units + ":" + activation.text();
  }

  private static int units(String word, String digits) {
    try {
      return Integer.parseInt(digits.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "layer \"%s\" does not start with a whole number of units, as 128:relu does"
              .formatted(word),
          e);
    }
  }
}
