package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import dev.lamella.text.Quoted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows from array files, IDX or NPY, before anyone decided what they mean.
 *
 * @param source the file of the inputs, for messages
 * @param inputs (rows, width)
 * @param shape of one row as the file has it, such as [28, 28]
 * @param targets one row for each row of inputs; null if there is no such file
 */
record ArrayRows(String source, Inputs inputs, List<Integer> shape, @Nullable TargetValues targets)
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
    return new ArrayRows(source, inputs, shape, beside);
  }

  /** The rows with a schema made from them. */
  Dataset learn(@Nullable Kind kind) {
    Target target = targets == null ? Target.none() : targets.learn(kind);
    return dataset(Schema.ofArray(shape, target));
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
    return new ArrayRows(source, standardized(schema), shape, targets).dataset(schema);
  }

  private Dataset dataset(Schema schema) {
    Targets values = targets == null ? new Targets.None() : targets.apply(schema.target());
    return Dataset.of(inputs, values, schema);
  }

  /** Columns of numbers may come from an array too, in the order of the columns. */
  private Inputs standardized(Schema schema) {
    int rows = inputs.rows();
    int width = inputs.width();
    float[] values = new float[rows * width]; // (rows, width)
    for (int r = 0; r < rows; r++) {
      inputs.copy(r, 1, values, r * width);
    }
    for (int c = 0; c < width; c++) {
      if (!(schema.features().get(c) instanceof Feature.Numeric numeric)) {
        throw new DataException(
            "%s is an array of numbers, but column %s of the model holds words; give a table"
                .formatted(source, Quoted.of(schema.features().get(c).name())));
      }
      for (int i = c; i < values.length; i += width) {
        float number = values[i];
        values[i] = numeric.standardize(number);
        if (!Float.isFinite(values[i])) {
          throw new DataException(
              "row %d of %s holds %s in column %s, which with the mean %s and the deviation %s of the model is too large for a float; is this the data it was made for?"
                  .formatted(
                      i / width,
                      source,
                      number,
                      Quoted.of(numeric.name()),
                      numeric.mean(),
                      numeric.deviation()));
        }
      }
    }
    return new Inputs.Floats(values, rows, width);
  }
}
