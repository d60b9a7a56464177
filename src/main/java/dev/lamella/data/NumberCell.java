package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of numbers: one input, standardized. */
final class NumberCell extends CellEncoder {
  private final Feature.Numeric feature;
  private final NumberStyle style;
  private final float[] inputs; // of a row
  private final int at;
  private final long[] missing; // the bits of numbers that say that there is nothing
  private final boolean careful; // whether some finite numbers are not what they seem

  NumberCell(Schema schema, Feature.Numeric feature, float[] inputs, int at) {
    super(schema, feature.name(), List.of(), false);
    this.feature = feature;
    this.style = schema.reading().style(feature.name());
    this.inputs = inputs;
    this.at = at;
    this.missing = rules().missingNumbers().stream().mapToLong(Double::doubleToLongBits).toArray();
    this.careful = missing.length > 0 || !style.agreesWith(NumberStyle.PLAIN);
  }

  @Override
  void number(double value) {
    plain(value, null);
  }

  @Override
  void integer(long value) {
    plain((double) value, null);
  }

  @Override
  void number(Number value) {
    plain(value.doubleValue(), null);
  }

  @Override
  void text(String cell) {
    long packed = Packed.number(cell);
    double plain = packed != 0 ? Packed.value(packed) : Cells.number(cell);
    if (Double.isNaN(plain)) {
      dressed(cell);
    } else {
      plain(plain, cell);
    }
  }

  @Override
  void fill(String text) {
    put(Cells.number(text), text);
  }

  /** A number that is written without anything else. */
  private void plain(double value, @Nullable String text) {
    float input = feature.standardize(value);
    if (careful || !Float.isFinite(input)) {
      look(value, text);
    } else {
      inputs[at] = input;
    }
  }

  private void look(double value, @Nullable String text) {
    if (Double.isNaN(value)) {
      dressed("NaN"); // which is a text, and the schema knows what it means
    } else if (isMissing(value)) {
      missing();
    } else if (value != 0 && !style.agreesWith(NumberStyle.PLAIN)) {
      throw otherUnit(shown(value, text)); // but nothing is nothing in every unit
    } else {
      put(value, text);
    }
  }

  private boolean isMissing(double value) {
    long bits = Double.doubleToLongBits(value);
    for (long each : missing) {
      if (each == bits) {
        return true;
      }
    }
    return false;
  }

  /** Text that is no plain number: read as a column is that has this cell alone. */
  private void dressed(String cell) {
    if (isMissing(cell)) {
      missing();
      return;
    }
    Column alone = new Column(false, rules()).under(rules(), style);
    alone.add(cell);
    Judgment judgment = alone.judgment();
    if (!judgment.reason().isEmpty()) {
      throw refused("is given %s: %s".formatted(Quoted.cell(cell), judgment.reason()));
    }
    if (alone.kind() == Column.Kind.NUMBER && !style.agreesWith(alone.style())) {
      throw otherUnit(cell);
    }
    put(alone.number(0), cell);
  }

  private void put(double value, @Nullable String text) {
    if (!Double.isFinite(value)) {
      throw refused(
          "is given %s, not a finite number; correct it, or give null where the value is missing"
              .formatted(Quoted.cell(shown(value, text))));
    }
    float input = feature.standardize(value);
    if (!Float.isFinite(input)) {
      throw refused("is given %s, too large for a float; correct it".formatted(shown(value, text)));
    }
    inputs[at] = input;
  }

  private static String shown(double value, @Nullable String text) {
    return text == null ? Double.toString(value) : text;
  }

  private DataException otherUnit(String cell) {
    return refused(
        "is given %s, but the model learned from numbers such as %s there; give a text in the same unit"
            .formatted(Quoted.cell(cell), style));
  }
}
