package dev.lamella.net;

import dev.lamella.formula.Elementwise;
import dev.lamella.formula.Function;
import dev.lamella.kernel.Across;
import dev.lamella.kernel.Epilogue;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.MatMul;
import dev.lamella.kernel.PanelLayout;
import dev.lamella.kernel.Panels;
import dev.lamella.kernel.Reduce;
import dev.lamella.kernel.Rows;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer ready to run: its packed weights and the kernels for it. It holds no scratch, so all
 * predictors of a network share it.
 */
final class Step {
  /** The most units of a layer whose rows go across the lanes: measured. */
  private static final int TINY = 64;

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
  private final Epilogue epilogue;
  private final @Nullable Function function; // null where the product's epilogue does it all
  final boolean softmax;

  /** The same layer for rows that go across the lanes. */
  private final Across across;

  private Step(Kernels kernels, Dense layer, Panels weights, int biasOffset, Across across) {
    this.across = across;
    this.units = layer.units();
    this.stride = Panels.padded(units);
    this.work = (long) layer.inputs() * stride;
    this.matMul = kernels.matMul();
    this.elementwise = kernels.elementwise();
    this.reduce = kernels.reduce();
    this.weights = weights;
    Activation activation = layer.activation();
    this.softmax = activation == Activation.SOFTMAX;
    float bound = activation == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
    this.epilogue = new Epilogue(layer.bias() ? weights.memory() : null, biasOffset, bound);
    boolean done = activation == Activation.LINEAR || activation == Activation.RELU;
    this.function = done ? null : Function.named(activation.name());
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
      float bound = layer.activation() == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
      Across across =
          new Across(
              parameters,
              offsets[i],
              layer.bias() ? from : -1,
              layer.inputs(),
              layer.units(),
              bound);
      steps[i] = new Step(kernels, layer, weights, layout.bias(i), across);
    }
    return steps;
  }

  /**
   * Writes y = f(x W + b) for the first rows, padding columns included.
   *
   * @param x (rows, inputs)
   * @param y (rows, stride) with that stride
   */
  void forward(Rows x, int rows, Rows y) {
    matMul.forward(x, 0, rows, weights, epilogue, y);
    int at = y.at(0);
    if (function != null) {
      elementwise.apply(function, y.array(), at, y.array(), at, rows * stride);
    } else if (softmax) {
      reduce.softmax(y.array(), at, stride, rows, units);
    }
  }

  /**
   * Writes y = f(x W + b) for rows that stand side by side; but for a softmax, which needs a row in
   * one piece: {@link #softmax}.
   *
   * @param x (inputs, {@link Across#ROWS})
   * @param y (units, {@link Across#ROWS})
   */
  void across(int rows, float[] x, float[] y) {
    matMul.across(across, rows, x, y);
    if (function != null) {
      elementwise.apply(function, y, 0, y, 0, units * Across.ROWS);
    }
  }

  /** Finishes a softmax layer in rows with their padding, (rows, stride). */
  void softmax(float[] y, int rows) {
    reduce.softmax(y, 0, stride, rows, units);
  }

  /** Returns whether the layer is small enough for rows across the lanes, as the last or before. */
  boolean tiny(boolean last) {
    return units <= TINY && (last || !softmax);
  }
}
