package dev.lamella.data;

import org.jspecify.annotations.Nullable;

/**
 * How all numbers of a column are written.
 *
 * @param unit %, a currency, or empty
 * @param comma what a comma in them is
 */
record NumberStyle(String unit, Comma comma) {
  static final NumberStyle PLAIN = new NumberStyle("", Comma.NONE);

  /** What commas are, shown by a number that is written so. */
  enum Comma {
    /** No number has one. */
    NONE("1"),
    /** They stand between thousands. */
    THOUSANDS("1,000"),
    /** They stand before the decimals. */
    DECIMAL("1,5");

    private final String sample;

    Comma(String sample) {
      this.sample = sample;
    }
  }

  /** The style of a text that {@link #toString} made; null for others. */
  static @Nullable NumberStyle of(String text) {
    for (Comma comma : Comma.values()) {
      String unit = text.startsWith(comma.sample) ? text.substring(comma.sample.length()) : ",";
      if (unit.isEmpty() || (!unit.contains(",") && Clothed.of("1" + unit) != null)) {
        return new NumberStyle(unit, comma);
      }
    }
    return null;
  }

  /** The number in a cell, or NaN if it is written in another way. */
  double number(String cell) {
    Clothed clothed = Clothed.of(cell);
    if (clothed == null || clothed.parentheses()) {
      return Double.NaN;
    }
    return comma == Comma.DECIMAL ? clothed.comma() : clothed.point();
  }

  /** Whether numbers in another style may mean the same: a percentage is one everywhere. */
  boolean agreesWith(NumberStyle other) {
    boolean percent = unit.equals(Clothed.PERCENT) || other.unit.equals(Clothed.PERCENT);
    boolean both = !unit.isEmpty() && !other.unit.isEmpty();
    return unit.equals(other.unit) || !(percent || both);
  }

  /** A number in this style, such as {@code 1,5€}. */
  @Override
  public String toString() {
    return comma.sample + unit;
  }
}
