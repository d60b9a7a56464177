package dev.lamella.data;

import dev.lamella.base.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
            "%d %s cannot be split into two parts; at least 2 are needed"
                .formatted(rows, rows == 1 ? "row" : "rows"));
      }
      int held = Math.clamp(Math.round(rows * fraction), 1, rows - 1);
      int[] order = Permutation.of(rows, seed);
      int[] train = Arrays.copyOfRange(order, 0, rows - held);
      int[] test = Arrays.copyOfRange(order, rows - held, rows);
      return new Rows(train, test);
    }

    /** The rows of a dataset, by their classes where {@code stratify} and where they have some. */
    static Rows of(Dataset data, double fraction, long seed, boolean stratify) {
      int[] classes = stratify ? classes(data) : null;
      return classes == null ? of(data.rows(), fraction, seed) : of(classes, fraction, seed);
    }

    private static int @Nullable [] classes(Dataset data) {
      int rows = data.rows();
      int[] classes = new int[rows];
      int[] order = Permutation.identity(rows);
      Schema schema = data.schema();
      if (data.hasLabels()) {
        data.copyLabels(order, 0, rows, classes, 0);
        return classes;
      }
      if (!data.hasTargets() || schema == null || schema.target().kind() != Target.Kind.BINARY) {
        return null;
      }
      float[] numbers = new float[rows]; // 0 and 1
      data.copyTargets(order, 0, rows, numbers, 0);
      for (int r = 0; r < rows; r++) {
        classes[r] = (int) numbers[r];
      }
      return classes;
    }

    /**
     * Deals rows so that each class has its share in both parts. A class of one row trains.
     *
     * @param classes (rows): the class of each row, from 0
     */
    static Rows of(int[] classes, double fraction, long seed) {
      int rows = classes.length;
      Rows plain = of(rows, fraction, seed);
      int[] quotas = quotas(classes, fraction, plain.test.length);
      int held = Arrays.stream(quotas).sum();
      if (held == 0) {
        return plain; // no class has two rows
      }
      int[] order = Permutation.of(rows, seed);
      int[] train = new int[rows - held];
      int[] test = new int[held];
      for (int i = rows - 1, toTrain = rows - held, toTest = held; i >= 0; i--) {
        if (quotas[classes[order[i]]]-- > 0) {
          test[--toTest] = order[i];
        } else {
          train[--toTrain] = order[i];
        }
      }
      return new Rows(train, test);
    }

    /** How many rows of each class are held out: the share, and largest remainders for the rest. */
    private static int[] quotas(int[] classes, double fraction, int wanted) {
      int[] counts = new int[Arrays.stream(classes).max().orElse(0) + 1];
      for (int each : classes) {
        counts[each]++;
      }
      int[] quotas = new int[counts.length];
      int left = wanted;
      for (int k = 0; k < counts.length; k++) {
        quotas[k] = counts[k] < 2 ? 0 : Math.min(counts[k] - 1, (int) (counts[k] * fraction));
        left -= quotas[k];
      }
      List<Integer> open = new ArrayList<>(); // the largest remainder first
      for (int k = 0; k < counts.length; k++) {
        if (counts[k] - 1 > quotas[k]) {
          open.add(k);
        }
      }
      open.sort(Comparator.comparingDouble(k -> quotas[k] - counts[k] * fraction));
      for (int i = 0; i < open.size() && left > 0; i++, left--) {
        quotas[open.get(i)]++;
      }
      return quotas;
    }
  }
}
