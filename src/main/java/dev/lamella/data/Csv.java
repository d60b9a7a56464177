package dev.lamella.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Reader of tables in text files: comma-separated and its relatives, quoted by the rules of RFC
 * 4180, gzip or not, in UTF-8 or, where a byte order mark says so, in UTF-16.
 *
 * <p>Cells are stripped of spaces around them. Empty lines are skipped. All lines need equally many
 * cells; separators at the end of every line make no column. A column without a name is called
 * {@code Unnamed: 0} by its place, and the second {@code a} is called {@code a.1}, as pandas does.
 * A file whose first line is {@code rows,columns,class names...}, as scikit-learn distributes its
 * data sets, is recognized when that line tells the truth about the second.
 */
public final class Csv {
  private static final int MOST_COLUMNS = 1 << 20;
  private static final int SAMPLE_ROWS = 50; // that say whether the first line has names
  private static final int SAMPLE_CELLS = 1 << 16;

  private Csv() {}

  /**
   * Reads a table.
   *
   * @param path of the file
   * @param options how to read it
   * @return the table
   * @throws DataException if the file does not exist, is not text, or has lines of different
   *     lengths
   * @throws UncheckedIOException if reading fails
   */
  public static Table read(Path path, CsvOptions options) {
    Objects.requireNonNull(options, "options");
    try (Source source = Source.open(path)) {
      return read(source, options);
    }
  }

  /**
   * Reads a table from a stream and closes it.
   *
   * @param stream the bytes of the file, gzip or not
   * @param name what to call it in messages
   * @param options how to read it
   * @return the table
   * @throws DataException if it is not text, or has lines of different lengths
   * @throws UncheckedIOException if reading fails
   */
  public static Table read(InputStream stream, String name, CsvOptions options) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(options, "options");
    try (Source source = Source.of(name, stream)) {
      return read(source, options);
    }
  }

  static Table read(Source source, CsvOptions options) {
    CsvDialect dialect = CsvDialect.of(source, options);
    try {
      source.stream().skipNBytes(dialect.encoding().mark());
      // A decoder of our own, because an InputStreamReader of a charset replaces what it cannot
      // read.
      Reader text =
          new InputStreamReader(source.stream(), dialect.encoding().charset().newDecoder());
      return read(source.name(), dialect, options, text);
    } catch (UncheckedIOException e) {
      throw unreadable(source, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(source, e);
    } catch (CsvParseException e) {
      throw new DataException(
          "%s is not a table in text: %s".formatted(source.name(), reason(e)), e);
    }
  }

  private static Table read(String name, CsvDialect dialect, CsvOptions options, Reader text)
      throws IOException {
    CsvRecordHandler handler = CsvRecordHandler.builder().maxFields(MOST_COLUMNS).build();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(dialect.separator())
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(true)
            // Lines of other lengths are refused below, with a sentence that says what to do.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, text)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (dialect.told() && records.hasNext()) {
        records.next();
      }
      if (!records.hasNext()) {
        throw new DataException(name + " is empty; give a file with rows");
      }
      TableBuilder table = new TableBuilder(name, options, dialect.separator() == ',');
      CsvRecord first = records.next();
      List<CsvRecord> sample = new ArrayList<>();
      for (int cells = 0;
          records.hasNext() && sample.size() < SAMPLE_ROWS && cells < SAMPLE_CELLS; ) {
        sample.add(records.next());
        cells += sample.getLast().getFieldCount();
      }
      table.start(first, sample);
      sample.forEach(table::add);
      sample.clear();
      while (records.hasNext()) {
        table.add(records.next());
      }
      return table.build();
    }
  }

  private static RuntimeException unreadable(Source source, IOException e) {
    if (e instanceof CharacterCodingException) {
      return new DataException(
          source.name() + " is not text in UTF-8; save it in that encoding", e);
    }
    return source.wrap(e);
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
