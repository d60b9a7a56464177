package dev.lamella.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows to learn from: inputs (rows, inputs) and, beside each row, numbers or a label to learn.
 *
 * <p>A dataset is a view: {@link #rows}, {@link #select}, {@link #split} and {@link #scale} share
 * the numbers with the dataset they come from, so they cost nothing however large it is. Inputs are
 * floats or unsigned bytes; bytes become floats when a batch is gathered. Any number of threads may
 * read one dataset.
 */
public final class Dataset {
  private final Inputs inputs;
  private final Targets targets;
  private final int first;
  private final int rows;
  private final int @Nullable [] index; // (first + rows): where each row stands, null for in order
  private final float scale;
  private final @Nullable Schema schema;
  private final List<String> notes;

  private Dataset(
      Inputs inputs,
      Targets targets,
      int first,
      int rows,
      int @Nullable [] index,
      float scale,
      @Nullable Schema schema,
      List<String> notes) {
    this.inputs = inputs;
    this.targets = targets;
    this.first = first;
    this.rows = rows;
    this.index = index;
    this.scale = scale;
    this.schema = schema;
    this.notes = notes;
  }

  /** All rows of checked storage. */
  Dataset(Inputs inputs, Targets targets) {
    this(inputs, targets, 0, inputs.rows(), null, 1, null, List.of());
  }

  /**
   * Rows of one input and one target each, as for a line y = a x + b.
   *
   * @param xs the inputs (rows); kept, so do not change them while the dataset is in use
   * @param ys the targets (rows); kept
   * @return the rows
   * @throws IllegalArgumentException if the lengths differ, or a number is not finite
   */
  public static Dataset of(float[] xs, float[] ys) {
    return of(xs, 1, ys, 1);
  }

  /**
   * Rows of inputs and rows of numbers to come near to.
   *
   * @param x (rows, inputs); copied
   * @param y (rows, outputs); copied
   * @return the rows
   * @throws IllegalArgumentException if there are no rows, if rows differ in length, if there are
   *     more rows of one than of the other, or if a number is not finite
   */
  public static Dataset of(float[][] x, float[][] y) {
    return of(Arrays2d.flat("x", x), x[0].length, Arrays2d.flat("y", y), y[0].length);
  }

  /**
   * Rows of inputs and rows of numbers to come near to, each rounded to float.
   *
   * @param x (rows, inputs); copied
   * @param y (rows, outputs); copied
   * @return the rows
   * @throws IllegalArgumentException as of floats, and if a number is too large for one
   */
  public static Dataset of(double[][] x, double[][] y) {
    return of(Arrays2d.floats("x", x), Arrays2d.floats("y", y));
  }

  /**
   * Rows of inputs and rows of numbers to come near to, one row after the other.
   *
   * @param x (rows, inputs); kept, so do not change it while the dataset is in use
   * @param inputs length of a row of x, at least 1
   * @param y (rows, outputs); kept
   * @param outputs length of a row of y, at least 1
   * @return the rows
   * @throws IllegalArgumentException if the lengths do not fit, or a number is not finite
   */
  public static Dataset of(float[] x, int inputs, float[] y, int outputs) {
    int rows = Arrays2d.rows("x", x, inputs);
    Arrays2d.requireRows(rows, Arrays2d.rows("y", y, outputs), "rows of targets");
    return new Dataset(new Inputs.Floats(x, rows, inputs), new Targets.Numbers(y, outputs));
  }

  /**
   * Rows of inputs and the class of each.
   *
   * @param x (rows, inputs); copied
   * @param labels (rows), each in [0, classes); kept
   * @param classes number of classes, at least 1
   * @return the rows
   * @throws IllegalArgumentException if the lengths do not fit, a label is out of range, or a
   *     number is not finite
   */
  public static Dataset ofLabels(float[][] x, int[] labels, int classes) {
    return ofLabels(Arrays2d.flat("x", x), x[0].length, labels, classes);
  }

  /**
   * Rows of inputs, each number rounded to float, and the class of each.
   *
   * @param x (rows, inputs); copied
   * @param labels (rows), each in [0, classes); kept
   * @param classes number of classes, at least 1
   * @return the rows
   * @throws IllegalArgumentException as of floats, and if a number is too large for one
   */
  public static Dataset ofLabels(double[][] x, int[] labels, int classes) {
    return ofLabels(Arrays2d.floats("x", x), labels, classes);
  }

  /**
   * Rows of inputs, one after the other, and the class of each.
   *
   * @param x (rows, inputs); kept, so do not change it while the dataset is in use
   * @param inputs length of a row of x, at least 1
   * @param labels (rows), each in [0, classes); kept
   * @param classes number of classes, at least 1
   * @return the rows
   * @throws IllegalArgumentException if the lengths do not fit, a label is out of range, or a
   *     number is not finite
   */
  public static Dataset ofLabels(float[] x, int inputs, int[] labels, int classes) {
    int rows = Arrays2d.rows("x", x, inputs);
    Arrays2d.requireRows(rows, labels.length, "labels");
    Arrays2d.requireLabels(labels, classes);
    return new Dataset(new Inputs.Floats(x, rows, inputs), new Targets.Labels(labels, classes));
  }

  /**
   * Rows of inputs without targets: something to ask, nothing to learn.
   *
   * @param x (rows, inputs); copied
   * @return the rows
   * @throws IllegalArgumentException if rows differ in length, or a number is not finite
   */
  public static Dataset ofInputs(float[][] x) {
    return ofInputs(Arrays2d.flat("x", x), x[0].length);
  }

  /**
   * Rows of inputs, one after the other, without targets.
   *
   * @param x (rows, inputs); kept, so do not change it while the dataset is in use
   * @param inputs length of a row, at least 1
   * @return the rows
   * @throws IllegalArgumentException if the length does not fit, or a number is not finite
   */
  public static Dataset ofInputs(float[] x, int inputs) {
    return new Dataset(
        new Inputs.Floats(x, Arrays2d.rows("x", x, inputs), inputs), new Targets.None());
  }

  /** {@return the number of rows} */
  public int rows() {
    return rows;
  }

  /** {@return the length of a row of inputs} */
  public int inputs() {
    return inputs.width();
  }

  /**
   * {@return the length of a row of targets: for labels the number of classes, without targets 0}
   */
  public int outputs() {
    return targets.width();
  }

  /** {@return whether there is something to learn} */
  public boolean hasTargets() {
    return !(targets instanceof Targets.None);
  }

  /** {@return whether the targets are labels, integers in [0, {@link #classes()})} */
  public boolean hasLabels() {
    return targets instanceof Targets.Labels;
  }

  /** {@return the number of classes, or 0 if the targets are not labels} */
  public int classes() {
    return targets instanceof Targets.Labels labels ? labels.width() : 0;
  }

  /**
   * {@return how these rows were made from a file: names, classes, preprocessing; null for plain
   * arrays}
   */
  public @Nullable Schema schema() {
    return schema;
  }

  /**
   * Says where a row comes from, for messages about a file whose rows were dealt into parts.
   *
   * @param row of this dataset
   * @return its number in the data that this dataset is a view of, from 0
   * @throws IndexOutOfBoundsException if the row does not exist
   */
  public int originalRow(int row) {
    int at = first + Objects.checkIndex(row, rows);
    return index == null ? at : index[at];
  }

  /**
   * What was decided where the content of a file left a choice, and which rows were left out: a
   * sentence each, for whoever trains.
   *
   * @return the sentences; as a rule there are none
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * A copy of all inputs, as {@code network.predict} takes them.
   *
   * @return (rows, inputs)
   */
  public float[][] copyInputs() {
    float[][] copy = new float[rows][inputs.width()];
    for (int r = 0; r < rows; r++) {
      inputs.copy(originalRow(r), scale, copy[r], 0);
    }
    return copy;
  }

  /**
   * Gathers inputs as floats.
   *
   * @param order rows of this dataset, in any order
   * @param from first element of {@code order} to use
   * @param to first element not to use
   * @param into receives (to - from, inputs), row after row
   * @param offset where in {@code into} the first row goes
   * @throws IndexOutOfBoundsException if a row or the range does not exist
   */
  public void copyInputs(int[] order, int from, int to, float[] into, int offset) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(into, "into");
    int width = inputs.width();
    for (int i = from, at = offset; i < to; i++, at += width) {
      inputs.copy(originalRow(order[i]), scale, into, at);
    }
  }

  /**
   * Gathers targets as floats; labels become one-hot.
   *
   * @param order rows of this dataset, in any order
   * @param from first element of {@code order} to use
   * @param to first element not to use
   * @param into receives (to - from, outputs), row after row
   * @param offset where in {@code into} the first row goes
   * @throws IndexOutOfBoundsException if a row or the range does not exist
   */
  public void copyTargets(int[] order, int from, int to, float[] into, int offset) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(into, "into");
    int width = targets.width();
    for (int i = from, at = offset; i < to; i++, at += width) {
      targets.copy(originalRow(order[i]), into, at);
    }
  }

  /**
   * Gathers labels.
   *
   * @param order rows of this dataset, in any order
   * @param from first element of {@code order} to use
   * @param to first element not to use
   * @param into receives (to - from) labels
   * @param offset where in {@code into} the first label goes
   * @throws IllegalStateException if the targets are not labels
   * @throws IndexOutOfBoundsException if a row or the range does not exist
   */
  public void copyLabels(int[] order, int from, int to, int[] into, int offset) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(into, "into");
    if (!(targets instanceof Targets.Labels labels)) {
      throw new IllegalStateException(
          "this dataset has " + targets.describe() + ", no labels; use copyTargets");
    }
    for (int i = from; i < to; i++) {
      into[offset + i - from] = labels.label(originalRow(order[i]));
    }
  }

  /**
   * The same rows with every input multiplied, as 1 / 255f makes bytes of pixels numbers in [0, 1].
   *
   * @param factor finite
   * @return the rows
   * @throws IllegalArgumentException if the factor is not finite, a number is no longer finite with
   *     it, or the inputs are columns with preprocessing of their own
   */
  public Dataset scale(float factor) {
    if (!Float.isFinite(factor)) {
      throw new IllegalArgumentException("inputs cannot be scaled by " + factor);
    }
    inputs.requireInRange(scale * factor);
    Schema scaled = schema == null ? null : schema.scaled(factor);
    return new Dataset(inputs, targets, first, rows, index, scale * factor, scaled, notes);
  }

  /**
   * A range of the rows.
   *
   * @param from first row
   * @param to first row not to use
   * @return the rows
   * @throws IndexOutOfBoundsException if there is no such range
   */
  public Dataset rows(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    return new Dataset(inputs, targets, first + from, to - from, index, scale, schema, notes);
  }

  /**
   * Some of the rows, in the order given; a row may come twice.
   *
   * @param chosen rows of this dataset; copied
   * @return the rows
   * @throws IndexOutOfBoundsException if a row does not exist
   */
  public Dataset select(int... chosen) {
    int[] resolved = new int[chosen.length]; // (chosen)
    for (int i = 0; i < chosen.length; i++) {
      resolved[i] = originalRow(chosen[i]);
    }
    return new Dataset(inputs, targets, 0, chosen.length, resolved, scale, schema, notes);
  }

  /**
   * Deals the rows at random into a part to train on and a part to test with.
   *
   * @param fraction of the rows that goes to the test part, in (0, 1); both parts get at least one
   * @param seed equal seeds give equal parts, on every machine
   * @return both parts
   * @throws IllegalArgumentException if the fraction is out of range or there are fewer than 2 rows
   */
  public Split split(double fraction, long seed) {
    return split(fraction, seed, false);
  }

  /**
   * Deals the rows at random into a part to train on and a part to test with.
   *
   * @param fraction of the rows that goes to the test part, in (0, 1); both parts get at least one
   * @param seed equal seeds give equal parts, on every machine
   * @param stratify whether each class has its share of the test part, as far as whole rows allow;
   *     a class of one row is to train on then. Rows without classes are dealt all the same
   * @return both parts
   * @throws IllegalArgumentException if the fraction is out of range or there are fewer than 2 rows
   */
  public Split split(double fraction, long seed, boolean stratify) {
    Split.Rows parts = Split.Rows.of(this, fraction, seed, stratify);
    return new Split(select(parts.train()), select(parts.test()));
  }

  /** Such as {@code 60000 rows of 784 inputs, labels of 10 classes}. */
  @Override
  public String toString() {
    return "%d rows of %d inputs, %s".formatted(rows, inputs.width(), targets.describe());
  }

  /** All rows of storage as they are, with how they came there; an array's scale is applied. */
  static Dataset of(Inputs inputs, Targets targets, Schema schema) {
    return of(inputs, targets, schema, List.of());
  }

  /** All rows of a table, with what there is to say about how it was read. */
  static Dataset of(Inputs inputs, Targets targets, Schema schema, List<String> notes) {
    inputs.requireInRange(schema.scale());
    return new Dataset(inputs, targets, 0, inputs.rows(), null, schema.scale(), schema, notes);
  }
}
