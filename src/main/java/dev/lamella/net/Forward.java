package dev.lamella.net;

import dev.lamella.kernel.Across;
import dev.lamella.kernel.Kernels;
import dev.lamella.kernel.MatMul;
import dev.lamella.kernel.Rows;

/**
 * Rows on their way through all layers, in the scratch of one thread.
 *
 * <p>A batch goes through in chunks, layer by layer: large enough that a layer's weights, once in
 * the cache, serve many rows, and small enough that the rows are still in the cache when the next
 * layer reads them. Each layer reads the scratch that the one before it wrote and writes the other.
 */
final class Forward {
  /** Floats of one scratch array that a level 2 cache keeps beside the weights: 256 KiB. */
  private static final int SCRATCH_FLOATS = 1 << 16;

  /** What a scratch array may have at most for the sake of {@link #MIN_CHUNK}: 16 MiB. */
  private static final int MAX_FLOATS = 1 << 22;

  /** From so many rows on they go across the lanes of a tiny network: a vector's fill. */
  private static final int ACROSS_FROM = Math.max(8, Kernels.active().lanes());

  /** The most inputs of a network whose rows go across the lanes: measured. */
  private static final int TINY_INPUTS = 16;

  private static final float[] NOTHING = {};

  private static final int MIN_CHUNK = 64;
  private static final int MAX_CHUNK = 256;

  private final MatMul matMul = Kernels.active().matMul();
  private final Step[] steps; // (layers)
  private final int inputs;
  private final int chunk;
  private final boolean tiny;
  private final int evenWidth; // widest padded layer of even index
  private final int oddWidth; // widest padded layer of odd index
  private final int acrossFloats; // of a scratch array for rows across the lanes

  // Scratch grows when a batch first asks for it: who asks about one row pays for one row.
  private float[] even = NOTHING; // (at least a chunk's rows so far, evenWidth)
  private float[] odd = NOTHING; // (at least a chunk's rows so far, oddWidth)

  private final Rows first = Rows.of(NOTHING, 0, 0); // the caller's inputs
  private final Rows evenRows = Rows.of(NOTHING, 0, 0);
  private final Rows oddRows = Rows.of(NOTHING, 0, 0);
  private final Rows result = Rows.of(NOTHING, 0, 0); // the caller's outputs

  /** A way for at most {@code rows} rows at a time. */
  Forward(Step[] steps, int inputs, int rows) {
    this.steps = steps;
    this.inputs = inputs;
    int[] widths = new int[2]; // (even and odd layers)
    for (int i = 0; i < steps.length; i++) {
      if (i < steps.length - 1 || !direct(steps[i])) {
        widths[i % 2] = Math.max(widths[i % 2], steps[i].stride);
      }
    }
    int widest = Math.max(1, Math.max(widths[0], widths[1]));
    int cached = Math.clamp(SCRATCH_FLOATS / widest & -8, MIN_CHUNK, MAX_CHUNK);
    this.chunk = Math.min(rows, Math.clamp(MAX_FLOATS / widest, 1, cached));
    this.tiny = rows >= ACROSS_FROM && tiny(steps, inputs);
    int least = 0; // floats of a scratch array for rows across the lanes
    for (int i = 0; tiny && i < steps.length; i++) {
      least = Math.max(least, Math.max(inputs, steps[i].stride) * Across.ROWS);
    }
    this.evenWidth = widths[0];
    this.oddWidth = widths[1];
    this.acrossFloats = least;
  }

  private static boolean tiny(Step[] steps, int inputs) {
    boolean tiny = inputs <= TINY_INPUTS;
    for (int i = 0; i < steps.length; i++) {
      tiny &= steps[i].tiny(i == steps.length - 1);
    }
    return tiny;
  }

  /** Whether a last layer can write to the caller's array: it has no padding to write. */
  private static boolean direct(Step step) {
    return step.stride == step.units;
  }

  /**
   * Computes some rows.
   *
   * @param in (rows, inputs)
   * @param out (rows, outputs)
   */
  void rows(float[] in, int inOffset, int rows, float[] out, int outOffset) {
    if (tiny && rows >= ACROSS_FROM) {
      across(in, inOffset, rows, out, outOffset);
      return;
    }
    int most = Math.min(chunk, rows);
    if (even.length < most * evenWidth || odd.length < most * oddWidth) {
      grow(most);
    }
    int outputs = steps[steps.length - 1].units;
    for (int done = 0; done < rows; done += chunk) {
      int count = Math.min(chunk, rows - done);
      chunk(in, inOffset + done * inputs, count, out, outOffset + done * outputs);
    }
  }

  /** Makes room for so many rows; doubles at least, so that batches may grow row by row. */
  private void grow(int rows) {
    int room = rows == 1 ? 1 : Math.min(chunk, Integer.highestOneBit(rows - 1) << 1);
    if (even.length < rows * evenWidth) {
      even = new float[room * evenWidth];
    }
    if (odd.length < rows * oddWidth) {
      odd = new float[room * oddWidth];
    }
  }

  /** Rows side by side through a tiny network: turned on the way in and on the way out. */
  private void across(float[] in, int inOffset, int rows, float[] out, int outOffset) {
    if (even.length < acrossFloats || odd.length < acrossFloats) {
      even = new float[acrossFloats];
      odd = new float[acrossFloats];
    }
    Step last = steps[steps.length - 1];
    int outputs = last.units;
    for (int done = 0; done < rows; done += Across.ROWS) {
      int count = Math.min(Across.ROWS, rows - done);
      float[] x = odd;
      float[] y = even;
      matMul.sideBySide(in, inOffset + done * inputs, count, inputs, x);
      for (Step step : steps) {
        step.across(count, x, y);
        float[] other = x;
        x = y;
        y = other;
      }
      int to = outOffset + done * outputs;
      if (last.softmax) {
        matMul.oneByOne(x, count, outputs, y, 0, last.stride);
        last.softmax(y, count);
        copy(y, last.stride, count, out, to, outputs);
      } else {
        matMul.oneByOne(x, count, outputs, out, to, outputs);
      }
    }
  }

  private void chunk(float[] in, int inOffset, int rows, float[] out, int outOffset) {
    Rows x = first.set(in, inOffset, inputs);
    int last = steps.length - 1;
    for (int i = 0; i < last; i++) {
      Rows y = scratch(i);
      steps[i].forward(x, rows, y);
      x = y;
    }
    Step step = steps[last];
    if (direct(step)) {
      step.forward(x, rows, result.set(out, outOffset, step.stride));
    } else {
      step.forward(x, rows, scratch(last));
      copy(last % 2 == 0 ? even : odd, step.stride, rows, out, outOffset, step.units);
    }
    first.release();
    result.release();
  }

  /** The rows that layer {@code i} writes. */
  private Rows scratch(int i) {
    return i % 2 == 0
        ? evenRows.set(even, 0, steps[i].stride)
        : oddRows.set(odd, 0, steps[i].stride);
  }

  private static void copy(float[] y, int stride, int rows, float[] out, int offset, int units) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(y, r * stride, out, offset + r * units, units);
    }
  }
}
