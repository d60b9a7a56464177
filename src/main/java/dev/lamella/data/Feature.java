package dev.lamella.data;

import java.util.List;
import java.util.Objects;

/**
 * A column of a table as a network sees it: a number, a constant, or a category as one input a
 * word.
 */
public sealed interface Feature {
  /** {@return the name of the column} */
  String name();

  /** {@return how many inputs of the network this column fills} */
  int width();

  /**
   * A column of numbers: the input is (x - mean) / deviation, rounded once to float.
   *
   * @param name of the column
   * @param mean over the training rows, or 0 to leave numbers as they are
   * @param deviation the standard deviation over the training rows (of a population, as
   *     scikit-learn's StandardScaler), or 1
   */
  record Numeric(String name, double mean, double deviation) implements Feature {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
     */
    public Numeric {
      Objects.requireNonNull(name, "name");
      if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
        throw new IllegalArgumentException(
            "column \"%s\" cannot be standardized with mean %s and deviation %s"
                .formatted(name, mean, deviation));
      }
    }

    @Override
    public int width() {
      return 1;
    }

    /** The input for a number of this column. */
    float standardize(double number) {
      return (float) ((number - mean) / deviation);
    }
  }

  /**
   * A column that held one number in all training rows: it cannot teach, so its input is 0,
   * whatever it holds later.
   *
   * @param name of the column
   */
  record Constant(String name) implements Feature {
    /** Checks the name. */
    public Constant {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public int width() {
      return 1;
    }
  }

  /**
   * A column of words: each word of the vocabulary is an input that is 1 where the cell is that
   * word and else 0 (one-hot).
   *
   * @param name of the column
   * @param values the vocabulary: the distinct words of the training file, sorted
   */
  record Categorical(String name, List<String> values) implements Feature {
    /**
     * Checks the vocabulary.
     *
     * @throws IllegalArgumentException if it is empty or has a word twice
     */
    public Categorical {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(Objects.requireNonNull(values, "values"));
      if (values.isEmpty() || values.stream().distinct().count() != values.size()) {
        throw new IllegalArgumentException(
            "column \"%s\" needs a vocabulary of distinct words, not %s".formatted(name, values));
      }
    }

    @Override
    public int width() {
      return values.size();
    }
  }
}
