package dev.lamella.jmh;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The file that every run appends to, a line for each work and side, so that documents are made
 * from figures that say where they are from.
 *
 * @param file the file
 * @param options what was asked for
 * @param machine where it runs
 * @param start when the run started
 * @param limits what the machine can do
 */
record Results(Path file, Options options, Machine machine, Instant start, Limits limits) {

  static final List<String> HEADER =
      List.of(
          "date",
          "cpu",
          "cores",
          "java",
          "isa",
          "quick",
          "threads",
          "fma_peak_gflops",
          "work",
          "side",
          "version",
          "held",
          "rounds",
          "median",
          "min",
          "max",
          "spread",
          "unit",
          "ratio_to_best_other",
          "of_limit",
          "of_fma_peak",
          "bytes_allocated");

  /** What a line says of a side besides its times. */
  record Side(String version, String held, double allocated) {}

  /** Fails if the file holds something else, before anything is measured. */
  void check() {
    if (!Files.exists(file)) {
      return;
    }
    try (CsvReader<CsvRecord> lines = CsvReader.builder().ofCsvRecord(file)) {
      CsvRecord first = lines.stream().findFirst().orElse(null);
      if (first != null && !first.getFields().equals(HEADER)) {
        throw new IllegalArgumentException(
            "%s has the columns %s, not %s: name another file with --csv."
                .formatted(file, first.getFields(), HEADER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends a line for one side of a work; the header first if the file is new. */
  void append(Row row, String name, Side side) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      boolean empty = !Files.exists(file) || Files.size(file) == 0;
      try (CsvWriter csv =
          CsvWriter.builder()
              .lineDelimiter(de.siegmar.fastcsv.writer.LineDelimiter.LF)
              .build(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        if (empty) {
          csv.writeRecord(HEADER);
        }
        csv.writeRecord(line(row, name, side));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> line(Row row, String name, Side side) {
    List<Double> forks = row.measured().getOrDefault(name, List.of());
    List<String> line = new ArrayList<>();
    line.add(start.toString());
    line.add(machine.cpu());
    line.add(Integer.toString(machine.cores()));
    line.add(machine.java());
    line.add(options.isa().toString());
    line.add(Boolean.toString(options.quick()));
    line.add(Integer.toString(options.threads()));
    line.add(number(limits.peak()));
    line.add(row.title());
    line.add(name);
    line.add(side.version());
    line.add(side.held());
    line.add(Integer.toString(forks.size()));
    line.add(number(row.values().getOrDefault(name, Double.NaN)));
    line.add(number(Collections.min(forks)));
    line.add(number(Collections.max(forks)));
    line.add(number(row.spread(name)));
    line.add(row.unit().text);
    line.add(number(row.ratio(name)));
    line.add(number(row.ofLimit(name)));
    line.add(number(row.ofPeak(name)));
    line.add(number(side.allocated()));
    return line;
  }

  /** Five digits and no exponent, for any program; nothing if there is no number. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    int decimals = value == 0 ? 0 : 4 - (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%." + Math.clamp(decimals, 0, 9) + "f", value);
  }
}
