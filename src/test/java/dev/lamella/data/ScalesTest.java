package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.base.Permutation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that do not change, numbers to learn and their names, and arrays treated as tables. */
class ScalesTest {
  private static final DataOptions STANDARD = DataOptions.standard();

  private static DataOptions wish(Preparation preparation) {
    return STANDARD.withPreparation(preparation);
  }

  private static Schema schema(Dataset data) {
    Schema schema = data.schema();
    if (schema == null) {
      throw new AssertionError("no schema");
    }
    return schema;
  }

  private static float[] inputs(Dataset data) {
    float[] inputs = new float[data.rows() * data.inputs()];
    data.copyInputs(Permutation.identity(data.rows()), 0, data.rows(), inputs, 0);
    return inputs;
  }

  private static float[] targets(Dataset data) {
    float[] targets = new float[data.rows() * data.outputs()];
    data.copyTargets(Permutation.identity(data.rows()), 0, data.rows(), targets, 0);
    return targets;
  }

  private static void assertRefused(String part, Path file, Preparation preparation) {
    String said =
        assertThrows(DataException.class, () -> DataFiles.open(file.toString(), wish(preparation)))
            .getMessage();
    assertTrue(String.valueOf(said).contains(part), said);
  }

  @Test
  void aConstantColumnIsZeroWhateverItHoldsLater() {
    Path train = TestFiles.write("t.csv", "a,c,y\n1,14.62,1\n2,14.62,2\n3,14.62,3\n");
    Schema schema = schema(DataFiles.open(train.toString(), STANDARD));
    assertEquals(new Feature.Constant("c"), schema.features().get(1));
    assertEquals(List.of("a", "c"), schema.inputNames());
    Path next = TestFiles.write("n.csv", "a,c\n2,14.62\n2,-1e300\n2,\n2,word\n");
    Dataset asked = DataFiles.openInputs(next.toString(), CsvOptions.detect(), schema);
    assertArrayEquals(new float[8], inputs(asked));
    Path array = TestFiles.write("n.npy", "");
    Npy.write(array, new float[] {2, 15}, 1, 2);
    assertArrayEquals(
        new float[2], inputs(DataFiles.openInputs(array.toString(), CsvOptions.detect(), schema)));
  }

  /** Doubles and large whole numbers are standardized as they are, not rounded to floats first. */
  @Test
  void anArrayGivesTheInputsOfTheSameTable() {
    double[] exact = {1e9 + 0.25, 3, 1e9 + 0.5, 5, 1e9 + 1.75, 16_777_217};
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int r = 0; r < 3; r++) {
      csv.append(exact[2 * r]).append(',').append(exact[2 * r + 1]).append(",1\n");
    }
    Path table = TestFiles.write("t.csv", csv.toString());
    Dataset rows = DataFiles.open(table.toString(), STANDARD);
    Path x = TestFiles.newFolder().resolve("x.npy");
    Npy.write(x, exact, 3, 2);
    CsvOptions detect = CsvOptions.detect();
    assertArrayEquals(
        inputs(rows), inputs(DataFiles.openInputs(x.toString(), detect, schema(rows))));
    // And so are the means and deviations that are learned from an array.
    Path y = x.resolveSibling("y.npy");
    Npy.write(y, new double[] {1, 1, 1}, 3);
    Dataset learned =
        DataFiles.open(x + "," + y, wish(Preparation.standard().withStandardize(true)));
    for (int c = 0; c < 2; c++) {
      Feature.Numeric column = (Feature.Numeric) schema(rows).features().get(c);
      assertEquals(
          new Feature.Numeric(Integer.toString(c), column.mean(), column.deviation()),
          schema(learned).features().get(c));
    }
    assertArrayEquals(inputs(rows), inputs(learned));
  }

  @Test
  void aColumnConstantToRoundingIsConstant() {
    Path noise = TestFiles.resource("cases/noise.csv");
    Preparation y = Preparation.standard().withTarget("y");
    Schema schema = schema(DataFiles.open(noise.toString(), wish(y)));
    assertEquals(new Feature.Constant("c"), schema.features().get(1));
    Path plain = TestFiles.write("p.csv", "a,y\n0.1,1\n0.1,2\n0.1,3\n");
    Preparation asTheyAre = Preparation.standard().withStandardize(false);
    assertArrayEquals(
        new float[] {0.1f, 0.1f, 0.1f},
        inputs(DataFiles.open(plain.toString(), wish(asTheyAre))),
        "as they are");
  }

  @Test
  void standardizedNumbersThatOverflowAreRefusedInArraysToo() {
    Schema tiny =
        Schema.ofColumns(List.of(new Feature.Numeric("a", 0, 1e-300)), 0, Target.numbers("y", 1));
    Path array = TestFiles.write("x.npy", "");
    Npy.write(array, new float[] {0, 2}, 2, 1);
    CsvOptions detect = CsvOptions.detect();
    String said =
        assertThrows(
                DataException.class, () -> DataFiles.openInputs(array.toString(), detect, tiny))
            .getMessage();
    assertTrue(String.valueOf(said).contains("row 1 of"), said);
    assertTrue(said.contains("holds 2.0 for column \"a\", too large for a float"), said);
    Path table = TestFiles.write("x.csv", "a\n0\n2\n");
    assertThrows(DataException.class, () -> DataFiles.openInputs(table.toString(), detect, tiny));
    Schema large = Schema.ofArray(List.of(1), Target.none()).scaled(3e38f);
    assertThrows(
        IllegalArgumentException.class,
        () -> DataFiles.openInputs(array.toString(), detect, large));
    Dataset rows = Dataset.ofInputs(new float[] {1, 2}, 1);
    assertEquals(
        "row 1, column 0 of the inputs is 2.0, too large for a float once multiplied by 3.0E38; correct it, or leave the row out",
        assertThrows(IllegalArgumentException.class, () -> rows.scale(3e38f)).getMessage());
  }

  @Test
  void aTargetHasItsScaleAndRowsKeepTheirUnits() {
    Path file = TestFiles.write("t.csv", "x,y\n1,1e12\n2,3e12\n3,5e12\n");
    Dataset data = DataFiles.open(file.toString(), STANDARD);
    double deviation = Math.sqrt(8 / 3.0) * 1e12;
    Target.Column column = schema(data).target().columns().getFirst();
    assertEquals("y", column.name());
    assertEquals(3e12, column.mean());
    assertEquals(deviation, column.deviation(), 1e-3);
    assertArrayEquals(new float[] {1e12f, 3e12f, 5e12f}, targets(data));
    Preparation standard = Preparation.standard();
    for (Preparation plain :
        List.of(standard.withStandardize(false), standard.withStandardizeTarget(false))) {
      assertEquals(
          Target.numbers("y", 1), schema(DataFiles.open(file.toString(), wish(plain))).target());
    }
    Path constant = TestFiles.write("c.csv", "x,y\n1,-4\n2,-4\n");
    assertEquals(
        List.of(new Target.Column("y", -4, 4)),
        schema(DataFiles.open(constant.toString(), STANDARD)).target().columns());
    Path large = TestFiles.write("l.csv", "x,y\n1,1e38\n2,-1e38\n");
    assertRefused("holds numbers too large to learn", large, standard);
  }

  @Test
  void severalColumnsAreLearnedUnderTheirNames() {
    Path file = TestFiles.write("t.csv", "a,\"b,c\",y1,\"y,2\",y\n1,2,3,4,5\n2,4,6,8,10\n");
    Preparation several = Preparation.standard().withTarget("y1,y,2").withStandardize(false);
    Dataset data = DataFiles.open(file.toString(), wish(several));
    assertEquals(List.of("y1", "y,2"), schema(data).target().outputNames());
    assertArrayEquals(new float[] {3, 4, 6, 8}, targets(data));
    assertEquals(List.of("a", "b,c", "y"), schema(data).inputNames());
    Preparation alone = Preparation.standard().withTarget("y,2").without("b,c,y", "0");
    assertEquals(List.of("y1"), schema(DataFiles.open(file.toString(), wish(alone))).inputNames());
    Preparation standard = Preparation.standard();
    assertRefused("names the column \"y1\" twice", file, standard.withTarget("y1,2"));
    assertRefused("has no column \"z\"", file, standard.withTarget("y1,z"));
    Path words = TestFiles.write("w.csv", "a,b,c\n1,red,2\n2,blue,3\n");
    assertRefused(
        "holds \"red\", but a target of several columns needs numbers; learn it by itself",
        words,
        standard.withTarget("b,c"));
  }

  @Test
  void severalColumnsWithoutNamesAreFoundByPlace() {
    Path file = TestFiles.write("t.csv", "1,2,3,4\n5,6,7,8\n");
    Preparation places = Preparation.standard().withTarget("0,2").withStandardize(false);
    Schema schema = schema(DataFiles.open(file.toString(), wish(places)));
    CsvOptions detect = CsvOptions.detect();
    Path without = TestFiles.write("n.csv", "9,10\n");
    assertArrayEquals(
        new float[] {9, 10}, inputs(DataFiles.openInputs(without.toString(), detect, schema)));
    assertArrayEquals(
        new float[] {2, 4, 6, 8}, inputs(DataFiles.openInputs(file.toString(), detect, schema)));
    assertArrayEquals(
        new float[] {1, 3, 5, 7}, targets(DataFiles.open(file.toString(), detect, schema)));
  }

  @Test
  void oneClassAloneIsNothingToLearn() {
    String sentence = "holds one class only, ";
    Path words = TestFiles.write("w.csv", "x,kind\n1,only\n2,only\n");
    for (Target.Kind kind : List.of(Target.Kind.LABELS, Target.Kind.BINARY)) {
      assertRefused(sentence + "\"only\"", words, Preparation.standard().withKind(kind));
      Path numbers = TestFiles.write("n.csv", "x,kind\n1,7\n2,7\n");
      assertRefused(sentence + "\"7\"", numbers, Preparation.standard().withKind(kind));
    }
    assertRefused(sentence, words, Preparation.standard());
  }

  @Test
  void arraysStayAsTheyAreUnlessAsked() {
    Path x = TestFiles.write("x.npy", "");
    Path y = TestFiles.write("y.npy", "");
    Npy.write(x, new float[] {1, 5, 3, 5}, 2, 2);
    Npy.write(y, new float[] {100, 300}, 2);
    String spec = x + "," + y;
    Schema plain = schema(DataFiles.open(spec, STANDARD));
    assertEquals(List.of(2), plain.shape());
    assertTrue(!plain.target().standardized());
    Preparation asked = Preparation.standard().withStandardize(true);
    Dataset data = DataFiles.open(spec, wish(asked));
    assertArrayEquals(new float[] {-1, 0, 1, 0}, inputs(data));
    assertEquals(200, schema(data).target().columns().getFirst().mean());
    assertEquals(100, schema(data).target().columns().getFirst().deviation());
    assertArrayEquals(new float[] {100, 300}, targets(data));
    Split split = DataFiles.split(spec, wish(asked), 0.5, 1);
    float only = targets(split.train())[0];
    assertEquals(only, schema(split.train()).target().columns().getFirst().mean());
  }
}
