package dev.lamella.train;

import dev.lamella.kernel.Epilogue;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.Pack;
import dev.lamella.kernel.PanelLayout;
import dev.lamella.kernel.Panels;
import dev.lamella.machine.Memory;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.lang.foreign.MemorySegment;

/**
 * The parameters of a network in training, with what the optimizer remembers beside them.
 *
 * <p>Parameters, gradient and state stand in one order, that of {@link PanelLayout}, so an update
 * is one pass. Padding is zero everywhere and stays so: its gradients are zero.
 */
final class Weights {

  final PanelLayout layout;
  final MemorySegment parameters; // (layout.size)
  private final MemorySegment good; // (layout.size): parameters as they last were all finite
  final float[] gradient; // (layout.size)
  final MemorySegment[] state; // (slots) of (layout.size)
  private final Network shape;
  private final Panels[] panels; // (layers) of (inputs, units), views of parameters
  private final Panels[] transposed; // (layers - 1) of (units, inputs); the first layer needs none
  private final Epilogue[] epilogues; // (layers)
  private final Pack pack = Kernels.active().pack();

  Weights(Network network, int slots) {
    int layers = network.layers().size();
    int[] inputs = new int[layers]; // (layers)
    int[] units = new int[layers]; // (layers)
    for (int i = 0; i < layers; i++) {
      inputs[i] = network.layer(i).inputs();
      units[i] = network.layer(i).units();
    }
    shape = network;
    layout = new PanelLayout(inputs, units);
    parameters = Memory.floats(layout.size());
    good = Memory.floats(layout.size());
    gradient = new float[layout.size()];
    state = new MemorySegment[slots];
    for (int i = 0; i < slots; i++) {
      state[i] = Memory.floats(layout.size());
    }
    panels = new Panels[layers];
    transposed = new Panels[layers - 1];
    epilogues = new Epilogue[layers];
    for (int i = 0; i < layers; i++) {
      panels[i] = layout.panels(parameters, i);
      Dense dense = network.layer(i);
      float bound = dense.activation() == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
      epilogues[i] = new Epilogue(dense.bias() ? parameters : null, layout.bias(i), bound);
      if (i > 0) {
        transposed[i - 1] = Panels.zeros(units[i], inputs[i]);
      }
    }
    load(network);
    remember();
  }

  Panels panels(int layer) {
    return panels[layer];
  }

  /** What follows a layer's sums in the product itself: its bias, and a rectifier. */
  Epilogue epilogue(int layer) {
    return epilogues[layer];
  }

  /** The weights of a layer but the first, transposed: what turns deltas back into deltas. */
  Panels transposed(int layer) {
    return transposed[layer - 1];
  }

  /** Copies the weights of some inputs, whole panels of the transpose, into the transpose. */
  void transpose(int layer, int fromInput, int toInput) {
    if (layer > 0) {
      int toPanel = (toInput + Panels.WIDTH - 1) / Panels.WIDTH;
      pack.transpose(panels[layer], transposed[layer - 1], fromInput / Panels.WIDTH, toPanel);
    }
  }

  /** Takes the parameters of a network of the same layers. */
  void load(Network network) {
    if (!network.layers().equals(shape.layers())) {
      throw new IllegalArgumentException(
          "the network in training is " + shape + ", so it cannot go on as " + network);
    }
    float[] source = network.parameters();
    for (int i = 0; i < panels.length; i++) {
      Dense layer = network.layer(i);
      pack.columns(source, network.weightsOffset(i), layer.inputs(), panels[i]);
      for (int u = 0; u < layer.units() && layer.bias(); u++) {
        Memory.set(parameters, layout.bias(i) + u, source[network.biasOffset(i) + u]);
      }
    }
    transposeAll();
  }

  private void transposeAll() {
    for (int i = 0; i < panels.length; i++) {
      transpose(i, 0, shape.layer(i).inputs());
    }
  }

  /** Forgets what the optimizer remembers. */
  void clearState() {
    for (MemorySegment each : state) {
      each.fill((byte) 0);
    }
  }

  /** Whether every parameter is finite. */
  boolean finite() {
    for (long i = 0; i < layout.size(); i++) {
      if (!Float.isFinite(Memory.get(parameters, i))) {
        return false;
      }
    }
    return true;
  }

  /** Takes the parameters as they are for good, if all are finite. */
  boolean remember() {
    boolean finite = finite();
    if (finite) {
      good.copyFrom(parameters);
    }
    return finite;
  }

  /** Goes back to the parameters that were last taken for good. */
  void goBack() {
    parameters.copyFrom(good);
    transposeAll();
  }

  /** The network as it is now; all parameters must be finite. */
  Network network() {
    return shape.withParameters(unpacked(parameters));
  }

  /** Returns a block of this layout in the order of {@link Network#parameters}. */
  float[] unpacked(MemorySegment block) {
    float[] values = new float[shape.parameterCount()];
    for (int i = 0; i < panels.length; i++) {
      Dense layer = shape.layer(i);
      pack.toColumns(layout.panels(block, i), values, shape.weightsOffset(i), layer.inputs());
      for (int u = 0; u < layer.units() && layer.bias(); u++) {
        values[shape.biasOffset(i) + u] = Memory.get(block, layout.bias(i) + u);
      }
    }
    return values;
  }
}
