package dev.lamella.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct texts of a column, each with its place. */
final class WordList {
  private final Map<String, Integer> places = new HashMap<>(2);
  private final List<String> words = new ArrayList<>(1);
  private int numbers; // of the words

  /** The place of a text, which is added if it is new. */
  int add(String word) {
    Integer place = places.get(word);
    if (place != null) {
      return place;
    }
    places.put(word, words.size());
    words.add(word);
    numbers += Double.isNaN(Cells.number(word)) ? 0 : 1;
    return words.size() - 1;
  }

  boolean contains(String word) {
    return places.containsKey(word);
  }

  String get(int place) {
    return words.get(place);
  }

  int size() {
    return words.size();
  }

  boolean areMostlyNumbers() {
    return numbers > words.size() / 2;
  }

  /** True, TRUE and true are one word: as it is written where all are alike, else in lower case. */
  String spelling(String word) {
    List<String> spellings = Cells.spellings(word);
    boolean several = spellings.stream().filter(places::containsKey).count() > 1;
    return several ? spellings.getFirst() : word;
  }
}
