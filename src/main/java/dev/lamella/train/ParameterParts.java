package dev.lamella.train;

import dev.lamella.kernel.Panels;
import dev.lamella.net.Dense;

/** How the second phase of a step is cut: each part is some inputs of one layer. */
final class ParameterParts {
  private final int[] layers; // (parts)
  private final int[] from; // (parts): first input
  private final int[] to; // (parts): past the last input

  /**
   * Parts as small as pays, so that there are enough to share.
   *
   * @param pays the inputs that pay for what a product prepares; a multiple of a panel's width
   */
  ParameterParts(Dense[] network, int pays) {
    int count = 0;
    for (Dense layer : network) {
      count += parts(layer, pays);
    }
    layers = new int[count];
    from = new int[count];
    to = new int[count];
    for (int i = 0, p = 0; i < network.length; i++) {
      int inputs = network[i].inputs();
      int some = inputs(network[i], pays);
      for (int input = 0; input < inputs; input += some, p++) {
        layers[p] = i;
        from[p] = input;
        to[p] = Math.min(inputs, input + some);
      }
    }
  }

  private static int parts(Dense layer, int pays) {
    int some = inputs(layer, pays);
    return (layer.inputs() + some - 1) / some;
  }

  /** Nearly as many inputs in each part of a layer: whole panels of its transpose. */
  private static int inputs(Dense layer, int pays) {
    int parts = (layer.inputs() + pays - 1) / pays;
    int panels = (layer.inputs() + parts * Panels.WIDTH - 1) / (parts * Panels.WIDTH);
    return panels * Panels.WIDTH;
  }

  int count() {
    return layers.length;
  }

  int layer(int part) {
    return layers[part];
  }

  /** The first input of a part. */
  int from(int part) {
    return from[part];
  }

  /** The input past the last one of a part. */
  int to(int part) {
    return to[part];
  }
}
