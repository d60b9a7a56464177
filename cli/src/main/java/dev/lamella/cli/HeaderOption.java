package dev.lamella.cli;

import dev.lamella.data.CsvOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether tables name their columns, for the commands that have a model to tell them the rest. */
final class HeaderOption {
  @Option(
      names = "--header",
      negatable = true,
      description =
          "Whether the first line of a table names its columns. Default: it does if none of its"
              + " cells is a number.")
  @Nullable Boolean header;

  CsvOptions csv() {
    return new CsvOptions(header, null, Set.of());
  }
}
