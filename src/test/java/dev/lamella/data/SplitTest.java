package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.base.Permutation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rows dealt into two parts, with and without regard to their classes. */
class SplitTest {
  private static int[] counts(int[] classes, int[] rows, int many) {
    int[] counts = new int[many];
    Arrays.stream(rows).forEach(row -> counts[classes[row]]++);
    return counts;
  }

  @Property(tries = 200)
  void eachClassHasItsShare(
      @ForAll @IntRange(min = 2, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 9) int many,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double fraction,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] classes = random.ints(rows, 0, many).toArray();
    Split.Rows parts = Split.Rows.of(classes, fraction, seed);
    int[] all = new int[rows];
    System.arraycopy(parts.train(), 0, all, 0, parts.train().length);
    System.arraycopy(parts.test(), 0, all, parts.train().length, parts.test().length);
    Arrays.sort(all);
    assertArrayEquals(Permutation.identity(rows), all, "each row once");
    assertTrue(parts.train().length > 0 && parts.test().length > 0);
    int[] counts = counts(classes, all, many);
    int[] held = counts(classes, parts.test(), many);
    boolean pairs = Arrays.stream(counts).anyMatch(count -> count > 1);
    for (int k = 0; k < many && pairs; k++) {
      double share = counts[k] * fraction;
      assertTrue(counts[k] == 0 || held[k] < counts[k], "every class is to be learned");
      if (counts[k] > 1) {
        assertTrue(held[k] <= share + 1 && held[k] >= Math.min(share, counts[k] - 1) - 1);
      }
    }
  }

  @Test
  void rowsOfTheirOwnClassEachAreDealtAllTheSame() {
    Split.Rows parts = Split.Rows.of(Permutation.identity(10), 0.3, 1);
    assertArrayEquals(Split.Rows.of(10, 0.3, 1).test(), parts.test());
  }

  @Test
  void tablesAndArraysAreDealtAlike() {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int r = 0; r < 100; r++) {
      csv.append(r).append(r % 10 == 0 ? ",rare\n" : ",usual\n");
    }
    Path file = TestFiles.write("y.csv", csv.toString());
    for (Target.Kind kind : new Target.Kind[] {Target.Kind.LABELS, Target.Kind.BINARY}) {
      Preparation wish = Preparation.standard().withKind(kind);
      for (long seed = 0; seed < 8; seed++) {
        DataOptions options = DataOptions.standard().withPreparation(wish);
        Split split = DataFiles.split(file.toString(), options, 0.2, seed);
        assertEquals(2, rare(split.test()), "seed " + seed);
        assertEquals(8, rare(split.train()), "seed " + seed);
        Dataset all = DataFiles.open(file.toString(), options);
        assertEquals(2, rare(all.split(0.2, seed, true).test()));
      }
    }
    Preparation plain = Preparation.standard().withStratify(false);
    boolean other = false;
    for (long seed = 0; seed < 8; seed++) {
      DataOptions options = DataOptions.standard().withPreparation(plain);
      other |= rare(DataFiles.split(file.toString(), options, 0.2, seed).test()) != 2;
    }
    assertTrue(other, "without stratification chance decides");
  }

  /** How many rows of the first class, "rare", there are. */
  private static int rare(Dataset data) {
    int outputs = data.outputs();
    float[] targets = new float[data.rows() * outputs];
    data.copyTargets(Permutation.identity(data.rows()), 0, data.rows(), targets, 0);
    int rare = 0;
    for (int r = 0; r < data.rows(); r++) {
      boolean is = outputs == 1 ? targets[r] == 0 : targets[r * outputs] == 1;
      rare += is ? 1 : 0;
    }
    return rare;
  }

  @Test
  void noWordOrClassIsUnknownByChance() {
    Path homes = TestFiles.resource("cases/homes.csv");
    Path kinds =
        TestFiles.write("k.csv", "x,y\n" + "1,a\n2,b\n".repeat(10) + "3,once\n4,twice\n5,twice\n");
    for (long seed = 1; seed <= 30; seed++) {
      DataOptions standard = DataOptions.standard();
      assertEquals(15, DataFiles.split(homes.toString(), standard, 0.25, seed).test().rows());
      for (boolean stratify : new boolean[] {true, false}) {
        Preparation wish = Preparation.standard().withStratify(stratify);
        Split split = DataFiles.split(kinds.toString(), standard.withPreparation(wish), 0.25, seed);
        assertEquals(4, split.train().classes());
      }
    }
  }
}
