package dev.lamella.data;

import dev.lamella.base.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of cells that say that there is nothing. Fills are learned from the training rows
 * and remembered by the schema. A row whose target is missing teaches nothing: it is an error, or
 * left out with every other policy.
 */
public enum Missing {
  /** They are refused. */
  ERROR,
  /** Rows that have one are left out of training; a row to predict must not have one. */
  DROP,
  /** Numbers get the mean of their column, words the most frequent one. */
  MEAN,
  /** Numbers get the median of their column, words the most frequent one. */
  MEDIAN,
  /** Numbers and words get the most frequent of their column, the least of several. */
  MOST_FREQUENT;

  /** {@return the name for the command line and model files, such as {@code most_frequent}} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The policy of a name.
   *
   * @param word as {@link #text} gives it
   * @return the policy
   * @throws IllegalArgumentException if there is none of this name; the message suggests the
   *     nearest
   */
  public static Missing of(String word) {
    for (Missing each : values()) {
      if (each.text().equals(word)) {
        return each;
      }
    }
    List<String> known = Arrays.stream(values()).map(Missing::text).toList();
    throw new IllegalArgumentException(Words.unknown("policy for missing cells", word, known));
  }
}
