package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes raw values the inputs of a network, a row at a time, as a schema says: numbers are
 * standardized, words become one-hot. A value becomes the inputs that the cell of a file becomes
 * that has its text, to the last bit, and is refused where that is.
 *
 * <p>A value is a number (of a class of Java's, with its exact value), a text (read as the cell of
 * a file, so that {@code "1,5"} may be a number), a boolean (the word true or false), a constant of
 * an enum (the word that is its name), or null where it is missing, which the schema deals with; an
 * {@link java.util.Optional} is what is in it.
 *
 * <p>A row is given as a whole, as a map, a record or a list, or column by column with {@link
 * #set(int, double)} and its siblings; then {@link #encode} takes it, and the next row starts with
 * nothing given. Once compiled, records and single columns allocate nothing, as long as the texts
 * of numbers are plain; nor do errors change the rows that follow. An encoder serves one thread at
 * a time.
 */
public final class RowEncoder {
  private final List<String> columns;
  private final Map<String, Integer> places; // of the columns
  private final CellEncoder[] cells; // (columns)
  private final float[] inputs; // of a row
  private final long[] given; // (columns): the turn in which each was last given
  private final Map<Class<?>, MethodHandle> records = new HashMap<>();
  private @Nullable Class<?> recordClass; // of the last record
  private @Nullable MethodHandle record;
  private long turn = 1; // counts rows
  private int count; // of the columns given in this turn

  RowEncoder(Schema schema) {
    List<Feature> features = schema.features();
    if (features.isEmpty()) {
      throw new IllegalStateException(
          "the schema is that of an array of shape %s, which has no columns to give by name; give the numbers of a row as float[] to a predictor of the network"
              .formatted(schema.shape()));
    }
    this.columns = features.stream().map(Feature::name).toList();
    this.places = HashMap.newHashMap(columns.size());
    this.cells = new CellEncoder[columns.size()];
    this.inputs = new float[schema.inputs()];
    this.given = new long[columns.size()];
    int offset = 0;
    for (int c = 0; c < cells.length; c++) {
      places.put(columns.get(c), c);
      cells[c] = CellEncoder.of(schema, features.get(c), inputs, offset);
      offset += features.get(c).width();
    }
  }

  /** {@return the columns in the order in which a list gives them} */
  public List<String> columns() {
    return columns;
  }

  /** {@return how many inputs a row becomes} */
  public int inputs() {
    return inputs.length;
  }

  /**
   * The place of a column, found once and used for every row.
   *
   * @param name of the column
   * @return its place in {@link #columns}
   * @throws DataException if there is none of this name
   */
  public int column(String name) {
    Integer place = places.get(Objects.requireNonNull(name, "name"));
    if (place == null) {
      throw new DataException(
          "the model has no column %s; it has %s".formatted(Quoted.cell(name), listed(columns)));
    }
    return place;
  }

  /**
   * Gives one column of the row a number.
   *
   * @param column as {@link #column} found it
   * @param value the number; NaN is the text {@code NaN}, which says as a rule that it is missing
   * @return this
   * @throws DataException if the column cannot hold it, or if it is missing and must not be
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public RowEncoder set(int column, double value) {
    cells[column].number(value);
    return given(column);
  }

  /**
   * Gives one column of the row a whole number; in a column of words, the word that is written so.
   *
   * @param column as {@link #column} found it
   * @param value the number
   * @return this
   * @throws DataException if the column cannot hold it, or if it is missing and must not be
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public RowEncoder set(int column, long value) {
    cells[column].integer(value);
    return given(column);
  }

  /**
   * Gives one column of the row a value, a text for instance.
   *
   * @param column as {@link #column} found it
   * @param value any value that a row can have, null where it is missing
   * @return this
   * @throws DataException if the column cannot hold it, or if it is missing and must not be
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public RowEncoder set(int column, @Nullable Object value) {
    cells[column].value(value);
    return given(column);
  }

  private RowEncoder given(int column) {
    if (given[column] != turn) {
      given[column] = turn;
      count++;
    }
    return this;
  }

  /**
   * Gives the whole row by the names of its columns. Other names are left out, as other columns of
   * a file are, and so is the target.
   *
   * @param row a value for each column, null where it is missing
   * @return this
   * @throws DataException if a name is not there, a column cannot hold its value, or a value is
   *     missing and must not be
   */
  public RowEncoder set(Map<String, ?> row) {
    Objects.requireNonNull(row, "row");
    start();
    for (int c = 0; c < cells.length; c++) {
      Object value = row.get(columns.get(c));
      if (value == null && !row.containsKey(columns.get(c))) {
        throw new DataException(
            "the row has no column %s, which the model needs; give it null if its value is missing (the row has %s)"
                .formatted(Quoted.cell(columns.get(c)), listed(new ArrayList<>(row.keySet()))));
      }
      cells[c].value(value);
    }
    count = cells.length;
    return this;
  }

  /**
   * Gives the whole row by the components of a record, each found once for all records of a class.
   * A component gives the column of its name or, if there is none, the column whose name has the
   * same letters and digits: {@code sepalLength} gives {@code sepal_length} and {@code Sepal
   * length}. Other components are left out.
   *
   * @param row of a class that this library may read: public in an exported package, or in a
   *     package that is open to it, as every package outside of modules is
   * @return this
   * @throws DataException if no component gives a column or several do, the class may not be read,
   *     a column cannot hold its value, or a value is missing and must not be
   */
  public RowEncoder set(Record row) {
    Class<? extends Record> type = row.getClass();
    MethodHandle reader = record;
    if (type != recordClass || reader == null) {
      reader = records.get(type);
      if (reader == null) {
        reader = RecordColumns.reader(type, columns, cells);
        records.put(type, reader);
      }
      record = reader;
      recordClass = type;
    }
    start();
    RecordColumns.read(reader, row);
    count = cells.length;
    return this;
  }

  /**
   * Gives the whole row by a list.
   *
   * @param row a value for each of {@link #columns}, in their order, null where it is missing
   * @return this
   * @throws DataException if there are more or fewer values, a column cannot hold its value, or a
   *     value is missing and must not be
   */
  public RowEncoder set(List<?> row) {
    if (row.size() != cells.length) {
      throw new DataException(
          "the row has %d values, but the model has %d columns: %s"
              .formatted(row.size(), cells.length, listed(columns)));
    }
    start();
    for (int c = 0; c < cells.length; c++) {
      cells[c].value(row.get(c));
    }
    count = cells.length;
    return this;
  }

  /**
   * Writes the inputs of the row; the next one starts with nothing given.
   *
   * @param into receives the inputs (inputs) from {@code offset}
   * @param offset where they start
   * @throws IllegalStateException if a column was not given
   * @throws IndexOutOfBoundsException if they do not lie within the array
   */
  public void encode(float[] into, int offset) {
    Objects.requireNonNull(into, "into");
    if (count < cells.length) {
      int column = 0;
      while (given[column] == turn) {
        column++;
      }
      throw new IllegalStateException(
          "column %s was not given in this row; give every column, null where its value is missing"
              .formatted(Quoted.cell(columns.get(column))));
    }
    System.arraycopy(inputs, 0, into, offset, inputs.length);
    start();
  }

  private void start() {
    turn++;
    count = 0;
  }

  private static String listed(List<String> names) {
    return Quoted.list(names, 20, Quoted::cell);
  }
}
