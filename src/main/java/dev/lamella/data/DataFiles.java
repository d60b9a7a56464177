package dev.lamella.data;

import dev.lamella.base.Permutation;
import java.util.Objects;

/**
 * Data by the names of their files: one file, or two with a comma between, the second with the
 * targets.
 *
 * <p>{@code houses.csv}, {@code x.npy,y.npy}, {@code arrays.npz:x,arrays.npz:y}, {@code
 * images-idx3-ubyte.gz,labels-idx1-ubyte.gz}. What a file is is seen from its first bytes: NPY,
 * NPZ, IDX, or else a table in text; each may be gzip. Streams and files of any file system are
 * given as {@link DataInput}. Bytes of IDX and NPY files are taken as pixels and scaled to [0, 1].
 */
public final class DataFiles {
  private static final float PIXEL = 1 / 255f;

  private DataFiles() {}

  /**
   * Opens data to train on and learns their schema from all rows.
   *
   * @param spec one file, or two with a comma between
   * @param options how to read them and what is wanted
   * @return rows with targets and a schema
   * @throws DataException if a file does not exist, is damaged, or cannot be learned from
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset open(String spec, DataOptions options) {
    return open(DataInput.of(spec), options);
  }

  /**
   * Opens data to train on and learns their schema from all rows.
   *
   * @param spec files or streams
   * @param options how to read them and what is wanted
   * @return rows with targets and a schema
   * @throws DataException if a file does not exist, is damaged, or cannot be learned from
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset open(DataInput spec, DataOptions options) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(options, "options");
    return switch (read(spec, options.csv(), true)) {
      case Table table -> Schema.learn(table, options.preparation()).apply(table);
      case ArrayRows rows ->
          learn(rows, options.preparation(), Permutation.identity(rows.inputs().rows()));
    };
  }

  /**
   * Opens data, deals their rows into a part to train on and a part to test with, and learns means
   * and deviations from the first part alone. Words and classes are those of all rows.
   *
   * @param spec one file, or two with a comma between
   * @param options how to read them and what is wanted
   * @param fraction of the rows that goes to the test part, in (0, 1)
   * @param seed equal seeds give equal parts
   * @return both parts
   * @throws DataException if a file does not exist, is damaged, or cannot be learned from
   * @throws IllegalArgumentException if the fraction is out of range or there are fewer than 2 rows
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Split split(String spec, DataOptions options, double fraction, long seed) {
    return split(DataInput.of(spec), options, fraction, seed);
  }

  /**
   * Opens data, deals their rows into a part to train on and a part to test with, and learns the
   * schema from the first part alone.
   *
   * @param spec files or streams
   * @param options how to read them and what is wanted
   * @param fraction of the rows that goes to the test part, in (0, 1)
   * @param seed equal seeds give equal parts
   * @return both parts
   * @throws DataException if a file does not exist, is damaged, or cannot be learned from
   * @throws IllegalArgumentException if the fraction is out of range or there are fewer than 2 rows
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Split split(DataInput spec, DataOptions options, double fraction, long seed) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(options, "options");
    return switch (read(spec, options.csv(), true)) {
      case Table table -> split(table, options.preparation(), fraction, seed);
      case ArrayRows rows -> split(rows, options.preparation(), fraction, seed);
    };
  }

  /**
   * Deals the rows of a table into a part to train on and a part to test with, and learns means and
   * deviations from the first part alone. Words and classes are those of all rows.
   *
   * @param table what to learn from
   * @param preparation what is wanted
   * @param fraction of the rows that goes to the test part, in (0, 1)
   * @param seed equal seeds give equal parts
   * @return both parts
   * @throws DataException if the table cannot be learned from
   * @throws IllegalArgumentException if the fraction is out of range or there are fewer than 2 rows
   */
  public static Split split(Table table, Preparation preparation, double fraction, long seed) {
    Table usable = Completion.drop(table, preparation);
    int[] classes = preparation.stratify() ? Schema.classes(usable, preparation) : null;
    Split.Rows parts =
        classes == null
            ? Split.Rows.of(usable.rows(), fraction, seed)
            : Split.Rows.of(classes, fraction, seed);
    Dataset all = Schema.learn(usable, preparation, parts.train()).apply(usable);
    return new Split(all.select(parts.train()), all.select(parts.test()));
  }

  /**
   * Opens data as a model wants them that was trained on other files: to validate, to evaluate, or
   * to train further.
   *
   * @param spec one file, or two with a comma between
   * @param csv how to read text files
   * @param schema of the model
   * @return rows with targets
   * @throws DataException if a file does not exist, is damaged, or does not fit the schema
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset open(String spec, CsvOptions csv, Schema schema) {
    return open(DataInput.of(spec), csv, schema);
  }

  /**
   * Opens data as a model wants them that was trained on other files: to validate, to evaluate, or
   * to train further.
   *
   * @param spec files or streams
   * @param csv how to read text files
   * @param schema of the model
   * @return rows with targets
   * @throws DataException if a file does not exist, is damaged, or does not fit the schema
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset open(DataInput spec, CsvOptions csv, Schema schema) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(schema, "schema");
    return switch (read(spec, csv, true)) {
      case Table table -> schema.apply(table);
      case ArrayRows rows -> requireTargets(rows, schema.hasTarget()).apply(schema);
    };
  }

  /**
   * Opens data to predict. A second file with targets is not looked at.
   *
   * @param spec one file, or two with a comma between
   * @param csv how to read text files
   * @param schema of the model
   * @return rows without targets
   * @throws DataException if a file does not exist, is damaged, or does not fit the schema
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset openInputs(String spec, CsvOptions csv, Schema schema) {
    return openInputs(DataInput.of(spec), csv, schema);
  }

  /**
   * Opens data to predict. A second file with targets is not looked at.
   *
   * @param spec files or streams
   * @param csv how to read text files
   * @param schema of the model
   * @return rows without targets
   * @throws DataException if a file does not exist, is damaged, or does not fit the schema
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Dataset openInputs(DataInput spec, CsvOptions csv, Schema schema) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(schema, "schema");
    return switch (read(spec, csv, false)) {
      case Table table -> schema.applyInputs(table);
      case ArrayRows rows -> rows.apply(schema);
    };
  }

  /** Means and deviations, where they are wanted, are those of the part to train on. */
  private static Split split(ArrayRows rows, Preparation preparation, double fraction, long seed) {
    Dataset undealt = requireTargets(rows, preparation).learn(preparation.kind());
    Split.Rows parts = Split.Rows.of(undealt, fraction, seed, preparation.stratify());
    Dataset all = learn(rows, preparation, parts.train());
    return new Split(all.select(parts.train()), all.select(parts.test()));
  }

  private static Dataset learn(ArrayRows rows, Preparation preparation, int[] train) {
    Dataset dataset = requireTargets(rows, preparation).learn(preparation, train);
    boolean pixels = rows.inputs() instanceof Inputs.Bytes && !preparation.standardizes(false);
    return pixels ? dataset.scale(PIXEL) : dataset;
  }

  private static ArrayRows requireTargets(ArrayRows rows, Preparation preparation) {
    return requireTargets(rows, preparation.kind() != Target.Kind.NONE);
  }

  private static ArrayRows requireTargets(ArrayRows rows, boolean required) {
    if (required && rows.targets() == null) {
      throw new DataException(
          "%s has no targets; name a second file with them after a comma".formatted(rows.source()));
    }
    return rows;
  }

  private static Unprepared read(DataInput spec, CsvOptions csv, boolean withTargets) {
    Unprepared first = read(spec.inputs(), csv);
    DataInput.Part targets = spec.targets();
    return targets == null || !withTargets ? first : join(first, targets, csv);
  }

  // Each file is opened once, so that a pipe does as well.
  private static Unprepared read(DataInput.Part part, CsvOptions csv) {
    try (Source source = part.open()) {
      return isNpy(source)
          ? Npy.read(source, part.array()).rows()
          : Idx.recognizes(source)
              ? Idx.arrays(part.whole(source))
              : Csv.read(part.whole(source), csv);
    }
  }

  private static boolean isNpy(Source source) {
    return NpyHeader.recognizes(source) || NpyHeader.recognizesArchive(source);
  }

  private static Unprepared join(Unprepared inputs, DataInput.Part part, CsvOptions csv) {
    try (Source targets = part.open()) {
      boolean npy = isNpy(targets);
      boolean array = npy || Idx.recognizes(targets);
      return switch (inputs) {
        case Table table when !array -> table.join(Csv.read(part.whole(targets), csv));
        case ArrayRows rows when npy -> rows.with(Npy.read(targets, part.array()).targets());
        case ArrayRows rows when array -> rows.with(Idx.labels(part.whole(targets)));
        case Table table -> throw unlike(table.source(), targets.name());
        case ArrayRows rows -> throw unlike(rows.source(), targets.name());
      };
    }
  }

  private static DataException unlike(String inputs, String targets) {
    return new DataException(
        "%s and %s do not go together: one is a table and the other an array"
            .formatted(inputs, targets));
  }
}
