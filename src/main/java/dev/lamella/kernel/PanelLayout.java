package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Where the weights and biases of several matrices stand in one flat block.
 *
 * <p>The block holds, matrix after matrix, the {@link Panels} of (inputs, units) weights and then
 * the units' biases, padded like the panels. Parameters, gradients and the state of an optimizer
 * all have this layout, so that an update is one pass.
 */
public final class PanelLayout {

  private final int[] inputs; // (layers)
  private final int[] units; // (layers)
  private final int[] weights; // (layers) first float of the panels
  private final int[] biases; // (layers) first float of the bias
  private final int size;

  /**
   * Lays out matrices of (inputs[i], units[i]).
   *
   * @throws IllegalArgumentException if the block would have 2^31 floats or more
   */
  public PanelLayout(int[] inputs, int[] units) {
    this.inputs = inputs.clone();
    this.units = units.clone();
    this.weights = new int[inputs.length];
    this.biases = new int[inputs.length];
    long next = 0;
    for (int i = 0; i < inputs.length; i++) {
      weights[i] = (int) next;
      next += Panels.floats(inputs[i], units[i]);
      biases[i] = (int) next;
      next += Panels.padded(units[i]);
      if (next > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the layers up to number "
                + i
                + " have "
                + next
                + " weights with their padding, but one network holds at most "
                + Integer.MAX_VALUE
                + "; use smaller layers");
      }
    }
    this.size = (int) next;
  }

  /** Returns the number of matrices. */
  public int layers() {
    return inputs.length;
  }

  /** Returns the first float of a layer's panels. */
  public int weights(int layer) {
    return weights[layer];
  }

  /** Returns the first float of a layer's bias. */
  public int bias(int layer) {
    return biases[layer];
  }

  /** Returns the floats of the whole block. */
  public int size() {
    return size;
  }

  /** Returns a layer's weights as they stand in a block. */
  public Panels panels(MemorySegment block, int layer) {
    return new Panels(block, weights[layer], inputs[layer], units[layer]);
  }
}
