package dev.lamella.data;

import java.util.Objects;

/**
 * How data are to be opened: how to read text files, and what is wanted of the rows.
 *
 * @param csv how to read text files
 * @param preparation what is wanted of the rows
 */
public record DataOptions(CsvOptions csv, Preparation preparation) {
  /** Checks that both are there. */
  public DataOptions {
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(preparation, "preparation");
  }

  /** {@return everything is seen from the files; the last column is the target} */
  public static DataOptions standard() {
    return new DataOptions(CsvOptions.detect(), Preparation.standard());
  }

  /**
   * The same with another way to read text files.
   *
   * @param options how to read them
   * @return the changed copy
   */
  public DataOptions withCsv(CsvOptions options) {
    return new DataOptions(options, preparation);
  }

  /**
   * The same with other wishes.
   *
   * @param wanted what is wanted of the rows
   * @return the changed copy
   */
  public DataOptions withPreparation(Preparation wanted) {
    return new DataOptions(csv, wanted);
  }
}
