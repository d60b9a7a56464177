package dev.lamella.net;

import dev.lamella.base.Flat;
import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;
import dev.lamella.parallel.Workers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The scratch of one thread that asks a {@link Network}: rows in, the network's outputs out.
 *
 * <p>A prediction allocates nothing (but for the array that {@link #predict(float[])} returns). Its
 * bits depend on the row and the network alone: not on the rows that come with it, the number of
 * threads, the processor's vectors or the kernels in use. Inputs that are NaN or infinite are
 * computed as IEEE 754 says, so NaN in gives NaN out.
 *
 * <p>A predictor serves one thread at a time; a thread that comes while another computes gets an
 * {@code IllegalStateException} and no answer. Threads share the network, and each takes a
 * predictor of its own. After {@link #close} every call throws {@code IllegalStateException}.
 */
public final class Predictor implements AutoCloseable {
  /** Multiply-adds that are worth a worker of their own: some microseconds. */
  private static final long MIN_WORK = 1 << 18;

  /** Rows that the widest kernel computes together; parts are multiples of them. */
  private static final int ROWS_AT_ONCE = 8;

  /** Of a dataset, so many inputs and rows are copied at a time. */
  private static final int FLOATS_AT_ONCE = 1 << 20;

  private static final int MOST_AT_ONCE = 4096;

  private static final VarHandle BUSY = busy();

  private static final float[] NOTHING = {};

  private final int inputs;
  private final int outputs;
  private final Forward[] threads; // (threads)
  private final Workers workers;
  private final Workers.Job job = this::part;
  private final int minRows; // of one part

  /** Whether a thread computes; set by compare-and-set, so two never do. */
  private boolean busy;

  private volatile boolean closed;

  // The batch that the workers share.
  private float[] in = NOTHING; // (rows, inputs) from inOffset
  private int inOffset;
  private int rows;
  private float[] out = NOTHING; // (rows, outputs) from outOffset
  private int outOffset;
  private int parts;

  Predictor(Network network, Workers workers, int rows) {
    Step[] steps = network.steps();
    this.inputs = network.inputs();
    this.outputs = network.outputs();
    this.workers = workers;
    this.threads = new Forward[workers.threads()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Forward(steps, inputs, rows);
    }
    long work = 0;
    for (Step step : steps) {
      work += step.work;
    }
    this.minRows = (int) Math.max(ROWS_AT_ONCE, MIN_WORK / work);
  }

  /**
   * Predicts one row.
   *
   * @param row (inputs)
   * @return (outputs), a new array
   * @throws IllegalArgumentException if the row does not have the network's inputs
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public float[] predict(float[] row) {
    if (row.length != inputs) {
      throw new IllegalArgumentException(
          "a row of %d numbers was given, but the network takes %d inputs"
              .formatted(row.length, inputs));
    }
    float[] result = new float[outputs];
    predict(row, 0, result, 0);
    return result;
  }

  /**
   * Predicts a batch of rows.
   *
   * @param rows (rows, inputs)
   * @return (rows, outputs), new arrays
   * @throws IllegalArgumentException if a row does not have the network's inputs
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public float[][] predict(float[][] rows) {
    float[] flat = // (rows, inputs)
        Flat.of("the batch", rows, inputs, "the network takes %d inputs".formatted(inputs));
    float[] answers = new float[Math.multiplyExact(rows.length, outputs)]; // (rows, outputs)
    predict(flat, 0, rows.length, answers, 0);
    float[][] result = new float[rows.length][outputs];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(answers, r * outputs, result[r], 0, outputs);
    }
    return result;
  }

  /**
   * Predicts the rows of a dataset, some at a time, so that of its inputs no copy is made.
   *
   * @param rows of the network's inputs; targets are not looked at
   * @return (rows, outputs), new arrays
   * @throws IllegalArgumentException if a row does not have the network's inputs
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public float[][] predict(Dataset rows) {
    if (rows.inputs() != inputs) {
      throw new IllegalArgumentException(
          "the dataset has rows of %d inputs, but the network takes %d; prepare it with the schema of the model"
              .formatted(rows.inputs(), inputs));
    }
    int atOnce = Math.min(rows.rows(), Math.clamp(FLOATS_AT_ONCE / inputs, 1, MOST_AT_ONCE));
    int[] order = Permutation.identity(atOnce);
    float[] in = new float[atOnce * inputs]; // (atOnce, inputs)
    float[] out = new float[Math.multiplyExact(atOnce, outputs)]; // (atOnce, outputs)
    float[][] result = new float[rows.rows()][outputs];
    for (int from = 0; from < result.length; from += atOnce) {
      int count = Math.min(atOnce, result.length - from);
      rows.rows(from, from + count).copyInputs(order, 0, count, in, 0);
      predict(in, 0, count, out, 0);
      for (int r = 0; r < count; r++) {
        System.arraycopy(out, r * outputs, result[from + r], 0, outputs);
      }
    }
    return result;
  }

  /**
   * Predicts one row from and into arrays of the caller.
   *
   * @param in holds the row (inputs) from {@code inOffset}
   * @param inOffset where the row starts
   * @param out receives the outputs (outputs) from {@code outOffset}
   * @param outOffset where the outputs start
   * @throws IllegalArgumentException if a range does not lie within its array, or the two overlap
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public void predict(float[] in, int inOffset, float[] out, int outOffset) {
    if (inOffset < 0
        || inOffset > in.length - inputs
        || outOffset < 0
        || outOffset > out.length - outputs
        || same(in, out)) {
      check(in, inOffset, 1, out, outOffset);
    }
    begin();
    try {
      threads[0].rows(in, inOffset, 1, out, outOffset);
    } finally {
      end();
    }
  }

  /**
   * Predicts a batch of rows from and into arrays of the caller.
   *
   * @param in holds the rows (rows, inputs) from {@code inOffset}, one after the other
   * @param inOffset where the first row starts
   * @param rows how many rows, 0 or more
   * @param out receives the outputs (rows, outputs) from {@code outOffset}
   * @param outOffset where the first row's outputs start
   * @throws IllegalArgumentException if a range does not lie within its array, or the two overlap
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public void predict(float[] in, int inOffset, int rows, float[] out, int outOffset) {
    check(in, inOffset, rows, out, outOffset);
    begin();
    try {
      int useful = Math.min(threads.length, rows / minRows);
      if (useful < 2) {
        threads[0].rows(in, inOffset, rows, out, outOffset);
      } else {
        share(in, inOffset, rows, out, outOffset, useful);
      }
    } finally {
      end();
    }
  }

  private void share(float[] in, int inOffset, int rows, float[] out, int outOffset, int parts) {
    this.in = in;
    this.inOffset = inOffset;
    this.rows = rows;
    this.out = out;
    this.outOffset = outOffset;
    this.parts = parts;
    try {
      workers.run(job, parts);
    } finally {
      this.in = NOTHING; // a predictor that waits does not hold the caller's arrays
      this.out = NOTHING;
    }
  }

  private void part(int part) {
    int from = firstRow(part);
    int count = firstRow(part + 1) - from;
    threads[part].rows(in, inOffset + from * inputs, count, out, outOffset + from * outputs);
  }

  private int firstRow(int part) {
    return part == parts ? rows : (int) ((long) rows * part / parts) / ROWS_AT_ONCE * ROWS_AT_ONCE;
  }

  private void begin() {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw new IllegalStateException(
          "this predictor is busy in another thread; give each thread one of its own with"
              + " network.predictor()");
    }
    if (closed) {
      end();
      throw new IllegalStateException(
          "this predictor is closed; take a new one with network.predictor()");
    }
  }

  private void end() {
    BUSY.setRelease(this, false);
  }

  private static VarHandle busy() {
    try {
      return MethodHandles.lookup().findVarHandle(Predictor.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private void check(float[] in, int inOffset, int rows, float[] out, int outOffset) {
    if (rows < 0) {
      throw new IllegalArgumentException(
          "a batch of %d rows was asked for, but it has at least 0".formatted(rows));
    }
    checkRange("input", in.length, inOffset, rows, inputs);
    checkRange("output", out.length, outOffset, rows, outputs);
    if (same(in, out)
        && inOffset < outOffset + rows * outputs
        && outOffset < inOffset + rows * inputs) {
      throw new IllegalArgumentException(
          "the outputs from offset %d overlap the inputs from offset %d of the same array; give them a place of their own"
              .formatted(outOffset, inOffset));
    }
  }

  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private static boolean same(float[] in, float[] out) {
    return in == out;
  }

  private static void checkRange(String what, int length, int offset, int rows, int columns) {
    long end = offset + (long) rows * columns;
    if (offset < 0 || end > length) {
      throw new IllegalArgumentException(
          "%d x %d %ss from offset %d end at %d, but the %s array has %d numbers"
              .formatted(rows, columns, what, offset, end, what, length));
    }
  }

  /**
   * Gives this predictor up; the network and its other predictors stay. A call that computes in
   * another thread meanwhile ends as if nothing had happened.
   */
  @Override
  public void close() {
    closed = true;
  }
}
