package dev.lamella.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the rows of a table inputs and targets as a schema says. */
final class TableEncoder {
  private final Schema schema;
  private final Table table;

  TableEncoder(Schema schema, Table table) {
    this.schema = schema;
    this.table = table;
  }

  Dataset encode(boolean withTarget) {
    int width = schema.inputs();
    if ((long) table.rows() * width > Arrays2d.MAX_LENGTH) {
      throw new DataException(
          "%s has %d rows that become %d inputs each, more than one array can hold; split the file"
              .formatted(table.source(), table.rows(), width));
    }
    boolean learns = withTarget && schema.hasTarget();
    if (schema.features().isEmpty()) {
      return encodeArray(learns);
    }
    int[] columns = columns(learns);
    float[] inputs = new float[table.rows() * width]; // (rows, width)
    int offset = 0;
    for (int f = 0; f < columns.length; f++) {
      Feature feature = schema.features().get(f);
      switch (feature) {
        case Feature.Numeric numeric -> encode(numeric, columns[f], inputs, offset, width);
        case Feature.Categorical words -> encode(words, columns[f], inputs, offset, width);
      }
      offset += feature.width();
    }
    Targets targets =
        learns
            ? new TargetColumn(table, targetColumn()).values(schema.target())
            : new Targets.None();
    return Dataset.of(new Inputs.Floats(inputs, table.rows(), width), targets, schema);
  }

  /** A model of arrays takes a table of as many numbers, with the target as last column or not. */
  private Dataset encodeArray(boolean learns) {
    int width = schema.inputs();
    boolean hasTarget = learns || (schema.hasTarget() && table.width() == width + 1);
    requireWidth(width + (hasTarget ? 1 : 0));
    float[] inputs = new float[table.rows() * width]; // (rows, width)
    for (int c = 0; c < width; c++) {
      encode(new Feature.Numeric(table.names().get(c), 0, 1), c, inputs, c, width);
    }
    Targets targets =
        learns ? new TargetColumn(table, width).values(schema.target()) : new Targets.None();
    return Dataset.of(new Inputs.Floats(inputs, table.rows(), width), targets, schema);
  }

  /** Where each feature stands in the table. */
  private int[] columns(boolean learns) {
    List<Feature> features = schema.features();
    if (schema.named()) {
      requireNames();
      return features.stream().mapToInt(feature -> column(feature.name())).toArray();
    }
    // Without names places count; in a file without the target, the columns after it moved up.
    boolean moved = !learns && schema.hasTarget() && table.width() == schema.places() - 1;
    requireWidth(moved ? table.width() : schema.places());
    int target = moved ? Integer.parseInt(schema.target().name()) : Integer.MAX_VALUE;
    return features.stream()
        .mapToInt(feature -> Integer.parseInt(feature.name()))
        .map(place -> place > target ? place - 1 : place)
        .toArray();
  }

  private int targetColumn() {
    String name = schema.target().name();
    return schema.named() ? column(name) : Integer.parseInt(name);
  }

  private int column(String name) {
    int column = table.names().indexOf(name);
    if (column < 0) {
      throw new DataException(
          "%s has no column %s, which the model needs; it has %s"
              .formatted(table.source(), Cells.quote(name), table.describeColumns()));
    }
    return column;
  }

  private void requireNames() {
    if (!table.isNamed()) {
      throw new DataException(
          "%s has no line of names, but the model knows its columns by name; add the line %s"
              .formatted(table.source(), names()));
    }
  }

  private void requireWidth(int width) {
    if (table.width() != width) {
      throw new DataException(
          "%s has %d columns, but the model was trained with %d%s"
              .formatted(
                  table.source(),
                  table.width(),
                  schema.features().isEmpty() ? schema.inputs() : schema.places(),
                  schema.hasTarget() && schema.features().isEmpty() ? " and the target" : ""));
    }
  }

  private String names() {
    String listed =
        String.join(",", schema.features().stream().limit(20).map(Feature::name).toList());
    return schema.features().size() > 20 ? listed + ",..." : listed;
  }

  private void encode(Feature.Numeric feature, int column, float[] into, int offset, int width) {
    for (int row = 0; row < table.rows(); row++) {
      double number = number(table, row, column);
      into[row * width + offset] =
          toFloat(table, row, column, (number - feature.mean()) / feature.deviation());
    }
  }

  private void encode(
      Feature.Categorical feature, int column, float[] into, int offset, int width) {
    Map<String, Integer> places = new HashMap<>();
    feature.values().forEach(value -> places.put(value, places.size()));
    for (int row = 0; row < table.rows(); row++) {
      String word = word(table, row, column);
      Integer place = places.get(word);
      if (place != null) {
        into[row * width + offset + place] = 1;
      } else if (!schema.unknownAsZeros()) {
        throw new DataException(
            "%s holds %s, which the training rows do not have; correct it, or let unknown words count as no word: --allow-unknown, or Schema.withUnknownAsZeros"
                .formatted(table.place(row, column), Cells.quote(word)));
      }
    }
  }

  /** The number in a cell that needs one. */
  static double number(Table table, int row, int column) {
    double number = table.number(row, column);
    if (Double.isFinite(number)) {
      return number;
    }
    String text = table.text(row, column);
    throw new DataException(
        "%s %s; fill it in, or leave the row out"
            .formatted(
                table.place(row, column),
                text.isEmpty()
                    ? "is empty"
                    : "holds " + Cells.quote(text) + ", not a finite number"));
  }

  /** A number as a float, which must be finite too. */
  static float toFloat(Table table, int row, int column, double number) {
    float rounded = (float) number;
    if (!Float.isFinite(rounded)) {
      throw new DataException(
          "%s holds %s, too large for a float; scale the column, or leave it out"
              .formatted(table.place(row, column), Cells.quote(table.text(row, column))));
    }
    return rounded;
  }

  /** The word in a cell that needs one. */
  static String word(Table table, int row, int column) {
    String text = table.text(row, column);
    if (text.isEmpty()) {
      throw new DataException(
          table.place(row, column) + " is empty; fill it in, or leave the row out");
    }
    return text;
  }
}
