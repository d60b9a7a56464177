package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows from array files, IDX or NPY, before anyone decided what they mean.
 *
 * @param source the file of the inputs, for messages
 * @param inputs (rows, width)
 * @param shape of one row as the file has it, such as [28, 28]
 * @param targets one row for each row of inputs; null if there is no such file
 * @param exact the numbers of the inputs before they were rounded to floats, so that what is
 *     computed of them is what it is for a table of them; null where the inputs are exact
 */
record ArrayRows(
    String source,
    Inputs inputs,
    List<Integer> shape,
    @Nullable TargetValues targets,
    @Nullable Npy exact)
    implements Unprepared {

  ArrayRows {
    shape = List.copyOf(shape);
  }

  ArrayRows with(TargetValues beside) {
    if (beside.rows() != inputs.rows()) {
      throw new DataException(
          "%s has %d rows, but %s has %d; each row needs one target"
              .formatted(source, inputs.rows(), beside.source(), beside.rows()));
    }
    return new ArrayRows(source, inputs, shape, beside, exact);
  }

  /** The rows as they are, with a schema made from them. */
  Dataset learn(@Nullable Kind kind) {
    Target target = targets == null ? Target.none() : targets.learn(kind);
    return dataset(Schema.ofArray(shape, target));
  }

  /** The rows with a schema made from them; the means and deviations are those of some rows. */
  Dataset learn(Preparation preparation, int[] rows) {
    Target target = targets == null ? Target.none() : targets.learn(preparation.kind());
    Targets values = targets == null ? new Targets.None() : targets.apply(target);
    if (target.kind() == Target.Kind.NUMBER && preparation.standardizesTarget(false)) {
      target = standardized(target, values, rows);
    }
    Schema schema =
        preparation.standardizes(false)
            ? Schema.ofColumns(features(rows), 0, target)
            : Schema.ofArray(shape, target);
    return apply(schema);
  }

  private List<Feature> features(int[] rows) {
    int width = inputs.width();
    Npy numbers = exact;
    float[] some = new float[0]; // (some rows, width)
    if (numbers == null) {
      some = new float[Math.multiplyExact(rows.length, width)];
      for (int i = 0; i < rows.length; i++) {
        inputs.copy(rows[i], 1, some, i * width);
      }
    }
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      Moments moments =
          numbers == null ? moments(some, width, c) : moments(numbers, rows, width, c);
      String name = Integer.toString(c);
      features.add(
          moments.constant()
              ? new Feature.Constant(name)
              : new Feature.Numeric(name, moments.mean(), moments.deviation()));
    }
    return features;
  }

  private static Target standardized(Target target, Targets values, int[] rows) {
    int width = target.width();
    float[] some = new float[Math.multiplyExact(rows.length, width)]; // (some rows, width)
    for (int i = 0; i < rows.length; i++) {
      values.copy(rows[i], some, i * width);
    }
    List<Target.Column> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      columns.add(TargetColumn.scale(target.outputNames().get(c), moments(some, width, c)));
    }
    return Target.columns(columns);
  }

  private static Moments moments(Npy numbers, int[] rows, int width, int column) {
    double[] some = new double[rows.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = numbers.number(rows[i] * width + column);
    }
    return Moments.of(some);
  }

  /** The moments of one column of rows that stand one after the other. */
  private static Moments moments(float[] values, int width, int column) {
    double[] numbers = new double[values.length / width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i * width + column];
    }
    return Moments.of(numbers);
  }

  /** The rows as a model wants them that was trained on other files. */
  Dataset apply(Schema schema) {
    if (inputs.width() != schema.inputs()) {
      throw new DataException(
          "%s has %d numbers a row, but the model has %d inputs"
              .formatted(source, inputs.width(), schema.inputs()));
    }
    if (schema.features().isEmpty()) {
      return dataset(schema);
    }
    return new ArrayRows(source, standardized(schema), shape, targets, null).dataset(schema);
  }

  private Dataset dataset(Schema schema) {
    Targets values = targets == null ? new Targets.None() : targets.apply(schema.target());
    List<String> notes = targets == null ? List.of() : targets.notes(schema.target());
    return Dataset.of(inputs, values, schema, notes);
  }

  /** Columns of numbers may come from an array too, in the order of the columns. */
  private Inputs standardized(Schema schema) {
    int rows = inputs.rows();
    int width = inputs.width();
    float[] values = new float[rows * width]; // (rows, width)
    Npy numbers = exact;
    for (int r = 0; r < rows; r++) {
      inputs.copy(r, 1, values, r * width);
    }
    for (int c = 0; c < width; c++) {
      Feature feature = schema.features().get(c);
      for (int i = c; i < values.length; i += width) {
        double number = numbers == null ? values[i] : numbers.number(i);
        values[i] = standardized(feature, number, i / width);
      }
    }
    return new Inputs.Floats(values, rows, width);
  }

  private float standardized(Feature feature, double number, int row) {
    return switch (feature) {
      case Feature.Constant constant -> 0;
      case Feature.Numeric numeric -> {
        float standardized = numeric.standardize(number);
        if (!Float.isFinite(standardized)) {
          throw new DataException(
              "row %d of %s holds %s for column %s, too large for a float once standardized by mean %s and deviation %s; correct it, or leave the row out"
                  .formatted(
                      row,
                      source,
                      number,
                      Quoted.of(feature.name()),
                      numeric.mean(),
                      numeric.deviation()));
        }
        yield standardized;
      }
      case Feature.Categorical words ->
          throw new DataException(
              "%s is an array of numbers, but column %s of the model holds words; give a table"
                  .formatted(source, Quoted.of(words.name())));
    };
  }
}
