package dev.lamella.data;

import dev.lamella.data.Target.Kind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the rows of a file before a network sees them.
 *
 * @param target the column to learn, by name or index, or several with commas between; null for the
 *     last. Not for arrays
 * @param kind what the target means; null to see by itself: words and whole numbers of array files
 *     are labels, other numbers are numbers
 * @param standardize whether numbers get mean 0 and deviation 1 over the training rows; null for
 *     those of tables, not of arrays
 * @param standardizeTarget whether a training sees numbers to learn with mean 0 and deviation 1;
 *     null where the inputs are standardized
 * @param without names or indexes of columns to leave out
 * @param unknownAsZeros whether a word that was not in the training file becomes all zeros; if not,
 *     it is an error that names it
 * @param stratify whether classes are dealt in proportion where rows are held out
 */
public record Preparation(
    @Nullable String target,
    @Nullable Kind kind,
    @Nullable Boolean standardize,
    @Nullable Boolean standardizeTarget,
    Set<String> without,
    boolean unknownAsZeros,
    boolean stratify) {
  /** Makes the set immutable. */
  public Preparation {
    without = Set.copyOf(Objects.requireNonNull(without, "without"));
  }

  /**
   * {@return the last column is the target, numbers of tables are standardized, unknown words are
   * errors, classes are dealt in proportion}
   */
  public static Preparation standard() {
    return new Preparation(null, null, null, null, Set.of(), false, true);
  }

  /**
   * The same with a target.
   *
   * @param namesOrIndexes of the column, or of several columns of numbers with commas between; an
   *     index counts from 0, or from the end if negative. A name that has commas itself is found
   *     first
   * @return the changed copy
   */
  public Preparation withTarget(String namesOrIndexes) {
    Objects.requireNonNull(namesOrIndexes, "namesOrIndexes");
    return new Preparation(
        namesOrIndexes, kind, standardize, standardizeTarget, without, unknownAsZeros, stratify);
  }

  /**
   * The same with a kind of target. {@code NONE} makes every column an input.
   *
   * @param wanted what the loss needs
   * @return the changed copy
   */
  public Preparation withKind(Kind wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return new Preparation(
        target, wanted, standardize, standardizeTarget, without, unknownAsZeros, stratify);
  }

  /**
   * The same with or without standardization, of tables and arrays, inputs and numbers to learn.
   *
   * @param wanted whether numbers get mean 0 and deviation 1
   * @return the changed copy
   */
  public Preparation withStandardize(boolean wanted) {
    return new Preparation(
        target, kind, wanted, standardizeTarget, without, unknownAsZeros, stratify);
  }

  /**
   * The same with or without standardization of numbers to learn, whatever becomes of the inputs.
   *
   * @param wanted whether a training sees them with mean 0 and deviation 1
   * @return the changed copy
   */
  public Preparation withStandardizeTarget(boolean wanted) {
    return new Preparation(target, kind, standardize, wanted, without, unknownAsZeros, stratify);
  }

  /**
   * The same without some columns.
   *
   * @param namesOrIndexes of columns that are no inputs, such as row numbers
   * @return the changed copy
   */
  public Preparation without(String... namesOrIndexes) {
    return new Preparation(
        target,
        kind,
        standardize,
        standardizeTarget,
        Set.of(namesOrIndexes),
        unknownAsZeros,
        stratify);
  }

  /**
   * The same with unknown words allowed or not.
   *
   * @param allowed whether they become all zeros
   * @return the changed copy
   */
  public Preparation withUnknownAsZeros(boolean allowed) {
    return new Preparation(
        target, kind, standardize, standardizeTarget, without, allowed, stratify);
  }

  /**
   * The same with or without classes dealt in proportion.
   *
   * @param wanted whether each class has its share of the rows held out
   * @return the changed copy
   */
  public Preparation withStratify(boolean wanted) {
    return new Preparation(
        target, kind, standardize, standardizeTarget, without, unknownAsZeros, wanted);
  }

  /** Whether inputs are standardized where this is what one does by default, or not. */
  boolean standardizes(boolean byDefault) {
    return standardize == null ? byDefault : standardize;
  }

  /** Whether numbers to learn are. */
  boolean standardizesTarget(boolean byDefault) {
    return standardizeTarget == null ? standardizes(byDefault) : standardizeTarget;
  }
}
