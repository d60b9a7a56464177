package dev.lamella.net;

import java.util.List;

/** The checks at the edge of a network, and the sentences for what does not fit. */
final class Checks {
  private Checks() {}

  /**
   * Where each layer starts in the flat array of parameters, then its length: (layers + 1).
   *
   * @throws IllegalArgumentException if the layers do not fit together or are too large
   */
  static int[] offsets(List<? extends Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a network needs at least 1 layer; add one with dense(units)");
    }
    int[] offsets = new int[layers.size() + 1];
    long end = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (i > 0 && layers.get(i - 1).outputs() != layer.inputs()) {
        throw new IllegalArgumentException(
            "layer %d takes %d inputs, but layer %d gives %d outputs"
                .formatted(i, layer.inputs(), i - 1, layers.get(i - 1).outputs()));
      }
      end += layer.parameters();
      if (end > Dense.MAX_PARAMETERS) {
        throw new IllegalArgumentException(
            "layers 0 to %d have %d parameters together, more than the %d that fit in one array; use fewer units"
                .formatted(i, end, Dense.MAX_PARAMETERS));
      }
      offsets[i + 1] = (int) end;
    }
    return offsets;
  }

  /**
   * Checks the number of parameters and that each is finite.
   *
   * @throws IllegalArgumentException if not
   */
  static void parameters(List<? extends Layer> layers, int[] offsets, float[] parameters) {
    int needed = offsets[layers.size()];
    if (parameters.length != needed) {
      throw new IllegalArgumentException(
          "%d parameters were given, but the layers have %d".formatted(parameters.length, needed));
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!Float.isFinite(parameters[i])) {
        throw new IllegalArgumentException(
            "%s is %s, but every parameter of a network must be finite"
                .formatted(name(layers, offsets, i), parameters[i]));
      }
    }
  }

  /** Checks one length of a layer's weights or biases. */
  static void length(int layer, String what, int needed, int given) {
    if (given != needed) {
      throw new IllegalArgumentException(
          "layer %d has %d %s, but %d were given".formatted(layer, needed, what, given));
    }
  }

  /** Such as {@code weight [3][7] of layer 1} for an index in the flat array. */
  private static String name(List<? extends Layer> layers, int[] offsets, int parameter) {
    int layer = 0;
    while (offsets[layer + 1] <= parameter) {
      layer++;
    }
    int inputs = layers.get(layer).inputs();
    int index = parameter - offsets[layer];
    int unit = index / inputs;
    int units = layers.get(layer).outputs();
    return unit < units
        ? "weight [%d][%d] of layer %d".formatted(unit, index % inputs, layer)
        : "bias [%d] of layer %d".formatted(index - units * inputs, layer);
  }
}
