package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.base.Permutation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Labels in arrays are the classes that are there, as in a table. */
class LabelsTest {
  private static final CsvOptions DETECT = CsvOptions.detect();

  private static DataOptions wished(Target.Kind kind) {
    return DataOptions.standard().withPreparation(Preparation.standard().withKind(kind));
  }

  private static Target target(Dataset data) {
    return Objects.requireNonNull(data.schema()).target();
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.rows()];
    data.copyLabels(Permutation.identity(data.rows()), 0, data.rows(), labels, 0);
    return labels;
  }

  @Test
  void labelsMayStartAtOne() {
    Path x = TestFiles.resource("cases/labels_x.npy");
    Path y = TestFiles.resource("cases/labels_1_to_3.npy");
    Dataset data = DataFiles.open(x + "," + y, DataOptions.standard());
    assertEquals("90 rows of 3 inputs, labels of 3 classes", data.toString());
    assertEquals(List.of("1", "2", "3"), target(data).classes());
    int[] inFile = Npy.read(y).ints();
    int[] labels = labels(data);
    for (int r = 0; r < labels.length; r++) {
      assertEquals(inFile[r] - 1, labels[r]);
    }
  }

  @Test
  void labelsAreOrderedAsNumbersWhateverTheyAre() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3, 4}, 4, 1);
    Npy.write(y, new int[] {100, -1, 20, -1}, 4);
    Dataset data = DataFiles.open(x + "," + y, DataOptions.standard());
    assertEquals(List.of("-1", "20", "100"), target(data).classes());
    assertArrayEquals(new int[] {2, 0, 1, 0}, labels(data));
    // Whole floats mean the same where classes are wanted.
    Npy.write(y, new double[] {100, -1, 9007199254740991.0, -1}, 4);
    Dataset floats = DataFiles.open(x + "," + y, wished(Target.Kind.LABELS));
    assertEquals(List.of("-1", "100", "9007199254740991"), target(floats).classes());
    // Labels that int and float cannot hold are exact.
    byte[] longs = NpyArchiveTest.bytes("<i8", "4,", new byte[32]);
    longs[longs.length - 2] = 1; // row 3 is 2^48
    longs[longs.length - 8] = 1; // plus 1
    TestFiles.overwrite(y, longs);
    Dataset large = DataFiles.open(x + "," + y, DataOptions.standard());
    assertEquals(List.of("0", "281474976710657"), target(large).classes());
  }

  @Test
  void laterFilesAreReadByTheNamesOfTheClasses() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3}, 3, 1);
    Npy.write(y, new int[] {10, 20, 30}, 3);
    Schema schema =
        Objects.requireNonNull(DataFiles.open(x + "," + y, DataOptions.standard()).schema());
    Npy.write(y, new double[] {30, 30, 10}, 3);
    assertArrayEquals(
        new int[] {2, 2, 0}, labels(DataFiles.open(x + "," + y, DETECT, schema)), "as floats");
    Path csv = TestFiles.write("t.csv", "1,20\n2,30\n3,10\n");
    assertArrayEquals(
        new int[] {1, 2, 0}, labels(DataFiles.open(csv.toString(), DETECT, schema)), "as a table");
    Npy.write(y, new int[] {10, 15, 20}, 3);
    TestFiles.assertMessage(
        DataException.class,
        "row 1 of y.npy has the label 15, but the classes are 10, 20, 30",
        y,
        () -> DataFiles.open(x + "," + y, DETECT, schema));
    // Where classes have words for names, as from the first line of a table, labels are places.
    Schema words = schema.withTarget(Target.labels("kind", List.of("ant", "bee", "cat")));
    Npy.write(y, new int[] {2, 0, 1}, 3);
    Dataset byPlace = DataFiles.open(x + "," + y, DETECT, words);
    assertArrayEquals(new int[] {2, 0, 1}, labels(byPlace));
    assertEquals(
        List.of(
            y
                + " has numbers where the model knows its classes by words; they are taken for places in the list ant, bee, cat, which starts with 0"),
        byPlace.notes());
    Npy.write(y, new int[] {1, 2, 3}, 3);
    TestFiles.assertMessage(
        DataException.class,
        "row 2 of y.npy has the label 3, but the classes are ant, bee, cat, counted from 0",
        y,
        () -> DataFiles.open(x + "," + y, DETECT, words));
  }

  @Test
  void twoWholeNumbersAreTwoClassesOfOneOutput() {
    String spec =
        TestFiles.resource("cases/domain_x.npy") + "," + TestFiles.resource("cases/domain_pm1.npy");
    Dataset data = DataFiles.open(spec, wished(Target.Kind.BINARY));
    assertEquals(Target.binary("target", List.of("-1", "1")), target(data));
    float[] targets = new float[data.rows()];
    data.copyTargets(Permutation.identity(data.rows()), 0, data.rows(), targets, 0);
    for (float each : targets) {
      assertEquals(1, Math.abs(2 * each - 1), "0 or 1");
    }
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2}, 2, 1);
    Npy.write(y, new float[] {1, 1}, 2);
    assertEquals(
        List.of("0", "1"),
        target(DataFiles.open(x + "," + y, wished(Target.Kind.BINARY))).classes());
    Npy.write(y, new float[] {0.25f, 1}, 2);
    assertEquals(
        Target.Kind.NUMBER,
        target(DataFiles.open(x + "," + y, wished(Target.Kind.BINARY))).kind(),
        "probabilities");
  }

  @Test
  void tooManyLabelsAreNoClasses() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    int[] all = Permutation.identity(100_001);
    Npy.write(x, new float[all.length], all.length, 1);
    Npy.write(y, all, all.length);
    TestFiles.assertMessage(
        DataException.class,
        "y.npy holds more than 100000 different labels, too many for classes; use mse for numbers",
        y,
        () -> DataFiles.open(x + "," + y, DataOptions.standard()));
  }
}
