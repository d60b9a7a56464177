package dev.lamella.cli;

import dev.lamella.data.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether words may come that the training file does not have. */
final class UnknownOption {
  @Option(
      names = "--allow-unknown",
      description =
          "Let words in columns of the inputs that the training rows do not have count as no word (all"
              + " zeros), instead of refusing them. A model trained with it does so ever after; an"
              + " unknown class of the target is always refused.")
  boolean allowUnknown;

  /** How a model's files are read: as it says, or more tolerantly. */
  @Nullable Schema applied(@Nullable Schema schema) {
    return schema != null && allowUnknown ? schema.withUnknownAsZeros() : schema;
  }
}
