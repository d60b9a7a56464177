package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.lamella.base.Permutation;
import dev.lamella.data.Feature.Numeric;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DataFilesTest {
  private static final CsvOptions DETECT = CsvOptions.detect();
  private static final DataOptions STANDARD = DataOptions.standard();
  private static final DataOptions CLASSES =
      STANDARD.withPreparation(Preparation.standard().withKind(Target.Kind.LABELS));

  private static float[] inputs(Dataset data) {
    float[] into = new float[data.rows() * data.inputs()];
    data.copyInputs(Permutation.identity(data.rows()), 0, data.rows(), into, 0);
    return into;
  }

  private static Schema schema(Dataset data) {
    return Objects.requireNonNull(data.schema());
  }

  private static String images(Path folder) {
    byte[] pixels = IdxTest.idx(new byte[] {0, 51, -1, 102}, 2, 1, 2);
    Path images = TestFiles.overwrite(folder.resolve("i.gz"), TestFiles.gzip(pixels));
    return images
        + ","
        + TestFiles.overwrite(folder.resolve("l"), IdxTest.idx(new byte[] {1, 0}, 2));
  }

  @Test
  @Tag("kernels")
  void pixelsAreScaledAndTheSchemaKnows() {
    Dataset data = DataFiles.open(images(TestFiles.newFolder()), STANDARD);
    assertEquals("2 rows of 2 inputs, labels of 2 classes", data.toString());
    assertArrayEquals(new float[] {0, 51 * (1 / 255f), 1, 102 * (1 / 255f)}, inputs(data));
    assertEquals(1 / 255f, schema(data).scale());
  }

  @Test
  void otherFilesAreTreatedAsTheSchemaSays() {
    Path folder = TestFiles.newFolder();
    Dataset data = DataFiles.open(images(folder), STANDARD);
    String imagesAlone = folder.resolve("i.gz").toString();
    Dataset asked = DataFiles.openInputs(imagesAlone, DETECT, schema(data));
    assertArrayEquals(inputs(data), inputs(asked));
    assertEquals("2 rows of 2 inputs, no targets", asked.toString());
    // The same pixels in other formats are the same inputs.
    Path npy = folder.resolve("x.npy");
    Npy.write(npy, new float[] {0, 51, 255, 102}, 2, 2);
    Dataset fromNpy = DataFiles.openInputs(npy.toString(), DETECT, schema(data));
    assertArrayEquals(inputs(data), inputs(fromNpy));
    Path csv = TestFiles.write("x.csv", "0,51,1\n255,102,0\n");
    Dataset fromCsv = DataFiles.open(csv.toString(), DETECT, schema(data));
    assertArrayEquals(inputs(data), inputs(fromCsv));
    assertEquals("2 rows of 2 inputs, labels of 2 classes", fromCsv.toString());
    assertArrayEquals(
        inputs(data), inputs(DataFiles.openInputs(csv.toString(), DETECT, schema(data))));
    // Labels of the validation file must be among those of the training file.
    TestFiles.overwrite(folder.resolve("l"), IdxTest.idx(new byte[] {1, 2}, 2));
    TestFiles.assertMessage(
        DataException.class,
        "row 1 of l has the label 2, but the classes are 0, 1",
        folder.resolve("l"),
        () -> DataFiles.open(imagesAlone + "," + folder.resolve("l"), DETECT, schema(data)));
  }

  @Test
  void aFractionIsHeldOutBeforeAnythingIsLearned() {
    Path csv = TestFiles.write("t.csv", "x,y\n1,1\n2,2\n3,3\n4,4\n1000,5\n");
    for (long seed = 0; seed < 5; seed++) {
      Split split = DataFiles.split(csv.toString(), STANDARD, 0.2, seed);
      assertEquals(4, split.train().rows());
      double sum = 0;
      for (float x : inputs(split.train())) {
        sum += x;
      }
      assertEquals(0, sum, 1e-6, "standardized over the training rows");
      float[] target = new float[1];
      split.test().copyTargets(new int[] {0}, 0, 1, target, 0);
      Numeric x = (Numeric) schema(split.train()).features().getFirst();
      double held = target[0] == 5 ? 1000 : target[0];
      assertEquals((1010 - held) / 4, x.mean(), 1e-9);
      assertEquals((float) ((held - x.mean()) / x.deviation()), inputs(split.test())[0]);
    }
  }

  @Test
  void theSmallDataSetsAreRead() {
    assertEquals(
        "1797 rows of 64 inputs, labels of 10 classes",
        DataFiles.open(TestFiles.resource("data/digits.csv.gz").toString(), CLASSES).toString());
    for (String[] each :
        new String[][] {
          {"data/iris.csv", "150 rows of 4 inputs, labels of 3 classes"},
          {"data/wine_data.csv", "178 rows of 13 inputs, labels of 3 classes"},
          {"data/breast_cancer.csv", "569 rows of 30 inputs, labels of 2 classes"}
        }) {
      assertEquals(
          each[1], DataFiles.open(TestFiles.resource(each[0]).toString(), STANDARD).toString());
    }
  }

  @Test
  void targetsMayStandInAFileOfTheirOwn() {
    Path x = TestFiles.resource("data/diabetes_data_raw.csv.gz");
    Path y = TestFiles.resource("data/diabetes_target.csv.gz");
    Dataset data = DataFiles.open(x + "," + y, STANDARD);
    assertEquals("442 rows of 10 inputs, 1 numbers as target", data.toString());
    float[] first = new float[1];
    data.copyTargets(new int[] {0}, 0, 1, first, 0);
    assertEquals(151, first[0]);
    Dataset asked = DataFiles.openInputs(x.toString(), DETECT, schema(data));
    assertArrayEquals(inputs(data), inputs(asked));
    Path names = TestFiles.write("x.csv", "a,b\n1,2\n");
    Path price = TestFiles.write("y.csv", "7\n");
    Schema named = schema(DataFiles.open(names + ", " + price, STANDARD));
    assertEquals(List.of("a", "b"), named.inputNames());
    assertEquals("target", named.target().name());
  }

  @Test
  void columnsOfNumbersMayComeFromAnArray() {
    Path csv = TestFiles.write("t.csv", "a,b,y\n1,10,1\n3,30,2\n");
    Dataset data = DataFiles.open(csv.toString(), STANDARD);
    Path npy = TestFiles.newFolder().resolve("x.npy");
    Npy.write(npy, new float[] {1, 10, 3, 30}, 2, 2);
    Dataset asked = DataFiles.openInputs(npy.toString(), DETECT, schema(data));
    assertArrayEquals(inputs(data), inputs(asked));
    Npy.write(npy, new float[] {1, 10, 3, 30, 5, 6}, 2, 3);
    TestFiles.assertMessage(
        DataException.class,
        "x.npy has 3 numbers a row, but the model has 2 inputs",
        npy,
        () -> DataFiles.openInputs(npy.toString(), DETECT, schema(data)));
  }

  @Test
  void theKindOfTargetCanBeWished() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    String spec = x + "," + y;
    Npy.write(x, new float[] {1, 2}, 2, 1);
    Npy.write(y, new int[] {0, 1}, 2);
    for (Object[] each :
        new Object[][] {
          {Target.Kind.LABELS, Target.labels("target", List.of("0", "1"))},
          {Target.Kind.BINARY, Target.binary("target", List.of("0", "1"))},
          {Target.Kind.NUMBER, Target.numbers("target", 1)},
          {Target.Kind.NONE, Target.none()}
        }) {
      Preparation wish = Preparation.standard().withKind((Target.Kind) each[0]);
      assertEquals(each[1], schema(DataFiles.open(spec, STANDARD.withPreparation(wish))).target());
    }
    Npy.write(y, new float[] {0, 1, 1, 0}, 2, 2);
    assertEquals(Target.numbers("target", 2), schema(DataFiles.open(spec, CLASSES)).target());
    Npy.write(y, new float[] {0, 1.5f}, 2);
    TestFiles.assertMessage(
        DataException.class,
        "row 1 of y.npy is 1.5; labels are whole numbers, one a row",
        y,
        () -> DataFiles.open(spec, CLASSES));
  }

  @Test
  void whatIsNamedWronglyIsSaid() {
    Path csv = TestFiles.write("t.csv", "a,y\n1,2\n");
    Path npy = csv.resolveSibling("x.npy");
    Npy.write(npy, new float[] {1}, 1, 1);
    TestFiles.assertMessage(
        DataException.class,
        "t.csv and x.npy do not go together: one is a table and the other an array",
        csv,
        () -> DataFiles.open(csv + "," + npy, STANDARD));
    TestFiles.assertMessage(
        DataException.class,
        "x.npy has no targets; name a second file with them after a comma",
        npy,
        () -> DataFiles.open(npy.toString(), STANDARD));
    TestFiles.assertMessage(
        DataException.class,
        "\"a,b,c\" names 3 files; give one, or the inputs and the targets with a comma between",
        csv,
        () -> DataFiles.open("a,b,c", STANDARD));
    TestFiles.assertMessage(
        DataException.class,
        "\"a,\" names 2 files; give one, or the inputs and the targets with a comma between",
        csv,
        () -> DataFiles.open("a,", STANDARD));
    TestFiles.assertMessage(
        DataException.class,
        "nothing.csv does not exist",
        csv,
        () -> DataFiles.open(csv.resolveSibling("nothing.csv").toString(), STANDARD));
  }

  @Test
  void aCommaInTheNameOfAFileIsNoSeparator() {
    Path csv = TestFiles.write("a,b.csv", "a,y\n1,2\n");
    assertNotNull(DataFiles.open(csv.toString(), STANDARD));
  }
}
