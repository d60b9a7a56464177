package dev.lamella.cli;

import dev.lamella.data.CsvOptions;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Missing;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to understand a table that no model describes yet. */
final class TableOptions {
  @Option(
      names = "--target",
      paramLabel = "COLUMN[,COLUMN...]",
      description =
          "The column of a table to learn, or several columns of numbers, by name or by place from"
              + " 0. Default: the last.")
  @Nullable String target;

  @Option(
      names = "--without",
      paramLabel = "COLUMNS",
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
          "Take the numbers of a table, inputs and target, as they are, not shifted and scaled to"
              + " mean 0, deviation 1.")
  boolean asTheyAre;

  @Option(
      names = "--no-standardize-target",
      description =
          "Learn the numbers of the target as they are. Otherwise training sees them with mean 0,"
              + " deviation 1; answers and metrics are in their own units all the same.")
  boolean targetAsItIs;

  @Option(
      names = "--standardize",
      description = "Shift and scale the numbers of arrays, inputs and target, as those of tables.")
  boolean standardize;

  @Option(
      names = "--no-stratify",
      description =
          "Deal the rows of --validation FRACTION without regard to their classes, not each class in"
              + " proportion.")
  boolean noStratify;

  @Mixin private final UnknownOption unknown = new UnknownOption();

  @Option(
      names = "--missing",
      paramLabel = "POLICY",
      converter = Words.ToMissing.class,
      description =
          "What becomes of missing cells: error; drop their rows; or fill in the mean, median or"
              + " most_frequent of the training rows (words: the most frequent). Rows whose target is"
              + " missing are an error or dropped. Default: error.")
  @Nullable Missing missing;

  @Option(
      names = "--missing-words",
      paramLabel = "WORDS",
      split = ",",
      description =
          "What cells without content hold, besides nothing. Default: NA, N/A, NaN, null, None, ?, -"
              + " and their usual spellings.")
  @Nullable List<String> missingWords;

  /** Refuses options of which one says the opposite of the other. */
  void check() {
    if (standardize && asTheyAre) {
      throw new UsageException(
          "--standardize and --no-standardize say the opposite of each other; leave one of them out");
    }
  }

  /** The options that were given about things which a model to start from has learned already. */
  List<String> learnedAlready() {
    List<String> given = new ArrayList<>();
    if (!without.isEmpty()) {
      given.add("--without");
    }
    if (!text.isEmpty()) {
      given.add("--text");
    }
    if (asTheyAre) {
      given.add("--no-standardize");
    }
    if (targetAsItIs) {
      given.add("--no-standardize-target");
    }
    if (standardize) {
      given.add("--standardize");
    }
    if (missingWords != null) {
      given.add("--missing-words");
    }
    return given;
  }

  /** How a model's files are read: as it says, or more tolerantly. */
  @Nullable Schema applied(@Nullable Schema schema) {
    return unknown.applied(schema);
  }

  /** What is wanted of the rows, where the last layer and the loss want this kind of target. */
  DataOptions wishes(@Nullable Boolean header, Target.@Nullable Kind kind) {
    CsvOptions csv = CsvOptions.detect().withText(Set.copyOf(text).toArray(String[]::new));
    csv = header == null ? csv : csv.withHeader(header);
    csv = missing == null ? csv : csv.withMissing(missing);
    return new DataOptions(
        missingWords == null
            ? csv
            : csv.withMissingWords(Set.copyOf(missingWords).toArray(String[]::new)),
        new Preparation(
            target,
            kind,
            asTheyAre ? Boolean.FALSE : standardize ? Boolean.TRUE : null,
            targetAsItIs ? Boolean.FALSE : null,
            Set.copyOf(without),
            unknown.allowUnknown,
            !noStratify));
  }
}
