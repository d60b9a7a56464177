package dev.lamella.data;

import java.util.List;

/** A column that was constant: its input stays 0, whatever the cell holds. */
final class ConstantCell extends CellEncoder {
  ConstantCell(Schema schema, Feature.Constant feature) {
    super(schema, feature.name(), List.of(), false);
  }

  @Override
  void number(double value) {}

  @Override
  void integer(long value) {}

  @Override
  void text(String cell) {}

  @Override
  void number(Number value) {}

  @Override
  void fill(String text) {}
}
