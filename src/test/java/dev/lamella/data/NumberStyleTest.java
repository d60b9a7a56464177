package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers with thousands separators, decimal commas, percent signs and currencies. */
class NumberStyleTest {
  private static final Preparation AS_THEY_ARE = Preparation.standard().withStandardize(false);

  private static Table read(String text) {
    return Csv.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "t.csv",
        CsvOptions.detect());
  }

  /** A column x of these cells between bars, in a file with semicolons or commas. */
  private static Table column(char separator, String cells) {
    StringBuilder text = new StringBuilder("x" + separator + "y\n");
    for (String cell : cells.split("\\|", -1)) {
      text.append('"').append(cell).append('"').append(separator).append("1.5\n");
    }
    return read(text.toString());
  }

  private static double[] numbers(Table table) {
    double[] numbers = new double[table.rows()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = table.number(row, 0);
    }
    return numbers;
  }

  private static String refusal(Table table, Schema schema) {
    return assertThrows(DataException.class, () -> schema.applyInputs(table)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        ", # 1,200|1,250,000|950 # 1200 1250000 950",
        ", # 1,200.50|3 # 1200.5 3",
        ", # 61,311|29,745 # 61311 29745",
        "; # 1,250,000|1,200 # 1250000 1200",
        "; # 3,5|4,25|7 # 3.5 4.25 7",
        "; # 3,5|1,200 # 3.5 1.2",
        "; # 0,500|0,250 # 0.5 0.25",
        "; # 1.250,00|950,50 # 1250 950.5",
        "; # 1.250.000|2.000.000 # 1250000 2000000",
        "; # 1 250 000,5|1 000,5 # 1250000.5 1000.5",
        "; # 1'250.50|3 # 1250.5 3",
        ", # 5%|12.5%|0|-3 % # 0.05 0.125 0 -0.03",
        ", # $3|$-4|-$5|6 # 3 -4 -5 6",
        ", # € 3|3 €|3€ # 3 3 3",
        ", # 3 EUR|EUR 4 # 3 4",
        ", # $1,200.50|$7 # 1200.5 7",
        ", # \u22125|7 # -5 7",
        ", # $3|NA|?| |$4 # 3 NaN NaN NaN 4"
      })
  void aColumnThatAgreesIsNumbers(char separator, String cells, String wanted) {
    Table table = column(separator, cells);
    assertTrue(table.isNumber(0), cells);
    double[] expected =
        java.util.Arrays.stream(wanted.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(expected, numbers(table));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        ", # $3|€4 # \"€4\"",
        ", # 5%|7 # \"7\"",
        ", # 7|5% # \"7\"",
        ", # 5%|$7 # \"$7\"",
        ", # 7|(3) # \"(3)\"",
        ", # (3)|(4) # \"(3)\"",
        "; # 1,200|1,300 # \"1,200\"",
        "; # 3,5|1.250 # \"1.250\"",
        "; # 3,5|1,250,000 # \"1,250,000\"",
        ", # 7|8|oops # \"oops\""
      })
  void aColumnThatDisagreesIsRefusedAsInputAndAsTarget(char separator, String cells, String shown) {
    Table table = column(separator, cells);
    assertFalse(table.isNumber(0), cells);
    String input =
        assertThrows(DataException.class, () -> Schema.learn(table, AS_THEY_ARE)).getMessage();
    assertTrue(input.contains("column \"x\" holds " + shown + " where "), input);
    String target =
        assertThrows(DataException.class, () -> Schema.learn(table, AS_THEY_ARE.withTarget("x")))
            .getMessage();
    String wayToWords = " (--text \"x\", CsvOptions.withText)";
    assertEquals(
        input.replaceFirst(
            ", leave the column out .*", ", or read the column as words" + wayToWords),
        target);
    assertTrue(input.endsWith(", or read it as words" + wayToWords), input);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A1|17|B2",
        "2020-01-01|2020-01-02",
        "10.0.0.1|10.0.0.2",
        "12:30|13:45",
        "1.2.3|1.2.4",
        "5 kg|6 kg",
        "low|5%|high",
        "1,2,3|4,5,6"
      })
  void wordsStayWords(String cells) {
    assertFalse(column(',', cells).isNumber(0));
    assertNotNull(Schema.learn(column(',', cells), AS_THEY_ARE));
  }

  @Test
  void theCasesAreNumbers() {
    Table prices = Csv.read(TestFiles.resource("cases/prices_few.csv"), CsvOptions.detect());
    assertEquals(2300, prices.number(0, 0));
    assertEquals(1_250_000, prices.number(1, 0));
    assertEquals(List.of("price"), Schema.learn(prices, AS_THEY_ARE).inputNames());
    Table income = Csv.read(TestFiles.resource("cases/thousand_y.csv"), CsvOptions.detect());
    assertEquals(Target.numbers("income", 1), Schema.learn(income, AS_THEY_ARE).target());
    assertEquals(61_311, income.number(0, 1));
    assertTrue(
        income.notes().toString().contains("\"61,311\", taken for 61311"),
        income.notes().toString());
  }

  @Test
  void aColumnReadAsTextStaysWords() {
    CsvOptions text = CsvOptions.detect().withText("x");
    byte[] bytes = "x,y\n\"1,200\",1\n5%,2\n".getBytes(StandardCharsets.UTF_8);
    Table table = Csv.read(new ByteArrayInputStream(bytes), "t.csv", text);
    assertEquals(2, Schema.learn(table, AS_THEY_ARE).inputs());
  }

  @Test
  void anotherUnitThanInTrainingIsRefused() {
    Schema plain = Schema.learn(column(',', "5|7"), AS_THEY_ARE);
    Schema percent = Schema.learn(column(',', "5%|7%"), AS_THEY_ARE);
    Schema dollars = Schema.learn(column(',', "$5|$7"), AS_THEY_ARE);
    assertEquals(
        "t.csv:2: column \"x\" holds \"5%\", but the model learned from numbers such as 1 there; write them in the same unit",
        refusal(column(',', "5%"), plain));
    assertEquals(
        "t.csv:3: column \"x\" holds \"5\", but the model learned from numbers such as 1% there; write them in the same unit",
        refusal(column(',', "0|5"), percent));
    assertTrue(refusal(column(',', "€5"), dollars).contains("numbers such as 1$ there"));
    assertEquals(1, plain.applyInputs(column(',', "$5")).rows());
    assertEquals(1, dollars.applyInputs(column(',', "5")).rows());
    // As a target that is measured, too.
    Schema target = Schema.learn(column(',', "5%|7%"), AS_THEY_ARE.withTarget("x"));
    assertThrows(DataException.class, () -> target.apply(column(',', "5|7")));
  }

  @Test
  void theModelKnowsWhatACommaIs() {
    Schema decimal = Schema.learn(column(';', "3,5|4,25"), AS_THEY_ARE);
    float[] row = new float[1];
    decimal.applyInputs(column(';', "1,200")).copyInputs(new int[] {0}, 0, 1, row, 0);
    assertEquals(1.2f, row[0]);
    decimal.applyInputs(column(',', "1,200")).copyInputs(new int[] {0}, 0, 1, row, 0);
    assertEquals(1.2f, row[0]);
    Schema thousands = Schema.learn(column(';', "1,250,000|950"), AS_THEY_ARE);
    thousands.applyInputs(column(';', "1,200")).copyInputs(new int[] {0}, 0, 1, row, 0);
    assertEquals(1200, row[0]);
    Schema plain = Schema.learn(column(';', "3|4"), AS_THEY_ARE);
    assertTrue(refusal(column(';', "1,200"), plain).contains("before decimals or between"));
  }

  @Test
  void trueIsOneWordHoweverWritten() {
    Table table = read("x,y\ntrue,1\nTRUE,2\nTrue,3\nfalse,4\n");
    Schema schema = Schema.learn(table, AS_THEY_ARE);
    assertEquals(List.of("x=false", "x=true"), schema.inputNames());
    float[] rows = new float[8];
    schema.apply(table).copyInputs(new int[] {0, 1, 2, 3}, 0, 4, rows, 0);
    assertArrayEquals(new float[] {0, 1, 0, 1, 0, 1, 1, 0}, rows);
    Schema python = Schema.learn(read("x,y\nTrue,1\nFalse,2\n"), AS_THEY_ARE);
    assertEquals(List.of("x=False", "x=True"), python.inputNames());
    assertEquals(2, python.applyInputs(read("x\ntrue\nFALSE\n")).rows());
    Schema labels = Schema.learn(table, AS_THEY_ARE.withTarget("x"));
    assertEquals(List.of("false", "true"), labels.target().classes());
  }
}
