package dev.lamella.cli;

import dev.lamella.data.CsvOptions;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Preparation;
import dev.lamella.data.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to understand a table that no model describes yet. */
final class TableOptions {
  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "The column of a table to learn, by name or by its place from 0. Default: the last.")
  @Nullable String target;

  @Option(
      names = "--without",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Columns of a table to leave out, such as row numbers: names or places.")
  List<String> without = List.of();

  @Option(
      names = "--text",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Columns of words that look like numbers, such as postal codes.")
  List<String> text = List.of();

  @Option(
      names = "--no-standardize",
      description =
          "Take the numbers of a table as they are, not shifted and scaled to mean 0, deviation 1.")
  boolean asTheyAre;

  @Mixin private final UnknownOption unknown = new UnknownOption();

  /** What is wanted of the rows, where the last layer and the loss want this kind of target. */
  DataOptions wishes(@Nullable Boolean header, Target.@Nullable Kind kind) {
    return new DataOptions(
        new CsvOptions(header, null, Set.copyOf(text)),
        new Preparation(target, kind, !asTheyAre, Set.copyOf(without), unknown.allowUnknown));
  }
}
