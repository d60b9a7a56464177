package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema remembers of how the cells of a table are read.
 *
 * @param missing what becomes of cells that say that there is nothing
 * @param missingWords the texts that say so; the empty text always does
 * @param numbers what is filled into columns of numbers, by their names
 * @param words what is filled into columns of words, by their names
 * @param styles how numbers are written in columns where they are not plain, by their names: as
 *     {@code 5%} is, {@code 1%}; others are {@code 1$}, {@code 1,000} and {@code 1,5}
 */
public record Reading(
    Missing missing,
    Set<String> missingWords,
    Map<String, Double> numbers,
    Map<String, String> words,
    Map<String, String> styles) {
  private static final Reading STANDARD =
      new Reading(Missing.ERROR, Cells.MISSING, Map.of(), Map.of(), Map.of());

  /**
   * Makes the collections immutable.
   *
   * @throws IllegalArgumentException if a fill is not finite, or a style is none
   */
  public Reading {
    Objects.requireNonNull(missing, "missing");
    Set<String> withEmpty = new HashSet<>(missingWords);
    withEmpty.add("");
    missingWords = Set.copyOf(withEmpty);
    numbers = Map.copyOf(Objects.requireNonNull(numbers, "numbers"));
    words = Map.copyOf(Objects.requireNonNull(words, "words"));
    styles = Map.copyOf(Objects.requireNonNull(styles, "styles"));
    numbers.forEach((name, fill) -> {
      if (!Double.isFinite(fill)) {
        throw new IllegalArgumentException(
            "column %s cannot be filled with %s".formatted(Quoted.cell(name), fill));
      }
    });
    styles.forEach((name, style) -> {
      if (NumberStyle.of(style) == null) {
        throw new IllegalArgumentException(
            "numbers of column %s cannot be written as %s"
                .formatted(Quoted.cell(name), Quoted.cell(style)));
      }
    });
  }

  /** {@return missing cells are refused, the usual texts say so, and numbers are plain} */
  public static Reading standard() {
    return STANDARD;
  }

  static Reading of(Missing missing, Set<String> missingWords) {
    return new Reading(missing, missingWords, Map.of(), Map.of(), Map.of());
  }

  /**
   * The texts that say that there is nothing, in one column: a word that the model knows is one,
   * and where unknown words are allowed, all but none are.
   *
   * @param known the words of the column
   * @param unknownAllowed whether it holds words, and others count as none of them
   */
  Set<String> missingWords(List<String> known, boolean unknownAllowed) {
    Set<String> texts = new HashSet<>(missingWords);
    texts.removeAll(new HashSet<>(known));
    if (unknownAllowed && missing == Missing.ERROR) {
      texts.retainAll(Set.of(""));
    }
    return texts;
  }

  /** What is filled into a column, as the text of a cell; null for nothing. */
  @Nullable String fill(String column) {
    Double number = numbers.get(column);
    return number == null ? words.get(column) : Double.toString(number);
  }

  NumberStyle style(String column) {
    NumberStyle style = NumberStyle.of(styles.getOrDefault(column, "1"));
    return style == null ? NumberStyle.PLAIN : style;
  }
}
