package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the rows of a file before a network sees them.
 *
 * @param target the column to learn, by name or index; null for the last. Not for arrays
 * @param kind what the target means; null to see by itself: words and whole numbers of array files
 *     are labels, other numbers are numbers
 * @param standardize whether columns of numbers get mean 0 and deviation 1 over the training rows
 * @param without names or indexes of columns to leave out
 * @param unknownAsZeros whether a word that was not among the training rows becomes all zeros; if
 *     not, it is an error that names it
 */
public record Preparation(
    @Nullable String target,
    @Nullable Kind kind,
    boolean standardize,
    Set<String> without,
    boolean unknownAsZeros) {
  /** Makes the set immutable. */
  public Preparation {
    without = Set.copyOf(without);
  }

  /** {@return the last column is the target, numbers are standardized, unknown words are errors} */
  public static Preparation standard() {
    return new Preparation(null, null, true, Set.of(), false);
  }

  /**
   * The same with a target.
   *
   * @param nameOrIndex of the column; an index counts from 0, or from the end if negative
   * @return the changed copy
   */
  public Preparation withTarget(String nameOrIndex) {
    Objects.requireNonNull(nameOrIndex, "nameOrIndex");
    return new Preparation(nameOrIndex, kind, standardize, without, unknownAsZeros);
  }

  /**
   * The same with a kind of target. {@code NONE} makes every column an input.
   *
   * @param wanted what the loss needs
   * @return the changed copy
   */
  public Preparation withKind(Kind wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return new Preparation(target, wanted, standardize, without, unknownAsZeros);
  }

  /**
   * The same with or without standardization.
   *
   * @param wanted whether columns of numbers get mean 0 and deviation 1
   * @return the changed copy
   */
  public Preparation withStandardize(boolean wanted) {
    return new Preparation(target, kind, wanted, without, unknownAsZeros);
  }

  /**
   * The same without some columns.
   *
   * @param namesOrIndexes of columns that are no inputs, such as row numbers
   * @return the changed copy
   */
  public Preparation without(String... namesOrIndexes) {
    return new Preparation(target, kind, standardize, Set.of(namesOrIndexes), unknownAsZeros);
  }

  /**
   * The same with unknown words allowed or not.
   *
   * @param allowed whether they become all zeros
   * @return the changed copy
   */
  public Preparation withUnknownAsZeros(boolean allowed) {
    return new Preparation(target, kind, standardize, without, allowed);
  }
}
