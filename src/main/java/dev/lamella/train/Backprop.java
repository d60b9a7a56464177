package dev.lamella.train;

import dev.lamella.formula.Function;
import dev.lamella.formula.LossRows;
import dev.lamella.kernel.Epilogue;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.Panels;
import dev.lamella.kernel.Rows;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Backpropagation (Rumelhart, Hinton and Williams, 1986): batches through a network and back, and
 * all buffers that this takes, allocated once.
 *
 * <p>A step has two phases, each one job for the workers. <i>Rows</i>: each part takes some rows
 * through all layers, to the loss, and their deltas (the loss's gradient with respect to a layer's
 * sums) back, and packs the deltas into panels. <i>Parameters</i>: each part takes some inputs of a
 * layer, adds up their weights' gradient over all rows, updates these weights and writes them into
 * the transpose that the next step goes back through. No sum is split between parts, so bits do not
 * depend on the parts.
 */
final class Backprop {

  /** Rows are dealt in multiples of this: the height of a tile of the product kernels. */
  private static final int TILE_ROWS = 8;

  private final Kernels kernels = Kernels.active();
  private final Weights weights;
  private final Loss loss;
  private final Metric[] metrics;
  private final Dense[] layers;
  private final @Nullable Function[] functions; // (layers), null for softmax
  private final boolean fused; // loss and last activation are one
  private final int capacity;

  private final float[] x; // (capacity, inputs)
  private final float[][] z; // (layers) of (capacity, stride): sums, where f' wants them
  private final float[][] y; // (layers) of (capacity, stride): outputs; of a fused last, logits
  private final float[][] delta; // (layers) of (capacity, stride)
  private final Rows[] inputRows; // (layers): x, or the outputs of the layer before
  private final Rows[] zRows; // (layers)
  private final Rows[] deltaRows; // (layers)
  private final Panels[] whole; // (layers) of (capacity, units): packed deltas
  private final Panels[] part; // (layers) of (rows, units): the same memory for a shorter batch
  private final float[] targets; // (capacity, stride)
  private final int[] labels; // (capacity)
  private final float[] rowLoss; // (capacity)
  private final LossRows lossRows;
  private final double[][] rowMetric; // (metrics) of (capacity)
  private final ParameterParts parameterParts;

  private final Workers.Job rowsJob = this::rowsPart;
  private final Workers.Job parametersJob = this::parametersPart;

  // What the current step works on; written by the caller before it starts a job.
  private @Nullable Source source;
  private @Nullable Updater updater;
  private Panels[] packed;
  private int rows;
  private int rowsPerPart;
  private boolean learning;
  private boolean labelled;

  private @Nullable TargetScale scale;
  private float[] unscaled = {}; // (capacity, stride): targets in their own units, for metrics
  private float[] answers = {}; // (capacity, stride): outputs in the units of the targets

  Backprop(Network network, Weights weights, Loss loss, List<Metric> metrics, int capacity) {
    int count = network.layers().size();
    this.weights = weights;
    this.loss = loss;
    this.metrics = metrics.toArray(new Metric[0]);
    this.fused = loss.fusesActivation();
    this.capacity = capacity;
    layers = new Dense[count];
    functions = new Function[count];
    x = new float[Math.multiplyExact(capacity, network.inputs())];
    z = new float[count][];
    y = new float[count][];
    delta = new float[count][];
    inputRows = new Rows[count];
    zRows = new Rows[count];
    deltaRows = new Rows[count];
    whole = new Panels[count];
    part = new Panels[count];
    for (int i = 0; i < count; i++) {
      layers[i] = network.layer(i);
      functions[i] = Function.named(layers[i].activation().name());
      int size = Math.multiplyExact(capacity, stride(layers[i].units()));
      y[i] = new float[size];
      z[i] = needsSums(functions[i]) ? new float[size] : y[i];
      delta[i] = new float[size];
      int stride = stride(layers[i].units());
      inputRows[i] =
          i == 0
              ? Rows.of(x, 0, network.inputs())
              : Rows.of(y[i - 1], 0, stride(layers[i].inputs()));
      zRows[i] = Rows.of(z[i], 0, stride);
      deltaRows[i] = Rows.of(delta[i], 0, stride);
      whole[i] = Panels.zeros(capacity, layers[i].units());
      part[i] = whole[i];
    }
    packed = whole;
    int last = count - 1;
    int outputs = network.outputs();
    targets = new float[y[last].length];
    labels = new int[capacity];
    rowLoss = new float[capacity];
    lossRows =
        new LossRows(y[last], targets, labels, delta[last], stride(outputs), outputs, rowLoss);
    rowMetric = new double[this.metrics.length][capacity];
    parameterParts = new ParameterParts(layers, kernels.matMul().gradientInputs());
  }

  private static boolean needsSums(@Nullable Function function) {
    return function != null && function.needsInput();
  }

  /**
   * The distance of two rows: the padded units, and one vector more where that would be a multiple
   * of 1 KiB. At such a distance a column of all rows, which a tile of the gradient reads, would
   * share a few sets of the caches.
   */
  private static int stride(int units) {
    int padded = Panels.padded(units);
    return padded % 256 == 0 ? padded + Panels.NARROW : padded;
  }

  int capacity() {
    return capacity;
  }

  /** Sets the scale of the numbers to learn; metrics are measured without it. */
  void scale(@Nullable TargetScale wanted) {
    scale = wanted;
    if (wanted != null && metrics.length > 0 && answers.length == 0) {
      unscaled = new float[targets.length];
      answers = new float[targets.length];
    }
  }

  /**
   * Phase one: asks the network about the rows of a batch and, if it is to learn, carries their
   * deltas back to the first layer.
   *
   * @return the sum of the rows' losses
   */
  double rows(Source batch, int count, boolean learn, Workers workers) {
    source = batch;
    rows = count;
    learning = learn;
    labelled = batch.hasLabels();
    lossRows.scale(1f / loss.terms(count, layers[layers.length - 1].units()));
    packed = learn ? panels(count) : packed;
    int tiles = (count + TILE_ROWS - 1) / TILE_ROWS;
    rowsPerPart = (tiles + workers.threads() - 1) / workers.threads() * TILE_ROWS;
    workers.run(rowsJob, (count + rowsPerPart - 1) / rowsPerPart);
    source = null;
    double sum = 0;
    for (int r = 0; r < count; r++) {
      sum += rowLoss[r];
    }
    return sum;
  }

  /** Phase two: updates all parameters by the deltas of phase one. */
  void update(Updater rule, Workers workers) {
    updater = rule;
    workers.run(parametersJob, parameterParts.count());
    updater = null;
  }

  /** Adds the metrics of the last batch's rows to sums. */
  void addMetrics(double[] sums) {
    for (int m = 0; m < metrics.length; m++) {
      for (int r = 0; r < rows; r++) {
        sums[m] += rowMetric[m][r];
      }
    }
  }

  /** The inputs of the last batch, (rows, inputs). */
  float[] inputs() {
    return x;
  }

  /** The numeric targets of the last batch, (rows, outputs) with {@link #targetStride}. */
  float[] targets() {
    return targets;
  }

  int targetStride() {
    return stride(layers[layers.length - 1].units());
  }

  /** Packed deltas of {@code count} rows; allocates only where a batch is short in a new way. */
  private Panels[] panels(int count) {
    if (count == capacity) {
      return whole;
    }
    if (part[0].inputs() != count) {
      for (int i = 0; i < part.length; i++) {
        part[i] = new Panels(whole[i].memory(), 0, count, layers[i].units());
      }
    }
    return part;
  }

  private void rowsPart(int index) {
    int from = index * rowsPerPart;
    int to = Math.min(rows, from + rowsPerPart);
    gather(from, to);
    for (int i = 0; i < layers.length; i++) {
      forward(i, from, to);
    }
    int last = layers.length - 1;
    loss.gradient(kernels.losses(), labelled, lossRows, from, to);
    if (metrics.length > 0) {
      measure(from, to);
    }
    if (!learning) {
      return;
    }
    for (int i = last; i >= 0; i--) {
      if (i < last || !fused) {
        derivative(i, from, to);
      }
      int stride = stride(layers[i].units());
      kernels.pack().rows(delta[i], 0, stride, from, to, packed[i]);
      if (i > 0) {
        backward(i, from, to);
      }
    }
  }

  private void gather(int from, int to) {
    Source batch = source;
    if (batch == null) {
      throw new IllegalStateException("no batch");
    }
    int outputs = layers[layers.length - 1].units();
    int stride = stride(outputs);
    batch.inputs(from, to, x, from * layers[0].inputs());
    if (!labelled) {
      batch.targets(from, to, targets, from * stride);
      spread(from, to, outputs, stride);
      if (scale != null) {
        standardize(scale, from, to, stride);
      }
      return;
    }
    batch.labels(from, to, labels, from);
    if (loss.categorical() && metrics.length == 0) {
      return; // works on the labels themselves
    }
    for (int r = from; r < to; r++) {
      for (int i = 0; i < outputs; i++) {
        // One output says yes (1) or no (0); of several, the label's is 1.
        targets[r * stride + i] = outputs == 1 ? labels[r] : labels[r] == i ? 1 : 0;
      }
    }
  }

  /** Moves rows of targets that came one after the other to where padded rows stand. */
  private void spread(int from, int to, int outputs, int stride) {
    int end = from * stride + (to - from) * outputs; // from here on padding is 0 as ever
    for (int r = to - 1; r >= from; r--) { // the last first: a row moves to where others were
      int at = r * stride;
      System.arraycopy(targets, from * stride + (r - from) * outputs, targets, at, outputs);
      if (at + outputs < end) {
        Arrays.fill(targets, at + outputs, Math.min(at + stride, end), 0f);
      }
    }
  }

  private void standardize(TargetScale by, int from, int to, int stride) {
    if (metrics.length > 0) {
      System.arraycopy(targets, from * stride, unscaled, from * stride, (to - from) * stride);
    }
    for (int r = from; r < to; r++) {
      by.standardize(targets, r * stride);
    }
  }

  private void forward(int i, int from, int to) {
    kernels
        .matMul()
        .forward(inputRows[i], from, to - from, weights.panels(i), weights.epilogue(i), zRows[i]);
    if (i < layers.length - 1 || !fused) {
      activate(i, from, to);
    }
  }

  /** Applies a layer's activation, unless the product did. */
  private void activate(int i, int from, int to) {
    Function function = functions[i];
    int stride = stride(layers[i].units());
    int at = from * stride;
    if (function == null) {
      kernels.reduce().softmax(y[i], at, stride, to - from, layers[i].units());
    } else if (function != Function.LINEAR && function != Function.RELU) {
      kernels.elementwise().apply(function, z[i], at, y[i], at, (to - from) * stride);
    }
  }

  /** Multiplies a layer's deltas by the derivative of its activation. */
  private void derivative(int i, int from, int to) {
    Function function = functions[i];
    int stride = stride(layers[i].units());
    int at = from * stride;
    int count = (to - from) * stride;
    if (function == null) {
      kernels.reduce().softmaxDerivative(y[i], delta[i], at, stride, to - from, layers[i].units());
    } else if (function != Function.LINEAR) {
      kernels.elementwise().derivative(function, z[i], at, delta[i], at, count);
    }
  }

  /** Carries the deltas of a layer's sums back to the outputs of the layer before. */
  private void backward(int i, int from, int to) {
    kernels
        .matMul()
        .forward(
            deltaRows[i], from, to - from, weights.transposed(i), Epilogue.NONE, deltaRows[i - 1]);
  }

  private void measure(int from, int to) {
    int last = layers.length - 1;
    int n = layers[last].units();
    int stride = stride(n);
    if (fused) {
      activate(last, from, to);
    }
    TargetScale by = labelled ? null : scale;
    float[] outputs = by == null ? y[last] : answers;
    float[] wanted = by == null ? targets : unscaled;
    for (int r = from; r < to && by != null; r++) {
      by.restore(y[last], r * stride, answers, r * stride);
    }
    for (int m = 0; m < metrics.length; m++) {
      for (int r = from; r < to; r++) {
        rowMetric[m][r] = metrics[m].row(loss, outputs, r * stride, wanted, r * stride, n);
      }
    }
  }

  private void parametersPart(int index) {
    int i = parameterParts.layer(index);
    int from = parameterParts.from(index);
    int to = parameterParts.to(index);
    Updater rule = updater;
    if (rule == null) {
      throw new IllegalStateException("no update");
    }
    float[] g = weights.gradient;
    int start = weights.layout.weights(i);
    kernels.matMul().gradient(inputRows[i], packed[i], layers[i].inputs(), from, to, g, start);
    int padded = Panels.padded(layers[i].units());
    for (int unit = 0; unit < padded; unit += Panels.WIDTH) {
      int width = Math.min(Panels.WIDTH, padded - unit);
      int panel = start + unit * layers[i].inputs();
      rule.update(panel + from * width, panel + to * width);
    }
    if (from == 0 && layers[i].bias()) {
      int bias = weights.layout.bias(i);
      kernels.reduce().columnSums(deltaRows[i], rows, 0, padded, g, bias);
      rule.update(bias, bias + padded);
    }
    weights.transpose(i, from, to);
  }
}
