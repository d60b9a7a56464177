package dev.lamella.data;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a table in a text file is to be read; what is not said is seen from the file.
 *
 * @param header whether the first line has the names of the columns; null to see by itself: it has
 *     if none of its cells is a number and no two are equal
 * @param separator what stands between cells; null to see by itself among tab, semicolon, vertical
 *     bar, comma and space
 * @param text names of columns that hold words even where they look like numbers, as postal codes
 */
public record CsvOptions(
    @Nullable Boolean header, @Nullable Character separator, Set<String> text) {
  /** Makes the set immutable. */
  public CsvOptions {
    text = Set.copyOf(text);
  }

  /** {@return everything is seen from the file} */
  public static CsvOptions detect() {
    return new CsvOptions(null, null, Set.of());
  }

  /**
   * The same options with or without a line of names.
   *
   * @param exists whether the first line has the names of the columns
   * @return the changed copy
   */
  public CsvOptions withHeader(boolean exists) {
    return new CsvOptions(exists, separator, text);
  }

  /**
   * The same options with a separator.
   *
   * @param character what stands between cells
   * @return the changed copy
   */
  public CsvOptions withSeparator(char character) {
    return new CsvOptions(header, character, text);
  }

  /**
   * The same options with columns of words.
   *
   * @param columns their names, or their indexes from 0 in a file without names
   * @return the changed copy
   */
  public CsvOptions withText(String... columns) {
    return new CsvOptions(header, separator, Set.of(columns));
  }
}
