package dev.lamella.data;

import dev.lamella.base.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a file become the inputs of a network and how its outputs are named: all that a
 * model must remember to treat a new file as it treated the training file.
 *
 * <p>There are two forms. Rows of a table have {@code features}, one for each column used; rows of
 * arrays (IDX, NPY) have a {@code shape} and one {@code scale} for all numbers.
 *
 * @param features the columns in the order of the inputs; empty for arrays
 * @param places how many columns the training file had if it gave them no names, so that they are
 *     known by their places; 0 if they are known by their names
 * @param shape of one row of an array, such as [28, 28]; empty for tables
 * @param scale what every number of an array is multiplied by; 1 for tables
 * @param unknownAsZeros whether a word that the vocabulary does not have becomes all zeros; if not,
 *     it is an error
 * @param target what the network says
 * @param reading how cells of tables are read: what is missing, and what stands for it
 */
public record Schema(
    List<Feature> features,
    int places,
    List<Integer> shape,
    float scale,
    boolean unknownAsZeros,
    Target target,
    Reading reading) {

  /**
   * Checks that this is a schema of one of the two forms.
   *
   * @throws IllegalArgumentException if it has both features and a shape or neither, names a column
   *     twice, or the scale is not a finite number other than 0
   */
  public Schema {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(reading, "reading");
    features = List.copyOf(Objects.requireNonNull(features, "features"));
    shape = List.copyOf(Objects.requireNonNull(shape, "shape"));
    if (features.isEmpty() == shape.isEmpty()) {
      throw new IllegalArgumentException(
          "a schema has either columns or the shape of an array, not %d columns and shape %s"
              .formatted(features.size(), shape));
    }
    requirePlaces(features, places, target);
    if (!Float.isFinite(scale) || scale == 0 || (scale != 1 && shape.isEmpty())) {
      throw new IllegalArgumentException("a schema cannot scale its inputs by " + scale);
    }
    long width = features.stream().mapToLong(Feature::width).sum() + (shape.isEmpty() ? 0 : 1);
    for (int length : shape) {
      width = length < 1 ? 0 : Math.min(width * length, Integer.MAX_VALUE);
    }
    if (width < 1 || width >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a row of shape %s has %d inputs; a network takes 1 to %d"
              .formatted(shape, width, Integer.MAX_VALUE - 1));
    }
  }

  /** Columns without names are called by their places: 0, 1, ... */
  private static void requirePlaces(List<Feature> features, int places, Target target) {
    List<String> names = new ArrayList<>(features.stream().map(Feature::name).toList());
    if (target.kind() != Target.Kind.NONE && !features.isEmpty()) {
      names.addAll(target.columnNames());
    }
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("a schema names a column twice: " + names);
    }
    for (String name : places == 0 ? List.<String>of() : names) {
      if (!name.matches("[0-9]{1,9}") || Integer.parseInt(name) >= places) {
        throw new IllegalArgumentException(
            "\"%s\" is not the place of one of %d columns".formatted(name, places));
      }
    }
  }

  /**
   * The schema of rows from a table.
   *
   * @param features the columns in the order of the inputs
   * @param places how many columns the file has if it gives them no names, else 0
   * @param target what the network says
   * @return the schema
   */
  public static Schema ofColumns(List<Feature> features, int places, Target target) {
    return new Schema(features, places, List.of(), 1, false, target, Reading.standard());
  }

  /**
   * The schema of rows from an array.
   *
   * @param shape of one row
   * @param target what the network says
   * @return the schema
   */
  public static Schema ofArray(List<Integer> shape, Target target) {
    return new Schema(List.of(), 0, shape, 1, false, target, Reading.standard());
  }

  /**
   * Learns how to treat a table from all of its rows.
   *
   * @param table what to learn from
   * @param preparation what is wanted
   * @return the schema
   * @throws DataException if the target does not exist or does not fit, a cell that is needed is
   *     missing, or a column cannot be an input
   */
  public static Schema learn(Table table, Preparation preparation) {
    return learn(table, preparation, Permutation.identity(table.rows()));
  }

  /**
   * Learns how to treat a table of which some rows are held out: means and deviations know nothing
   * of them, while words and classes are those of all rows, so that none is unknown by chance.
   *
   * @param table what to learn from
   * @param preparation what is wanted
   * @param rows the rows to train on
   * @return the schema
   * @throws DataException if the target does not exist or does not fit, a cell that is needed is
   *     missing, or a column cannot be an input
   */
  public static Schema learn(Table table, Preparation preparation, int[] rows) {
    Completion complete = Completion.learn(table, preparation, rows);
    return new SchemaLearner(complete.table(), preparation, complete.rows(), complete.usable())
        .learn()
        .withReading(complete.reading());
  }

  /** The class of each row of a table, from 0; null where rows have no classes. */
  static int @Nullable [] classes(Table table, Preparation preparation) {
    int[] all = Permutation.identity(table.rows());
    return new SchemaLearner(table, preparation, all, all).classes();
  }

  /**
   * Makes the rows of a table inputs and targets. Where missing cells are no error, rows without a
   * target are left out, and with {@link Missing#DROP} all rows in which a cell is missing; {@link
   * Dataset#notes} says so.
   *
   * @param table has all columns of this schema; others are left out
   * @return the rows
   * @throws DataException if a column is missing, or a cell is missing, no number, or a word that
   *     is not known
   */
  public Dataset apply(Table table) {
    return new TableEncoder(this, table).encode(true);
  }

  /**
   * Makes the rows of a table inputs, to predict; the target need not be there and is not looked
   * at.
   *
   * @param table has all columns of the inputs; others are left out
   * @return the rows
   * @throws DataException if a column is missing, or a cell is missing, no number, or a word that
   *     is not known
   */
  public Dataset applyInputs(Table table) {
    return new TableEncoder(this, table).encode(false);
  }

  /**
   * Prepares to make raw values inputs, a row at a time.
   *
   * @return an encoder for one thread
   * @throws IllegalStateException if this is the schema of an array, which has no columns
   */
  public RowEncoder rowEncoder() {
    return new RowEncoder(this);
  }

  /** {@return whether columns are known by their names rather than by their places} */
  public boolean named() {
    return places == 0;
  }

  /** {@return whether there is something to learn} */
  public boolean hasTarget() {
    return target.kind() != Target.Kind.NONE;
  }

  /** {@return the number of inputs of a network for these rows} */
  public int inputs() {
    int inputs = features.stream().mapToInt(Feature::width).sum();
    return features.isEmpty() ? shape.stream().reduce(1, (a, b) -> a * b) : inputs;
  }

  /**
   * {@return a name for each input: the column's, {@code column=word} for words, the index for
   * arrays}
   */
  public List<String> inputNames() {
    List<String> names = new ArrayList<>();
    for (Feature feature : features) {
      switch (feature) {
        case Feature.Numeric number -> names.add(number.name());
        case Feature.Constant constant -> names.add(constant.name());
        case Feature.Categorical category ->
            category.values().forEach(value -> names.add(category.name() + "=" + value));
      }
    }
    for (int i = 0, n = features.isEmpty() ? inputs() : 0; i < n; i++) {
      names.add(Integer.toString(i));
    }
    return names;
  }

  /**
   * The same schema with every number of the array multiplied once more.
   *
   * @param factor finite and not 0
   * @return the changed copy
   * @throws IllegalArgumentException if this is the schema of a table, whose columns are
   *     standardized instead
   */
  public Schema scaled(float factor) {
    if (shape.isEmpty() && factor != 1) {
      throw new IllegalArgumentException(
          "the inputs are columns of a table with preprocessing of their own and cannot be scaled by "
              + factor);
    }
    return new Schema(features, places, shape, scale * factor, unknownAsZeros, target, reading);
  }

  /** {@return the same schema in which words that the vocabulary does not have become all zeros} */
  public Schema withUnknownAsZeros() {
    return new Schema(features, places, shape, scale, true, target, reading);
  }

  /**
   * The same schema with another target.
   *
   * @param other what the network says
   * @return the changed copy
   */
  public Schema withTarget(Target other) {
    return new Schema(features, places, shape, scale, unknownAsZeros, other, reading);
  }

  /**
   * The same schema with another way to read cells.
   *
   * @param other how cells are read
   * @return the changed copy
   */
  public Schema withReading(Reading other) {
    return new Schema(features, places, shape, scale, unknownAsZeros, target, other);
  }
}
