package dev.lamella.data;

import dev.lamella.base.Permutation;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows dealt into a part to train on and a part to test with.
 *
 * @param train the larger part, as a rule
 * @param test the part that training must not see
 */
public record Split(Dataset train, Dataset test) {
  /** Checks that both are there. */
  public Split {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(test, "test");
  }

  /** Row numbers dealt into two parts, for those who prepare the rows after dealing them. */
  static final class Rows {
    private final int[] train; // row numbers, in random order
    private final int[] test;

    private Rows(int[] train, int[] test) {
      this.train = train;
      this.test = test;
    }

    int[] train() {
      return train;
    }

    int[] test() {
      return test;
    }

    static Rows of(int rows, double fraction, long seed) {
      if (!(fraction > 0 && fraction < 1)) {
        throw new IllegalArgumentException(
            "the test part must be a fraction between 0 and 1, such as 0.2, not " + fraction);
      }
      if (rows < 2) {
        throw new IllegalArgumentException(
            "%d rows cannot be split into two parts; at least 2 are needed".formatted(rows));
      }
      int held = Math.clamp(Math.round(rows * fraction), 1, rows - 1);
      int[] order = Permutation.of(rows, seed);
      int[] train = Arrays.copyOfRange(order, 0, rows - held);
      int[] test = Arrays.copyOfRange(order, rows - held, rows);
      return new Rows(train, test);
    }
  }
}
