package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamella.base.Permutation;
import dev.lamella.data.Feature.Categorical;
import dev.lamella.data.Feature.Numeric;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SchemaTest {
  private static final String HOUSES =
      """
      rooms,town,heat,price
      3,Aachen,gas,100
      5,Bonn,oil,300
      4,Aachen,gas,250
      """;

  private static final String WAY_OUT =
      "fill them in, choose what becomes of them with --missing drop, mean, median or most_frequent (CsvOptions.withMissing), or say with --missing-words which words mean it";

  private static Table table(String text) {
    return Csv.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "houses.csv",
        CsvOptions.detect());
  }

  private static float[][] inputs(Dataset data) {
    float[][] rows = new float[data.rows()][data.inputs()];
    for (int r = 0; r < rows.length; r++) {
      data.copyInputs(new int[] {r}, 0, 1, rows[r], 0);
    }
    return rows;
  }

  private static float[] targets(Dataset data) {
    float[] targets = new float[data.rows() * data.outputs()];
    data.copyTargets(Permutation.identity(data.rows()), 0, data.rows(), targets, 0);
    return targets;
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.rows()];
    data.copyLabels(Permutation.identity(data.rows()), 0, data.rows(), labels, 0);
    return labels;
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(DataException.class, code).getMessage());
  }

  private static void assertUnlearnable(String message, String text, Preparation preparation) {
    Table table = table(text);
    assertRefused(message, () -> Schema.learn(table, preparation).apply(table));
  }

  private static final Preparation STANDARD = Preparation.standard();
  private static final Preparation CLASSES = STANDARD.withKind(Target.Kind.LABELS);
  private static final Preparation BINARY = STANDARD.withKind(Target.Kind.BINARY);

  @Test
  void numbersAreStandardizedAndWordsBecomeOneHot() {
    Table table = table(HOUSES);
    Schema schema = Schema.learn(table, STANDARD);
    double deviation = Math.sqrt(2 / 3.0);
    assertEquals(
        Schema.ofColumns(
            List.of(
                new Numeric("rooms", 4, deviation),
                new Categorical("town", List.of("Aachen", "Bonn")),
                new Categorical("heat", List.of("gas", "oil"))),
            0,
            Target.columns(List.of(new Target.Column("price", 650 / 3.0, Math.sqrt(65000 / 9.0))))),
        schema);
    assertEquals(
        List.of("rooms", "town=Aachen", "town=Bonn", "heat=gas", "heat=oil"), schema.inputNames());
    Dataset data = schema.apply(table);
    float one = (float) (1 / deviation);
    assertArrayEquals(
        new float[][] {{-one, 1, 0, 1, 0}, {one, 0, 1, 0, 1}, {0, 1, 0, 1, 0}}, inputs(data));
    assertArrayEquals(new float[] {100, 300, 250}, targets(data));
    assertEquals(schema, data.schema());
  }

  @Test
  void meansAreThoseOfTrainingRowsAndWordsThoseOfAll() {
    Table table = table(HOUSES);
    Schema schema = Schema.learn(table, STANDARD, new int[] {0, 2});
    assertEquals(new Numeric("rooms", 3.5, 0.5), schema.features().get(0));
    assertEquals(new Categorical("town", List.of("Aachen", "Bonn")), schema.features().get(1));
    assertEquals(List.of(new Target.Column("price", 175, 75)), schema.target().columns());
    assertArrayEquals(new float[] {3, 0, 1, 0, 1}, inputs(schema.apply(table))[1]);
    Table other = table("rooms,town,heat,price\n3,Aachen,gas,1\n4,Cork,gas,2\n");
    assertRefused(
        "houses.csv:3: column \"town\" holds \"Cork\", which the training file does not have; correct it, or let unknown words count as no word: --allow-unknown, or Schema.withUnknownAsZeros",
        () -> schema.apply(other));
    float[][] rows = inputs(schema.withUnknownAsZeros().apply(other));
    assertArrayEquals(new float[] {1, 0, 0, 1, 0}, rows[1]);
    assertEquals(
        schema.withUnknownAsZeros(),
        Schema.learn(table, STANDARD.withUnknownAsZeros(true), new int[] {0, 2}));
  }

  @Test
  void columnsAreFoundByNameInAnyOrder() {
    Schema schema = Schema.learn(table(HOUSES), STANDARD.withStandardize(false));
    Table other = table("note,heat,town,rooms\nx,oil,Aachen,7\ny,gas,Bonn,8\n");
    Dataset data = schema.applyInputs(other);
    assertArrayEquals(new float[][] {{7, 1, 0, 0, 1}, {8, 0, 1, 1, 0}}, inputs(data));
    assertRefused(
        "houses.csv has no column \"price\", which the model needs; it has \"note\", \"heat\", \"town\", \"rooms\"",
        () -> schema.apply(other));
    assertRefused(
        "houses.csv has no line of names, but the model knows its columns by name; add the line rooms,town,heat",
        () -> schema.applyInputs(table("7,Aachen,gas,100\n8,Bonn,oil,200\n")));
  }

  @Test
  void columnsWithoutNamesAreFoundByPlace() {
    Schema schema =
        Schema.learn(table("1,2,3\n4,5,6\n"), STANDARD.withTarget("1").withStandardize(false));
    assertEquals(3, schema.places());
    assertArrayEquals(new float[][] {{7, 9}}, inputs(schema.apply(table("7,8,9\n"))));
    assertArrayEquals(new float[][] {{7, 9}}, inputs(schema.applyInputs(table("7,8,9\n"))));
    assertArrayEquals(new float[][] {{7, 9}}, inputs(schema.applyInputs(table("7,9\n"))));
    assertRefused(
        "houses.csv has 2 columns, but the model was trained with 3",
        () -> schema.apply(table("7,9\n")));
    assertRefused(
        "houses.csv has 4 columns, but the model was trained with 3",
        () -> schema.applyInputs(table("7,8,9,10\n")));
  }

  @Test
  void theTargetIsFoundByNameByIndexOrAsLast() {
    Table table = table(HOUSES);
    assertEquals("price", Schema.learn(table, STANDARD).target().name());
    assertEquals("rooms", Schema.learn(table, STANDARD.withTarget("rooms")).target().name());
    assertEquals("town", Schema.learn(table, STANDARD.withTarget("1")).target().name());
    assertEquals("heat", Schema.learn(table, STANDARD.withTarget("-2")).target().name());
    assertUnlearnable(
        "houses.csv has no column \"cost\"; it has \"rooms\", \"town\", \"heat\", \"price\"",
        HOUSES,
        STANDARD.withTarget("cost"));
    assertUnlearnable(
        "houses.csv has no column \"4\"; it has \"rooms\", \"town\", \"heat\", \"price\"",
        HOUSES,
        STANDARD.withTarget("4"));
    assertUnlearnable(
        "houses.csv has no column \"-4\"; it has 3 columns, counted from 0",
        "1,2,3\n4,5,6\n",
        STANDARD.withTarget("-4"));
  }

  @Test
  void columnsAreLeftOut() {
    Schema schema = Schema.learn(table(HOUSES), STANDARD.without("town", "heat"));
    assertEquals(List.of("rooms"), schema.inputNames());
    assertUnlearnable(
        "houses.csv has no columns left for the inputs; leave fewer of them out",
        HOUSES,
        STANDARD.without("town", "heat", "0"));
    Schema all = Schema.learn(table(HOUSES), STANDARD.withKind(Target.Kind.NONE));
    assertEquals(6, all.inputs());
    assertEquals(Target.none(), all.target());
  }

  @Test
  void wordsAndWholeNumbersBecomeLabels() {
    Dataset words = Schema.learn(table(HOUSES), STANDARD.withTarget("town")).apply(table(HOUSES));
    assertArrayEquals(new int[] {0, 1, 0}, labels(words));
    Table table = table("x,y\n1,10\n2,-1\n3,2\n4,10\n");
    Schema schema = Schema.learn(table, CLASSES);
    assertEquals(Target.labels("y", List.of("-1", "2", "10")), schema.target());
    assertArrayEquals(new int[] {2, 0, 1, 2}, labels(schema.apply(table)));
    assertRefused(
        "houses.csv:2: column \"y\" holds the class \"3\", which the training file does not have; it has -1, 2, 10",
        () -> schema.apply(table("x,y\n1,3\n")));
    assertUnlearnable(
        "houses.csv:3: column \"y\" holds \"2.5\"; classes are words or whole numbers; for numbers end the network with 1 unit and use mse",
        "x,y\n1,1\n1,2.5\n",
        CLASSES);
  }

  @Test
  void twoClassesMayShareOneOutput() {
    Table table = table("x,y\n1,yes\n2,no\n3,yes\n");
    Schema schema = Schema.learn(table, BINARY);
    assertEquals(Target.binary("y", List.of("no", "yes")), schema.target());
    assertArrayEquals(new float[] {1, 0, 1}, targets(schema.apply(table)));
    assertEquals(
        Target.binary("y", List.of("0", "1")),
        Schema.learn(table("x,y\n1,0\n2,1\n"), BINARY).target());
    assertEquals(
        Target.numbers("y", 1),
        Schema.learn(table("x,y\n1,0.25\n2,1\n"), BINARY).target().asTheyAre());
    assertUnlearnable(
        "column \"y\" of houses.csv has 3 classes, but a single output tells 2 apart; end the network with 3:softmax and leave the loss out",
        "x,y\n1,a\n2,b\n3,c\n",
        BINARY);
  }

  @Test
  void scikitLearnsClassNamesAreUsed() {
    Table iris = Csv.read(TestFiles.resource("data/iris.csv"), CsvOptions.detect());
    Schema schema = Schema.learn(iris, STANDARD);
    assertEquals(Target.labels("4", List.of("setosa", "versicolor", "virginica")), schema.target());
    int[] labels = labels(schema.apply(iris));
    assertEquals(0, labels[0]);
    assertEquals(2, labels[149]);
    assertUnlearnable(
        "houses.csv:4: column \"2\" holds \"2\", but the first line names 2 classes",
        "3,2,no,yes\n1,2,0\n1,2,1\n1,2,2\n",
        STANDARD);
  }

  @Test
  void aCellThatIsMissingIsNamed() {
    assertUnlearnable(
        "houses.csv has 1 missing cell in 1 of 2 rows (the first: houses.csv:3: column \"age\" is empty); "
            + WAY_OUT,
        "age,y\n1,1\n,2\n",
        STANDARD);
    assertUnlearnable(
        "houses.csv has 1 missing cell in 1 of 2 rows (the first: houses.csv:2: column \"age\" holds \"NA\"); "
            + WAY_OUT,
        "age,y\nNA,1\n3,2\n",
        STANDARD);
    assertUnlearnable(
        "houses.csv:3: column \"age\" holds \"inf\", not a finite number; fill it in, or leave the row out",
        "age,y\n1,1\ninf,2\n",
        STANDARD.withStandardize(false));
    assertUnlearnable(
        "houses.csv has 1 missing cell in 1 of 2 rows (the first: houses.csv:3: column \"town\" is empty); "
            + WAY_OUT,
        "town,y\nBonn,1\n,2\n",
        STANDARD);
    assertUnlearnable(
        "houses.csv has 1 missing cell in 1 of 2 rows (the first: houses.csv:3: column \"y\" is empty); "
            + WAY_OUT,
        "x,y\n1,1\n2,\n",
        STANDARD);
    assertUnlearnable(
        "column \"x\" of houses.csv has no values; leave the column out (--without \"x\", Preparation.without)",
        "x,y\n,1\n,2\n",
        STANDARD);
  }

  @Test
  void aSlipInAColumnOfNumbersIsNoWord() {
    assertUnlearnable(
        "houses.csv:4: column \"x\" holds \"1O\" where most rows hold numbers; correct the cell, leave the column out (--without \"x\", Preparation.without), or read it as words (--text \"x\", CsvOptions.withText)",
        "x,y\n1,1\n2,2\n1O,3\n",
        STANDARD);
  }

  /** A word among numbers to learn would make a class of every number. */
  @Test
  void aSlipInTheTargetIsNoClass() {
    String slip =
        "houses.csv:4: column \"y\" holds \"1O\" where most rows hold numbers; correct the cell, or read the column as words (--text \"y\", CsvOptions.withText)";
    String rows = "x,y\n1,1\n2,2\n3,1O\n4,3\n";
    for (Preparation wanted :
        List.of(
            STANDARD,
            STANDARD.withKind(Target.Kind.LABELS),
            STANDARD.withKind(Target.Kind.BINARY),
            STANDARD.withKind(Target.Kind.NUMBER),
            STANDARD.withTarget("y,x"))) {
      assertUnlearnable(slip, rows, wanted);
    }
    Table words = Csv.read(TestFiles.write("houses.csv", rows), CsvOptions.detect().withText("y"));
    assertEquals(List.of("1", "1O", "2", "3"), Schema.learn(words, STANDARD).target().classes());
  }

  @Test
  void aColumnThatOnlyIdentifiesRowsIsNoInput() {
    StringBuilder text = new StringBuilder("name,y\n");
    for (int i = 0; i < 30; i++) {
      text.append("person").append(i).append(",1\n");
    }
    assertUnlearnable(
        "column \"name\" of houses.csv holds 30 different words in 30 rows, too many to learn from; leave the column out (--without \"name\", Preparation.without)",
        text.toString(),
        STANDARD);
  }

  @Test
  void numbersTooLargeForAFloatAreNamed() {
    assertUnlearnable(
        "houses.csv:2: column \"x\" holds \"1e39\", too large for a float; scale the column, or leave it out",
        "x,y\n1e39,1\n2,2\n",
        STANDARD.withStandardize(false));
    assertUnlearnable(
        "column \"x\" of houses.csv holds numbers too large to standardize; scale them, or leave the column out (--without \"x\", Preparation.without)",
        "x,y\n1e300,1\n-1e300,2\n",
        STANDARD);
    assertUnlearnable(
        "houses.csv:2: column \"x\" holds \"1e400\", not a finite number; fill it in, or leave the row out",
        "x,y\n1e400,1\n-1e300,2\n",
        STANDARD);
  }

  @Test
  void aColumnThatNeverChangesBecomesZero() {
    Table table = table("x,y\n0.1,1\n0.1,2\n0.1,3\n");
    assertArrayEquals(
        new float[][] {{0}, {0}, {0}}, inputs(Schema.learn(table, STANDARD).apply(table)));
  }

  @Test
  void aTargetOfWordsIsNoNumber() {
    assertUnlearnable(
        "houses.csv:2: column \"town\" holds \"Aachen\", but this loss needs numbers; for its 2 classes end the network with 2:softmax and leave the loss out",
        HOUSES,
        STANDARD.withTarget("town").withKind(Target.Kind.NUMBER));
  }

  @Test
  void aSchemaChecksItself() {
    Target none = Target.none();
    assertThrows(IllegalArgumentException.class, () -> Schema.ofColumns(List.of(), 0, none));
    assertThrows(IllegalArgumentException.class, () -> Schema.ofArray(List.of(), none));
    assertThrows(IllegalArgumentException.class, () -> Schema.ofArray(List.of(0), none));
    assertThrows(
        IllegalArgumentException.class, () -> Schema.ofArray(List.of(1 << 20, 1 << 20), none));
    List<Feature> twice = List.of(new Numeric("a", 0, 1), new Numeric("a", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Schema.ofColumns(twice, 0, none));
    List<Feature> far = List.of(new Numeric("7", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Schema.ofColumns(far, 3, none));
    assertThrows(IllegalArgumentException.class, () -> new Numeric("a", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Numeric("a", Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Categorical("a", List.of("x", "x")));
    assertThrows(IllegalArgumentException.class, () -> new Categorical("a", List.of()));
    assertThrows(IllegalArgumentException.class, () -> Target.binary("y", List.of("a")));
    assertThrows(IllegalArgumentException.class, () -> Target.labels("y", List.of("a", "a")));
    assertThrows(IllegalArgumentException.class, () -> Target.labels("y", List.of()));
    assertThrows(IllegalArgumentException.class, () -> Target.numbers("y", 0));
    Dataset columns = Schema.learn(table(HOUSES), STANDARD).apply(table(HOUSES));
    assertEquals(
        "the inputs are columns of a table with preprocessing of their own and cannot be scaled by 2.0",
        assertThrows(IllegalArgumentException.class, () -> columns.scale(2)).getMessage());
  }
}
