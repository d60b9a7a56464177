package dev.lamella.cli;

import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;
import dev.lamella.data.Schema;
import dev.lamella.model.Model;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least and the largest number that reach a network from arrays.
 *
 * <p>Pixels come as bytes, 0 to 255, or as floats, 0 to 1. A network that was trained on the one
 * and is asked about the other answers as if all pictures were dark, or all bright, and nothing
 * fails.
 *
 * @param least of all inputs of all rows
 * @param most of all inputs of all rows
 */
record InputRange(float least, float most) {
  /** The note in a model file. */
  static final String NOTE = "input_range";

  private static final int ROWS = 64; // looked at together
  private static final float BRIGHT = 10; // far above 1, far below the 255 of bright pixels
  private static final Pattern TEXT = Pattern.compile("(\\S{1,20}) to (\\S{1,20})");

  /** Looks at every number. */
  static InputRange of(Dataset data) {
    int width = data.inputs();
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    int[] order = Permutation.identity(Math.min(ROWS, data.rows())); // (some rows)
    float[] some = new float[Math.multiplyExact(order.length, width)]; // (some rows, inputs)
    for (int from = 0; from < data.rows(); from += order.length) {
      int rows = Math.min(order.length, data.rows() - from);
      data.rows(from, from + rows).copyInputs(order, 0, rows, some, 0);
      for (int i = 0; i < rows * width; i++) {
        least = Math.min(least, some[i]);
        most = Math.max(most, some[i]);
      }
    }
    return new InputRange(least, most);
  }

  /** As {@link #NOTE} has it. */
  String text() {
    return least + " to " + most;
  }

  /**
   * What to say about data that do not look like those that the model was trained on.
   *
   * @param name of the data
   * @return one sentence, or none
   */
  static List<String> notes(Model model, Dataset rows, String name) {
    Schema schema = model.schema();
    if (schema == null || !schema.features().isEmpty()) {
      return List.of(); // columns are standardized one by one
    }
    InputRange seen = of(rows);
    float scale = schema.scale();
    if (scale > 0
        && scale < 1
        && seen.least >= 0
        && seen.most > 0
        && seen.most <= scale * 1.0001f) {
      return List.of(
          "the model multiplies inputs by %s, as it was trained on bytes from 0 to 255, but no number"
                  .formatted(scale)
              + " of %s is above %s; if they were divided already, give the bytes"
                  .formatted(name, seen.most / scale));
    }
    InputRange trained = read(model.metadata().getOrDefault(NOTE, ""));
    if (scale == 1
        && trained.least >= 0
        && trained.most <= 1
        && seen.least >= 0
        && seen.most >= BRIGHT) {
      return List.of(
          "the model was trained on inputs from %s, but those of %s go up to %s; if they are bytes"
                  .formatted(trained.text(), name, seen.most)
              + " from 0 to 255, divide them by 255");
    }
    return List.of();
  }

  /** A range that nothing is compared with where the text is none. */
  private static InputRange read(String text) {
    Matcher parts = TEXT.matcher(text);
    try {
      if (parts.matches()) {
        return new InputRange(Float.parseFloat(parts.group(1)), Float.parseFloat(parts.group(2)));
      }
    } catch (NumberFormatException e) {
      // a note by another program
    }
    return new InputRange(Float.NaN, Float.NaN);
  }
}
