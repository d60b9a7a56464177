package dev.lamella.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The help for a misspelled name: a sentence that lists the known words and suggests the nearest.
 *
 * <p>Everything that is chosen by a word (activations, initializers, losses, columns ...) fails
 * with a sentence of this form, so that a typing error costs a glance and no search.
 */
public final class Words {
  private Words() {}

  /**
   * The sentence for a word that is not known.
   *
   * @param kind what the word should have named, such as {@code "activation"}
   * @param word the word as the user wrote it
   * @param known the words that exist, in the order in which to list them
   * @return such as {@code unknown activation "relo", did you mean relu? (known: linear, relu)}
   */
  public static String unknown(String kind, String word, Collection<String> known) {
    List<String> near = nearest(word, known);
    String hint = near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?";
    return "unknown "
        + kind
        + " \""
        + word
        + "\""
        + hint
        + " (known: "
        + String.join(", ", known)
        + ")";
  }

  /** The known words that are equally near to {@code word}, none when all are far away. */
  private static List<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    List<String> best = new ArrayList<>();
    int bound = Math.max(1, lower.length() / 3); // about one slip in three letters
    for (String candidate : known) {
      int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance < bound) {
        best.clear();
        bound = distance;
      }
      if (distance == bound) {
        best.add(candidate);
      }
    }
    return best;
  }

  /**
   * The number of letters to insert, delete, replace or swap with their neighbor that turns one
   * word into the other (Damerau, "A technique for computer detection and correction of spelling
   * errors", 1964), each letter swapped at most once.
   */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1]; // (letters of b + 1): one letter of a less
    int[] row = new int[b.length() + 1]; // (letters of b + 1): distances of the prefix of a
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] next = new int[b.length() + 1];
      next[0] = i;
      for (int j = 1; j < next.length; j++) {
        int replaced = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          next[j] = Math.min(next[j], 1 + before[j - 2]);
        }
      }
      before = row;
      row = next;
    }
    return row[b.length()];
  }
}
