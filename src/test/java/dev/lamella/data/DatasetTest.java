package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.base.Permutation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DatasetTest {
  private static final float[][] X = {{1, 2}, {3, 4}, {5, 6}};

  private static float[] inputs(Dataset data) {
    float[] into = new float[data.rows() * data.inputs()];
    data.copyInputs(Permutation.identity(data.rows()), 0, data.rows(), into, 0);
    return into;
  }

  private static float[] targets(Dataset data) {
    float[] into = new float[data.rows() * data.outputs()];
    data.copyTargets(Permutation.identity(data.rows()), 0, data.rows(), into, 0);
    return into;
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void numbersAreGatheredInTheOrderAskedFor() {
    Dataset data = Dataset.of(X, new float[][] {{10}, {20}, {30}});
    assertEquals(3, data.rows());
    assertEquals(2, data.inputs());
    assertEquals(1, data.outputs());
    assertTrue(data.hasTargets());
    assertFalse(data.hasLabels());
    assertEquals(0, data.classes());
    assertNull(data.schema());
    float[] into = new float[6];
    data.copyInputs(new int[] {0, 2, 0, 1}, 1, 3, into, 1);
    assertArrayEquals(new float[] {0, 5, 6, 1, 2, 0}, into);
    data.copyTargets(new int[] {2, 1}, 0, 2, into, 4);
    assertArrayEquals(new float[] {0, 5, 6, 1, 30, 20}, into);
    assertEquals("3 rows of 2 inputs, 1 numbers as target", data.toString());
  }

  @Test
  void numbersInDoubleAreRoundedToFloat() {
    double[][] x = {{0.1, 1e-60}, {-2, 16_777_217}};
    Dataset data = Dataset.of(x, new double[][] {{1.0 / 3}, {4}});
    assertArrayEquals(new float[] {0.1f, 0, -2, 16_777_216}, inputs(data));
    assertArrayEquals(new float[] {1 / 3f, 4}, targets(data));
    assertArrayEquals(inputs(data), inputs(Dataset.ofLabels(x, new int[] {1, 0}, 2)));
    assertRefused(
        "row 1, column 0 of x is 1.0E39, too large for a float; scale the column, or leave it out",
        () -> Dataset.of(new double[][] {{1}, {1e39}}, new double[][] {{1}, {2}}));
    assertRefused(
        "row 0, column 0 of y is NaN; only finite numbers can be learned from",
        () -> Dataset.of(new double[][] {{1}}, new double[][] {{Double.NaN}}));
    assertRefused(
        "row 0, column 1 of x is Infinity; only finite numbers can be learned from",
        () -> Dataset.ofLabels(new double[][] {{1, Double.POSITIVE_INFINITY}}, new int[] {0}, 1));
  }

  @Test
  void labelsAreGatheredAsIntegersAndAsOneHot() {
    Dataset data = Dataset.ofLabels(X, new int[] {2, 0, 1}, 4);
    assertTrue(data.hasLabels());
    assertEquals(4, data.classes());
    assertEquals(4, data.outputs());
    int[] labels = new int[3];
    data.copyLabels(new int[] {0, 1, 2}, 1, 3, labels, 1);
    assertArrayEquals(new int[] {0, 0, 1}, labels);
    float[] dirty = {9, 9, 9, 9, 9};
    data.copyTargets(new int[] {0}, 0, 1, dirty, 1);
    assertArrayEquals(new float[] {9, 0, 0, 1, 0}, dirty);
    assertEquals("3 rows of 2 inputs, labels of 4 classes", data.toString());
  }

  @Test
  void aLineNeedsTwoArrays() {
    Dataset line = Dataset.of(new float[] {1, 2}, new float[] {5, 7});
    assertEquals("2 rows of 1 inputs, 1 numbers as target", line.toString());
  }

  @Test
  void withoutTargetsThereIsNothingToCopy() {
    Dataset data = Dataset.ofInputs(X);
    assertFalse(data.hasTargets());
    assertEquals(0, targets(data).length);
    assertEquals("3 rows of 2 inputs, no targets", data.toString());
    assertEquals(
        "this dataset has no targets, no labels; use copyTargets",
        assertThrows(
                IllegalStateException.class,
                () -> data.copyLabels(new int[] {0}, 0, 1, new int[1], 0))
            .getMessage());
  }

  @Test
  void viewsOfViewsShowTheRightRows() {
    Dataset data = Dataset.of(X, new float[][] {{10}, {20}, {30}});
    assertArrayEquals(new float[] {3, 4, 5, 6}, inputs(data.rows(1, 3)));
    assertArrayEquals(new float[] {5, 6, 3, 4}, inputs(data.rows(1, 3).select(1, 0)));
    assertArrayEquals(new float[] {1, 2}, inputs(data.select(2, 0, 1).rows(1, 2)));
    assertArrayEquals(new float[] {20}, targets(data.select(2, 1).rows(1, 2)));
    assertArrayEquals(new float[] {2, 4, 6, 8}, inputs(data.scale(2).rows(0, 2)));
    assertArrayEquals(new float[] {3, 6, 15, 18}, inputs(data.select(0, 2).scale(6).scale(.5f)));
    assertThrows(IndexOutOfBoundsException.class, () -> data.rows(1, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> data.rows(1, 3).select(2));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> data.rows(1, 3).copyInputs(new int[] {2}, 0, 1, new float[2], 0));
  }

  @Test
  @Tag("kernels")
  void bytesAreScaledWhenTheyAreGathered() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    for (int width : new int[] {1, 2, 32, 64, 256}) {
      Inputs stored = new Inputs.Bytes(bytes, 256 / width, width);
      Dataset data =
          Dataset.of(stored, new Targets.None(), Schema.ofArray(List.of(width), Target.none()));
      float[] raw = inputs(data);
      float[] scaled = inputs(data.scale(1 / 255f));
      for (int i = 0; i < 256; i++) {
        assertEquals(i, raw[i]);
        assertEquals(i * (1 / 255f), scaled[i]);
      }
      assertEquals(1, scaled[255]);
    }
  }

  @Test
  void aSplitDealsEveryRowOnceAndTheSameWayForTheSameSeed() {
    float[][] x = new float[101][1];
    int[] labels = new int[101];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = i;
      labels[i] = i;
    }
    Split split = Dataset.ofLabels(x, labels, 101).split(0.2, 42);
    assertEquals(81, split.train().rows());
    assertEquals(20, split.test().rows());
    Set<Float> seen = new HashSet<>();
    for (Dataset part : List.of(split.train(), split.test())) {
      float[] values = inputs(part);
      int[] partLabels = new int[part.rows()];
      part.copyLabels(Permutation.identity(part.rows()), 0, part.rows(), partLabels, 0);
      for (int i = 0; i < values.length; i++) {
        assertTrue(seen.add(values[i]));
        assertEquals(values[i], partLabels[i], "inputs and labels stay together");
      }
    }
    assertEquals(101, seen.size());
    // Pinned: a seed means the same parts on every machine and in every version.
    assertArrayEquals(new float[] {91, 7, 41, 8, 17}, inputs(split.test().rows(0, 5)));
    assertEquals(1, Dataset.ofInputs(X).split(0.001, 1).test().rows());
    assertEquals(2, Dataset.ofInputs(X).split(0.999, 1).test().rows());
  }

  @Test
  void aSplitNeedsAFractionAndTwoRows() {
    for (double fraction : new double[] {0, 1, -0.5, 2, Double.NaN}) {
      assertRefused(
          "the test part must be a fraction between 0 and 1, such as 0.2, not " + fraction,
          () -> Dataset.ofInputs(X).split(fraction, 1));
    }
    assertRefused(
        "1 row cannot be split into two parts; at least 2 are needed",
        () -> Dataset.ofInputs(X).rows(0, 1).split(0.5, 1));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertRefused(
        "x has no rows; there is nothing to learn from",
        () -> Dataset.of(new float[0][], new float[0][]));
    assertRefused(
        "row 1 of x has 1 numbers, but row 0 has 2; all rows need the same length",
        () -> Dataset.ofInputs(new float[][] {{1, 2}, {3}}));
    assertRefused(
        "3 rows of inputs stand beside 2 rows of targets; each row needs one",
        () -> Dataset.of(X, new float[][] {{1}, {2}}));
    assertRefused(
        "3 rows of inputs stand beside 1 labels; each row needs one",
        () -> Dataset.ofLabels(X, new int[] {1}, 2));
    assertRefused(
        "row 2 has label 3, but 3 classes have the labels 0 to 2",
        () -> Dataset.ofLabels(X, new int[] {0, 2, 3}, 3));
    assertRefused(
        "row 1 has label -1, but 3 classes have the labels 0 to 2",
        () -> Dataset.ofLabels(X, new int[] {0, -1, 3}, 3));
    assertRefused(
        "labels need at least 1 class, not 0", () -> Dataset.ofLabels(X, new int[] {0, 0, 0}, 0));
    assertRefused(
        "x has 5 numbers, which do not make whole rows of 2",
        () -> Dataset.ofInputs(new float[5], 2));
    assertRefused(
        "a row of x needs at least 1 number, not 0", () -> Dataset.ofInputs(new float[5], 0));
    assertRefused(
        "inputs cannot be scaled by Infinity",
        () -> Dataset.ofInputs(X).scale(Float.POSITIVE_INFINITY));
  }

  @Test
  void numbersThatAreNotFiniteAreNamedWithTheirPlace() {
    assertRefused(
        "row 1, column 0 of x is NaN; only finite numbers can be learned from",
        () -> Dataset.ofInputs(new float[][] {{1, 2}, {Float.NaN, 4}}));
    assertRefused(
        "row 0, column 1 of y is -Infinity; only finite numbers can be learned from",
        () -> Dataset.of(new float[4], 1, new float[] {0, -1 / 0f, 0, 0, 0, 0, 0, 0}, 2));
  }

  @Test
  void allInputsAreCopiedAtOnceInTheOrderAndScaleOfTheView() {
    Dataset data = Dataset.ofInputs(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    float[][] copy = data.select(2, 0).scale(2).copyInputs();
    assertArrayEquals(new float[][] {{10, 12}, {2, 4}}, copy);
    copy[0][0] = 7;
    assertArrayEquals(new float[] {5, 6}, data.copyInputs()[2]);
  }
}
