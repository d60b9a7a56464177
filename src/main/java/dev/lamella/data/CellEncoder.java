package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the cell of one column as a network's inputs, a row at a time: the same inputs as the cell
 * of a file gets that has this text, or the same refusal.
 */
abstract sealed class CellEncoder permits NumberCell, WordCell, ConstantCell {
  private final String name;
  private final CellRules rules;
  private final Missing policy;
  private final @Nullable String fill;

  /**
   * For a column.
   *
   * @param known its words
   * @param zeros whether it holds words, and unknown ones count as none
   */
  CellEncoder(Schema schema, String name, List<String> known, boolean zeros) {
    this.name = name;
    this.policy = schema.reading().missing();
    this.fill = schema.reading().fill(name);
    // A cell that comes alone has no commas around it.
    this.rules = CellRules.of(schema.reading().missingWords(known, zeros), false);
  }

  /** For a feature whose inputs start at an offset of a row. */
  static CellEncoder of(Schema schema, Feature feature, float[] inputs, int offset) {
    return switch (feature) {
      case Feature.Numeric number -> new NumberCell(schema, number, inputs, offset);
      case Feature.Categorical words -> new WordCell(schema, words, inputs, offset);
      case Feature.Constant constant -> new ConstantCell(schema, constant);
    };
  }

  /** A number without a unit. */
  abstract void number(double value);

  /** A whole number; in a column of words, the word that is written so. */
  abstract void integer(long value);

  /** The text of a cell without spaces around it. */
  abstract void text(String cell);

  /** A number of another class than Java's own six. */
  abstract void number(Number value);

  /** Writes what stands for missing cells. */
  abstract void fill(String text);

  final void bool(boolean value) {
    text(value ? "true" : "false");
  }

  /** Whatever a map or a record holds. */
  final void value(@Nullable Object value) {
    switch (value) {
      case null -> missing();
      case String text -> text(text.strip());
      case Double number -> number(number);
      case Integer number -> integer(number);
      case Long number -> integer(number);
      case Short number -> integer(number);
      case Byte number -> integer(number);
      case Number number -> number(number);
      case Boolean truth -> bool(truth);
      case Enum<?> constant -> text(constant.name());
      case CharSequence text -> text(text.toString().strip());
      case Character text -> text(text.toString().strip());
      case Optional<?> inner -> value(inner.orElse(null));
      default ->
          throw new DataException(
              "column %s is given a %s, which is no cell; give a number, a text, a boolean, a constant of an enum, or null where the value is missing"
                  .formatted(Quoted.cell(name), value.getClass().getName()));
    }
  }

  /** There is nothing in the cell. */
  final void missing() {
    boolean fills = policy != Missing.ERROR && policy != Missing.DROP;
    if (this instanceof ConstantCell) {
      return; // nobody looks at it
    }
    if (fill == null || !fills) {
      throw refused(
          policy == Missing.DROP
              ? "is missing; fill it in, as the model was trained with --missing drop, and with mean, median or most_frequent it would fill it"
              : "is missing; fill it in, or train with --missing mean, median or most_frequent (CsvOptions.withMissing), which fills it");
    }
    fill(fill);
  }

  /** Whether a text says that there is nothing. */
  final boolean isMissing(String cell) {
    Set<Double> numbers = rules.missingNumbers();
    return rules.missing().contains(cell)
        || (!numbers.isEmpty() && numbers.contains(Cells.number(cell)));
  }

  final CellRules rules() {
    return rules;
  }

  final DataException refused(String why) {
    return new DataException("column %s %s".formatted(Quoted.cell(name), why));
  }
}
