package dev.lamella.net;

import dev.lamella.kernel.Elementwise;
import dev.lamella.kernel.Function;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.MatMul;
import dev.lamella.kernel.Memory;
import dev.lamella.kernel.PanelLayout;
import dev.lamella.kernel.Panels;
import dev.lamella.kernel.Reduce;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer ready to run: its packed weights and the kernels for it. It holds no scratch, so all
 * predictors of a network share it.
 */
final class Step {
  /** Length of a row that goes out. */
  final int units;

  /** Floats from one row that goes out to the next: the units with their padding. */
  final int stride;

  /** Fused multiply-adds of one row. */
  final long work;

  private final MatMul matMul;
  private final Elementwise elementwise;
  private final Reduce reduce;
  private final Panels weights; // (inputs, units)
  private final @Nullable MemorySegment bias; // (stride) from biasOffset
  private final int biasOffset;
  private final float floor;
  private final @Nullable Function function; // null where the product's epilogue does it all
  private final boolean softmax;

  private Step(Kernels kernels, Dense layer, Panels weights, int biasOffset) {
    this.units = layer.units();
    this.stride = Panels.padded(units);
    this.work = (long) layer.inputs() * stride;
    this.matMul = kernels.matMul();
    this.elementwise = kernels.elementwise();
    this.reduce = kernels.reduce();
    this.weights = weights;
    this.bias = layer.bias() ? weights.memory() : null;
    this.biasOffset = biasOffset;
    Activation activation = layer.activation();
    this.softmax = activation == Activation.SOFTMAX;
    this.floor = activation == Activation.RELU ? 0 : MatMul.NO_FLOOR;
    boolean epilogue = activation == Activation.LINEAR || activation == Activation.RELU;
    this.function = softmax || epilogue ? null : activation.function();
  }

  /**
   * Packs the weights of all layers into one block off the heap.
   *
   * @param offsets (layers + 1) where each layer starts in {@code parameters}
   */
  static Step[] of(List<Dense> layers, int[] offsets, float[] parameters) {
    Kernels kernels = Kernels.active();
    PanelLayout layout =
        new PanelLayout(
            layers.stream().mapToInt(Dense::inputs).toArray(),
            layers.stream().mapToInt(Dense::units).toArray());
    MemorySegment block = Memory.floats(layout.size());
    Step[] steps = new Step[layers.size()];
    for (int i = 0; i < steps.length; i++) {
      Dense layer = layers.get(i);
      Panels weights = layout.panels(block, i);
      kernels.pack().columns(parameters, offsets[i], layer.inputs(), weights);
      int from = offsets[i] + layer.units() * layer.inputs();
      for (int u = 0; layer.bias() && u < layer.units(); u++) {
        Memory.set(block, layout.bias(i) + (long) u, parameters[from + u]);
      }
      steps[i] = new Step(kernels, layer, weights, layout.bias(i));
    }
    return steps;
  }

  /**
   * Writes y = f(x W + b) for some rows, padding columns included.
   *
   * @param x (rows, inputs) with stride {@code xStride}
   * @param y (rows, stride)
   */
  void forward(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset) {
    matMul.forward(x, xOffset, xStride, rows, weights, bias, biasOffset, floor, y, yOffset, stride);
    if (function != null) {
      elementwise.apply(function, y, yOffset, y, yOffset, rows * stride);
    } else if (softmax) {
      reduce.softmax(y, yOffset, stride, rows, units);
    }
  }
}
