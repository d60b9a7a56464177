package dev.lamella.cli;

import dev.lamella.data.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether words may come that the training file does not have. */
final class UnknownOption {
  @Option(
      names = "--allow-unknown",
      description =
          "Let words that the training file does not have count as no word, instead of refusing them.")
  boolean allowUnknown;

  /** How a model's files are read: as it says, or more tolerantly. */
  @Nullable Schema applied(@Nullable Schema schema) {
    return schema != null && allowUnknown ? schema.withUnknownAsZeros() : schema;
  }
}
