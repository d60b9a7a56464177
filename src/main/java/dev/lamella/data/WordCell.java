package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of words: an input for each, 1 for the word of the cell and else 0. */
final class WordCell extends CellEncoder {
  private final Map<String, Integer> all; // the place of each word, under all of its spellings
  private final Map<String, Integer> places; // of those that do not say that there is nothing
  private final long[] integers; // words that are whole numbers, ascending
  private final int[] integerPlaces;
  private final boolean zeros;
  private final float[] inputs; // of a row
  private final int offset;
  private int last; // the place that may be 1

  WordCell(Schema schema, Feature.Categorical feature, float[] inputs, int offset) {
    super(schema, feature.name(), feature.values(), schema.unknownAsZeros());
    this.all = Cells.places(feature.values());
    this.places = new HashMap<>(all);
    places.keySet().removeIf(this::isMissing);
    this.integers =
        places.keySet().stream().filter(WordCell::isLong).mapToLong(Long::parseLong).toArray();
    Arrays.sort(integers);
    this.integerPlaces =
        Arrays.stream(integers).mapToInt(each -> places.get(Long.toString(each))).toArray();
    this.zeros = schema.unknownAsZeros();
    this.inputs = inputs;
    this.offset = offset;
  }

  /** Whether a text is what a whole number is written as. */
  private static boolean isLong(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  void number(double value) {
    text(Double.toString(value));
  }

  @Override
  void number(Number value) {
    text(value.toString());
  }

  @Override
  void integer(long value) {
    int found = Arrays.binarySearch(integers, value);
    if (found >= 0) {
      put(integerPlaces[found]);
    } else {
      text(Long.toString(value));
    }
  }

  @Override
  void text(String cell) {
    Integer place = places.get(cell);
    if (place != null) {
      put(place);
    } else if (isMissing(cell)) {
      missing();
    } else {
      word(cell, null);
    }
  }

  @Override
  void fill(String text) {
    word(text, all.get(text));
  }

  private void word(String word, @Nullable Integer place) {
    if (place != null) {
      put(place);
    } else if (zeros) {
      inputs[offset + last] = 0;
    } else {
      throw refused(
          "is given %s, which the training file does not have; correct it, or let unknown words count as no word: Schema.withUnknownAsZeros"
              .formatted(Quoted.cell(word)));
    }
  }

  private void put(int place) {
    inputs[offset + last] = 0;
    inputs[offset + place] = 1;
    last = place;
  }
}
