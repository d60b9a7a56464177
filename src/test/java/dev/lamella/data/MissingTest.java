package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.base.Permutation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that say that there is nothing, and what becomes of them. */
class MissingTest {
  private static final Preparation AS_THEY_ARE = Preparation.standard().withStandardize(false);
  private static final String TABLE = "a,w,y\n1,red,10\nNA,blue,20\n4,?,30\n4,red,40\n9,red,\n";

  private static Table read(String text, CsvOptions options) {
    return Csv.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "t.csv", options);
  }

  private static Table read(String text, Missing policy) {
    return read(text, CsvOptions.detect().withMissing(policy));
  }

  private static float[] inputs(Dataset data) {
    float[] rows = new float[data.rows() * data.inputs()];
    data.copyInputs(Permutation.identity(data.rows()), 0, data.rows(), rows, 0);
    return rows;
  }

  private static String refused(org.junit.jupiter.api.function.Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @Test
  void byDefaultAllOfThemAreCountedInOneSentence() {
    Table table = read(TABLE, Missing.ERROR);
    String message = refused(() -> Schema.learn(table, AS_THEY_ARE));
    assertTrue(
        message.startsWith(
            "t.csv has 3 missing cells in 3 of 5 rows (the first: t.csv:3: column \"a\" holds \"NA\"); "),
        message);
    assertTrue(message.contains("--missing drop, mean, median or most_frequent"), message);
    // Not in columns that are not used.
    assertEquals(
        1,
        Schema.learn(
                read("a,b\n1,2\nNA,3\n", Missing.ERROR),
                AS_THEY_ARE.without("a").withKind(Target.Kind.NONE))
            .inputs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "-", "n/a", "#N/A", "<NA>"
      })
  void theUsualWordsMeanIt(String word) {
    for (String text :
        List.of("a,y\n1,2\n%s,3\n2,4\n", "a,y\nred,2\n%s,3\nblue,4\n", "y,a\n1,2\n%s,3\n2,4\n")) {
      Table table = read(text.formatted(word), Missing.ERROR);
      assertTrue(
          refused(() -> Schema.learn(table, AS_THEY_ARE))
              .contains("1 missing cell in 1 of 3 rows"));
    }
  }

  @ParameterizedTest
  @CsvSource({"MEAN,3", "MEDIAN,4", "MOST_FREQUENT,4"})
  void theyAreFilledWithWhatTheTrainingRowsTeach(Missing policy, float fill) {
    Table table = read(TABLE, policy);
    Schema schema = Schema.learn(table, AS_THEY_ARE);
    Dataset data = schema.apply(table);
    // The row without a target is left out, and said to be.
    assertArrayEquals(new float[] {1, 0, 1, fill, 1, 0, 4, 0, 1, 4, 0, 1}, inputs(data));
    String notes = String.join("\n", data.notes());
    assertTrue(notes.contains("2 missing cells in 2 rows of t.csv are filled"), notes);
    assertTrue(
        notes.contains(
            "1 of 5 rows of t.csv are left out, as their target is missing; the first is t.csv:6"),
        notes);
    // At prediction the same fills are used, whatever the new rows are.
    Dataset asked = schema.applyInputs(read("w,a\nNA,100\nblue,None\n", Missing.ERROR));
    assertArrayEquals(new float[] {100, 0, 1, fill, 1, 0}, inputs(asked));
    assertTrue(asked.notes().toString().contains("2 missing cells"), asked.notes().toString());
  }

  @Test
  void theTestRowsTeachNoFill() {
    Table table = read("a,y\n1,1\n3,1\n100,1\nNA,1\n", Missing.MEAN);
    Schema schema = Schema.learn(table, AS_THEY_ARE, new int[] {0, 1, 3});
    assertEquals(2.0, schema.reading().numbers().get("a"));
  }

  @Test
  void theirRowsAreDropped() {
    Table table = read(TABLE, Missing.DROP);
    Schema schema = Schema.learn(table, AS_THEY_ARE);
    Dataset data = schema.apply(table);
    assertArrayEquals(new float[] {1, 1, 4, 1}, inputs(data));
    assertTrue(data.notes().toString().contains("3 of 5 rows of t.csv are left out"));
    // A row to predict is never lost silently.
    String message = refused(() -> schema.applyInputs(read("a,w\nNA,red\n2,red\n", Missing.ERROR)));
    assertTrue(
        message.contains("1 missing cell in 1 of 2 rows")
            && message.contains("every row needs an answer"),
        message);
    assertTrue(
        refused(() -> Schema.learn(read("a,y\nNA,1\n2,\n", Missing.DROP), AS_THEY_ARE))
            .contains("no row is left"));
  }

  @ParameterizedTest
  @EnumSource(names = "ERROR", mode = EnumSource.Mode.EXCLUDE)
  void aMissingTargetIsNeverAClass(Missing policy) {
    for (String name : List.of("cases/label_na.csv", "cases/num_na.csv")) {
      Table table = Csv.read(TestFiles.resource(name), CsvOptions.detect().withMissing(policy));
      Schema schema = Schema.learn(table, Preparation.standard());
      assertEquals(List.of("no", "yes"), schema.target().classes());
      Split split = DataFiles.split(table, Preparation.standard(), 0.25, 1);
      int rows = split.train().rows() + split.test().rows();
      assertEquals(schema.apply(table).rows(), rows);
      assertFalse(split.train().notes().isEmpty());
    }
    String message =
        refused(() ->
            Schema.learn(
                Csv.read(TestFiles.resource("cases/label_na.csv"), CsvOptions.detect()),
                Preparation.standard()));
    assertTrue(message.contains("column \"label\" holds \"NA\""), message);
  }

  @Test
  void otherWordsCanMeanIt() {
    String countries = "c,y\nNA,1\nDE,2\n-999,3\n";
    CsvOptions namibia = CsvOptions.detect().withMissingWords();
    assertEquals(
        List.of("c=-999", "c=DE", "c=NA"),
        Schema.learn(read(countries, namibia), AS_THEY_ARE).inputNames());
    CsvOptions sentinel =
        CsvOptions.detect().withMissingWords("-999", "unknown").withMissing(Missing.MEDIAN);
    Table table = read("a,y\n-999,1\n2,2\n-999.0,3\nunknown,4\n6,5\n", sentinel);
    Schema schema = Schema.learn(table, AS_THEY_ARE);
    assertArrayEquals(new float[] {4, 2, 4, 4, 6}, inputs(schema.apply(table)));
    // The schema remembers the words.
    assertArrayEquals(
        new float[] {4}, inputs(schema.applyInputs(read("a\n-999\n", Missing.ERROR))));
    assertThrows(DataException.class, () -> schema.applyInputs(read("a\nNA\n", Missing.ERROR)));
  }

  @Test
  void aWordThatTheModelKnowsIsOne() {
    // As models know it that were trained when NA was a word.
    Schema old =
        Schema.ofColumns(
            List.of(new Feature.Categorical("w", List.of("?", "red"))),
            0,
            Target.labels("y", List.of("NA", "b")));
    Dataset data = old.apply(read("w,y\n?,NA\nred,b\n", Missing.ERROR));
    assertArrayEquals(new float[] {1, 0, 0, 1}, inputs(data));
    assertThrows(DataException.class, () -> old.apply(read("w,y\n,b\n", Missing.ERROR)));
    Schema zeros = old.withUnknownAsZeros();
    assertArrayEquals(
        new float[] {0, 0}, inputs(zeros.applyInputs(read("w,y\nN/A,b\n", Missing.ERROR))));
  }

  @Test
  void whatCannotBeLearnedIsNamed() {
    assertTrue(
        refused(() ->
                Schema.learn(
                    read("a,y\nNA,1\nNA,2\n5,3\n", Missing.MEAN), AS_THEY_ARE, new int[] {0, 1}))
            .contains("column \"a\" of t.csv has no values in the rows to train on"));
    assertTrue(
        refused(() -> Schema.learn(read("a,y\n1,NA\n2,\n", Missing.MEAN), AS_THEY_ARE))
            .contains("has no values to learn"));
    assertTrue(
        refused(() ->
                Schema.learn(
                    read("a,y\n1,1\ninf,2\nNA,3\n2,4\n", Missing.MEAN), Preparation.standard()))
            .contains("\"inf\", not a finite number"));
    assertThrows(IllegalArgumentException.class, () -> Missing.of("mode"));
    String slip =
        assertThrows(IllegalArgumentException.class, () -> Missing.of("medain")).getMessage();
    assertTrue(slip.contains("did you mean median?"), slip);
    assertEquals(Missing.MOST_FREQUENT, Missing.of("most_frequent"));
  }
}
