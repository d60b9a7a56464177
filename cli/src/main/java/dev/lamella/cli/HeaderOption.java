package dev.lamella.cli;

import dev.lamella.data.CsvOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether tables name their columns, for the commands that have a model to tell them the rest. */
final class HeaderOption {
  @Option(
      names = "--header",
      negatable = true,
      description =
          "Whether the first line of a table names its columns. Default: it does if it is"
              + " unlike the lines below it.")
  @Nullable Boolean header;

  CsvOptions csv() {
    return header == null ? CsvOptions.detect() : CsvOptions.detect().withHeader(header);
  }
}
