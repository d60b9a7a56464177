package dev.lamella.data;

import dev.lamella.base.Permutation;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes the rows of a table inputs and targets as a schema says. */
final class TableEncoder {
  private final Schema schema;
  private Table table; // complete, once its columns are found

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
    int[] targetColumns = learns ? targetColumns() : new int[0];
    table =
        new Completing(table, schema, learns).complete(schema.features(), columns, targetColumns);
    float[] inputs = new float[table.rows() * width]; // (rows, width)
    int offset = 0;
    for (int f = 0; f < columns.length; f++) {
      Feature feature = schema.features().get(f);
      switch (feature) {
        case Feature.Numeric numeric -> encode(numeric, columns[f], inputs, offset, width);
        case Feature.Constant constant -> {} // 0 as it stands, whatever the cells hold
        case Feature.Categorical words -> encode(words, columns[f], inputs, offset, width);
      }
      offset += feature.width();
    }
    Targets targets = learns ? targets(targetColumns) : new Targets.None();
    return Dataset.of(
        new Inputs.Floats(inputs, table.rows(), width), targets, schema, table.notes());
  }

  private int[] targetColumns() {
    return schema.target().columnNames().stream().mapToInt(this::targetColumn).toArray();
  }

  private Targets targets(int[] columns) {
    Target target = schema.target();
    if (columns.length == 1) {
      return new TargetColumn(table, columns[0]).values(target);
    }
    int width = columns.length;
    float[] numbers = new float[Math.multiplyExact(table.rows(), width)]; // (rows, width)
    float[] column = new float[1];
    for (int c = 0; c < width; c++) {
      Targets values = new TargetColumn(table, columns[c]).values(target);
      for (int row = 0; row < table.rows(); row++) {
        values.copy(row, column, 0);
        numbers[row * width + c] = column[0];
      }
    }
    return new Targets.Numbers(numbers, width);
  }

  /** A model of arrays takes a table of as many numbers, with the target as last column or not. */
  private Dataset encodeArray(boolean learns) {
    int width = schema.inputs();
    boolean hasTarget = learns || (schema.hasTarget() && table.width() == width + 1);
    requireWidth(width + (hasTarget ? 1 : 0));
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      features.add(new Feature.Numeric(table.names().get(c), 0, 1));
    }
    int[] columns = Permutation.identity(width);
    table =
        new Completing(table, schema, learns)
            .complete(features, columns, learns ? new int[] {width} : new int[0]);
    float[] inputs = new float[table.rows() * width]; // (rows, width)
    for (int c = 0; c < width; c++) {
      encode(new Feature.Numeric(table.names().get(c), 0, 1), c, inputs, c, width);
    }
    Targets targets =
        learns ? new TargetColumn(table, width).values(schema.target()) : new Targets.None();
    return Dataset.of(
        new Inputs.Floats(inputs, table.rows(), width), targets, schema, table.notes());
  }

  /** Where each feature stands in the table. */
  private int[] columns(boolean learns) {
    List<Feature> features = schema.features();
    if (schema.named()) {
      requireNames();
      return features.stream().mapToInt(feature -> column(feature.name())).toArray();
    }
    // Without names places count; in a file without the target, the columns after it moved up.
    List<String> gone = schema.hasTarget() ? schema.target().columnNames() : List.of();
    boolean moved = !learns && table.width() == schema.places() - gone.size();
    requireWidth(moved ? table.width() : schema.places());
    int[] before = moved ? gone.stream().mapToInt(Integer::parseInt).toArray() : new int[0];
    return features.stream()
        .mapToInt(feature -> Integer.parseInt(feature.name()))
        .map(place -> place - (int) Arrays.stream(before).filter(b -> b < place).count())
        .toArray();
  }

  private int targetColumn(String name) {
    return schema.named() ? column(name) : Integer.parseInt(name);
  }

  private int column(String name) {
    int column = table.indexOf(name);
    if (column < 0) {
      throw new DataException(
          "%s has no column %s, which the model needs; it has %s"
              .formatted(table.source(), Quoted.cell(name), table.describeColumns()));
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
        String.join(
            ",",
            schema.features().stream()
                .limit(20)
                .map(each -> Quoted.shown(each.name(), 40))
                .toList());
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
    Map<String, Integer> places = Cells.places(feature.values());
    for (int row = 0; row < table.rows(); row++) {
      String word = word(table, row, column);
      Integer place = places.get(word);
      if (place != null) {
        into[row * width + offset + place] = 1;
      } else if (!schema.unknownAsZeros()) {
        throw new DataException(
            "%s holds %s, which the training file does not have; correct it, or let unknown words count as no word: --allow-unknown, or Schema.withUnknownAsZeros"
                .formatted(table.place(row, column), Quoted.cell(word)));
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
                    : "holds " + Quoted.cell(text) + ", not a finite number"));
  }

  /** A number as a float, which must be finite too. */
  static float toFloat(Table table, int row, int column, double number) {
    float rounded = (float) number;
    if (!Float.isFinite(rounded)) {
      throw new DataException(
          "%s holds %s, too large for a float; scale the column, or leave it out"
              .formatted(table.place(row, column), Quoted.cell(table.text(row, column))));
    }
    return rounded;
  }

  /** The word in a cell that needs one. */
  static String word(Table table, int row, int column) {
    String text = table.get(column).word(row);
    if (text.isEmpty()) {
      throw new DataException(
          table.place(row, column) + " is empty; fill it in, or leave the row out");
    }
    return text;
  }
}
