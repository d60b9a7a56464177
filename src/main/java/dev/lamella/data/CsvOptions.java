package dev.lamella.data;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a table in a text file is to be read; what is not said is seen from the file.
 *
 * @param header whether the first line has the names of the columns; null to see by itself: it has
 *     if it is unlike the lines below it, as words above numbers and years above other numbers are
 * @param separator what stands between cells; null to see by itself among tab, semicolon, vertical
 *     bar, comma and space
 * @param text names of columns that hold words even where they look like numbers, as postal codes
 * @param missing what becomes of cells that say that there is nothing
 * @param missingWords the texts that say so, beside the empty one
 */
public record CsvOptions(
    @Nullable Boolean header,
    @Nullable Character separator,
    Set<String> text,
    Missing missing,
    Set<String> missingWords) {
  /** Makes the sets immutable. */
  public CsvOptions {
    Objects.requireNonNull(missing, "missing");
    text = Set.copyOf(Objects.requireNonNull(text, "text"));
    missingWords = Set.copyOf(Objects.requireNonNull(missingWords, "missingWords"));
  }

  /** {@return everything is seen from the file} */
  public static CsvOptions detect() {
    return new CsvOptions(null, null, Set.of(), Missing.ERROR, Cells.MISSING);
  }

  /**
   * The same options with or without a line of names.
   *
   * @param exists whether the first line has the names of the columns
   * @return the changed copy
   */
  public CsvOptions withHeader(boolean exists) {
    return new CsvOptions(exists, separator, text, missing, missingWords);
  }

  /**
   * The same options with a separator.
   *
   * @param character what stands between cells
   * @return the changed copy
   */
  public CsvOptions withSeparator(char character) {
    return new CsvOptions(header, character, text, missing, missingWords);
  }

  /**
   * The same options with columns of words.
   *
   * @param columns their names, or their indexes from 0 in a file without names
   * @return the changed copy
   */
  public CsvOptions withText(String... columns) {
    return new CsvOptions(header, separator, Set.of(columns), missing, missingWords);
  }

  /**
   * The same options with a policy for cells that say that there is nothing.
   *
   * @param policy what becomes of them
   * @return the changed copy
   */
  public CsvOptions withMissing(Missing policy) {
    return new CsvOptions(header, separator, text, policy, missingWords);
  }

  /**
   * The same options with other texts that say that there is nothing, as {@code NA} may be a
   * country.
   *
   * @param words all of them; the empty text is always one
   * @return the changed copy
   */
  public CsvOptions withMissingWords(String... words) {
    return new CsvOptions(header, separator, text, missing, Set.of(words));
  }
}
