package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Raw values become the inputs that the cells of a file become, or the same refusal. */
class RowEncoderTest {
  private static final List<Feature> FEATURES =
      List.of(
          new Feature.Numeric("plain", 12.345, 6.789),
          new Feature.Numeric("as it is", 0, 1),
          new Feature.Numeric("rate", 0.1, 0.03),
          new Feature.Numeric("comma", 1.5, 2),
          new Feature.Constant("constant"),
          new Feature.Categorical("color", List.of("NA", "blue", "dark red", "true")),
          new Feature.Categorical("flag", List.of("False", "True")),
          new Feature.Categorical("code", List.of("-7", "007", "101", "102")),
          new Feature.Numeric("single", 3, 0.7));

  private static final Map<String, String> STYLES = Map.of("rate", "1%", "comma", "1,5");

  enum Color {
    blue,
    pink
  }

  /** Components in another order and other words than the columns, and one that no column wants. */
  record Raw(
      String other,
      float single,
      int code,
      double plain,
      @Nullable Double asItIs,
      boolean flag,
      @Nullable Object color,
      @Nullable String rate,
      @Nullable String comma,
      @Nullable Object constant) {}

  record Small(double age, String color) {}

  private static Schema schema(Missing missing, boolean unknownAsZeros) {
    Map<String, Double> numbers = Map.of("plain", 13.1, "as it is", -0.25, "rate", 0.07);
    Map<String, String> words = Map.of("color", "dark red", "code", "102");
    Set<String> missingWords = Set.of("", "NA", "NaN", "-999", "?");
    Target target = Target.numbers("y", 1);
    Schema schema =
        Schema.ofColumns(FEATURES, 0, target)
            .withReading(new Reading(missing, missingWords, numbers, words, STYLES));
    return unknownAsZeros ? schema.withUnknownAsZeros() : schema;
  }

  private static Schema small() {
    return Schema.ofColumns(
        List.of(
            new Feature.Numeric("age", 40, 10),
            new Feature.Categorical("color", List.of("blue", "red"))),
        0,
        Target.numbers("y", 1));
  }

  private static float[] throughText(Schema schema, List<String> cells) {
    String text =
        schema.features().stream().map(Feature::name).collect(Collectors.joining(";"))
            + "\n"
            + cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(";"));
    Table table =
        Csv.read(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            "t.csv",
            CsvOptions.detect().withHeader(true).withSeparator(';'));
    return schema.applyInputs(table).copyInputs()[0];
  }

  private interface Inputs {
    float[] of();
  }

  private static float @Nullable [] inputsOrRefusal(Inputs inputs) {
    try {
      return inputs.of();
    } catch (DataException e) {
      return null;
    }
  }

  private static float[] inputs(RowEncoder row) {
    float[] inputs = new float[row.inputs() + 2];
    row.encode(inputs, 1);
    assertEquals(0, inputs[0] + inputs[inputs.length - 1], "outside of the range");
    return Arrays.copyOfRange(inputs, 1, inputs.length - 1);
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 4000)
  void everyWayGivesTheBitsOfTheFile(@ForAll Random random) {
    Schema schema = schema(one(random, List.of(Missing.values())), random.nextBoolean());
    double[] doubles = {
      random.nextGaussian(), 12.345, -999, 1e300, Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e-7
    };
    Double usual = random.nextGaussian() * 1e3;
    Double asItIs = one(random, Arrays.asList(usual, usual, null, doubles[random.nextInt(8)]));
    String color =
        one(
            random,
            List.of("blue", "dark red", "pink", "NA", "?", "", " blue ", "TRUE", "-999.0", "true"));
    List<String> rates =
        List.of("5%", "12.5 %", "0", "-3%", "1,5%", "40%", "7", "", "$3", "x", "-999", "(3)");
    List<String> commas =
        List.of("1,5", "1.250,25", "-3", "1.5", "abc", "?", "1,250", "€ 4,5", "7,25");
    Raw raw =
        new Raw(
            "other",
            random.nextFloat() * random.nextInt(5),
            one(random, List.of(101, 101, 102, 102, -7, -7, 7, -999)),
            random.nextInt(4) > 0 ? random.nextGaussian() : doubles[random.nextInt(8)],
            asItIs,
            random.nextBoolean(),
            color.equals("?") ? null : color,
            one(random, rates),
            one(random, commas),
            one(random, List.of(1, "x", Optional.empty())));
    Map<String, Object> map = new HashMap<>();
    map.put("plain", raw.plain);
    map.put("as it is", raw.asItIs);
    map.put("rate", raw.rate);
    map.put("comma", raw.comma);
    map.put("constant", raw.constant);
    map.put("color", raw.color);
    map.put("flag", raw.flag);
    map.put("code", raw.code);
    map.put("single", raw.single);
    map.put("y", "whatever");
    RowEncoder row = schema.rowEncoder();
    List<Object> values = row.columns().stream().map(map::get).collect(Collectors.toList());
    List<String> cells =
        Arrays.asList(
            "" + raw.plain,
            raw.asItIs == null ? "" : "" + raw.asItIs,
            "" + raw.rate,
            "" + raw.comma,
            "" + raw.constant,
            raw.color == null ? "" : "" + raw.color,
            "" + raw.flag,
            "" + raw.code,
            "" + (double) raw.single);

    float[] expected = inputsOrRefusal(() -> throughText(schema, cells));
    Statistics.collect(expected != null);
    Statistics.coverage(rows -> rows.check(true).percentage(share -> share > 20));
    row.set(0, 1.0).set(5, "blue"); // what an earlier row left behind
    assertArrayEquals(expected, inputsOrRefusal(() -> inputs(row.set(map))), "map");
    assertArrayEquals(expected, inputsOrRefusal(() -> inputs(row.set(raw))), "record");
    assertArrayEquals(expected, inputsOrRefusal(() -> inputs(row.set(values))), "values");
    assertArrayEquals(expected, inputsOrRefusal(() -> inputs(row.set(cells))), "cells");
    Inputs columnByColumn =
        () -> {
          row.set(row.column("flag"), raw.flag).set(row.column("code"), raw.code);
          row.set(row.column("plain"), raw.plain).set(row.column("single"), raw.single);
          for (String name : List.of("as it is", "rate", "comma", "constant", "color")) {
            row.set(row.column(name), map.get(name));
          }
          return inputs(row);
        };
    assertArrayEquals(expected, inputsOrRefusal(columnByColumn), "column by column");
    assertArrayEquals(expected, inputsOrRefusal(() -> inputs(row.set(map))), "once more");
  }

  @Test
  void aValueMayHaveAnyClassThatHasOneText() {
    RowEncoder row = small().rowEncoder();
    float[] expected = {0.5f, 1, 0};
    for (Object age :
        List.of(45, 45L, (short) 45, (byte) 45, 45f, 45.0, new BigDecimal("45"), "45", " 4.5e1 ")) {
      assertArrayEquals(expected, inputs(row.set(Map.of("age", age, "color", "blue"))));
    }
    for (Object blue : List.of("blue", Color.blue, CharBuffer.wrap("blue"), Optional.of("blue"))) {
      assertArrayEquals(expected, inputs(row.set(List.of(45, blue))));
    }
    assertArrayEquals(new float[] {0.5f, 0, 1}, inputs(row.set(new Small(45, "red"))));
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(DataException.class, code).getMessage());
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheColumnAndAWayOut() {
    RowEncoder row = small().rowEncoder();
    assertRefused(
        "column \"age\" is given \"old\", not a finite number; correct it, or give null where the value is missing",
        () -> row.set(Map.of("age", "old", "color", "red")));
    assertRefused(
        "column \"age\" is given \"true\", not a finite number; correct it, or give null where the value is missing",
        () -> row.set(List.of(true, "red")));
    assertRefused(
        "column \"age\" is given \"1,500\": its comma may stand before decimals or between thousands; write decimals with a point, and nothing between thousands",
        () -> row.set(List.of("1,500", "red")));
    assertRefused(
        "column \"age\" is given 1.0E300, too large for a float; correct it",
        () -> row.set(0, 1e300));
    assertRefused(
        "column \"color\" is given \"pink\", which the training file does not have; correct it, or let unknown words count as no word: Schema.withUnknownAsZeros",
        () -> row.set(List.of(1, Color.pink)));
    assertRefused(
        "column \"color\" is given a java.util.ImmutableCollections$ListN, which is no cell; give a number, a text, a boolean, a constant of an enum, or null where the value is missing",
        () -> row.set(1, List.of()));
    assertRefused(
        "column \"age\" is missing; fill it in, or train with --missing mean, median or most_frequent (CsvOptions.withMissing), which fills it",
        () -> row.set(0, null));
    assertRefused(
        "column \"rate\" is given \"0.05\", but the model learned from numbers such as 1% there; give a text in the same unit",
        () -> schema(Missing.ERROR, false).rowEncoder().set(2, 0.05));
    assertArrayEquals(new float[] {-4, 1, 0}, inputs(row.set(List.of(0, "blue"))), "goes on");
  }

  @Test
  void aRowThatIsNotWholeIsRefused() {
    RowEncoder row = small().rowEncoder();
    assertRefused(
        "the row has no column \"age\", which the model needs; give it null if its value is missing (the row has \"Age\")",
        () -> row.set(Map.of("Age", 3)));
    assertRefused(
        "the row has 3 values, but the model has 2 columns: \"age\", \"color\"",
        () -> row.set(List.of(1, 2, 3)));
    assertRefused(
        "the model has no column \"colour\"; it has \"age\", \"color\"",
        () -> row.column("colour"));
    inputs(row.set(new Small(1, "red")));
    row.set(row.column("age"), 4);
    assertEquals(
        "column \"color\" was not given in this row; give every column, null where its value is missing",
        assertThrows(IllegalStateException.class, () -> row.encode(new float[3], 0)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> row.set(2, 1.0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> row.set(List.of(1, "red")).encode(new float[2], 0));
  }

  record Unlike(double years, String color) {}

  record Twice(double age, double Age, String color) {}

  record Signs(double x1) {}

  @Test
  void aRecordThatDoesNotTellItsColumnsIsRefused() {
    RowEncoder row = small().rowEncoder();
    assertRefused(
        "record dev.lamella.data.RowEncoderTest$Unlike has no component for column \"age\", which the model needs; add one of that name, or give a map (it has \"years\", \"color\")",
        () -> row.set(new Unlike(1, "red")));
    assertArrayEquals(new float[] {-3, 0, 1}, inputs(row.set(new Twice(10, 20, "red"))), "exact");
    Feature plus = new Feature.Numeric("x+1", 0, 1);
    Feature minus = new Feature.Numeric("x-1", 0, 1);
    Target target = Target.numbers("y", 1);
    RowEncoder signs = Schema.ofColumns(List.of(plus, minus), 0, target).rowEncoder();
    assertRefused(
        "component x1 of record dev.lamella.data.RowEncoderTest$Signs would give both column \"x+1\" and column \"x-1\"; give a map",
        () -> signs.set(new Signs(1)));
    RowEncoder upper =
        Schema.ofColumns(List.of(new Feature.Numeric("AGE", 0, 1)), 0, target).rowEncoder();
    assertRefused(
        "record dev.lamella.data.RowEncoderTest$Twice has 2 components for column \"AGE\", which the model needs; add one of that name, or give a map (it has \"age\", \"Age\", \"color\")",
        () -> upper.set(new Twice(1, 2, "")));
  }

  @Test
  void aSchemaOfArraysLeadsToAPredictor() {
    Schema pixels = Schema.ofArray(List.of(28, 28), Target.numbers("y", 1));
    assertEquals(
        "the schema is that of an array of shape [28, 28], which has no columns to give by name; give the numbers of a row as float[] to a predictor of the network",
        assertThrows(IllegalStateException.class, pixels::rowEncoder).getMessage());
  }

  @Test
  void columnsWithoutNamesAreCalledByTheirPlaces() {
    List<Feature> features =
        List.of(new Feature.Numeric("0", 0, 1), new Feature.Numeric("2", 0, 1));
    RowEncoder row = Schema.ofColumns(features, 3, Target.numbers("1", 1)).rowEncoder();
    assertEquals(List.of("0", "2"), row.columns());
    assertArrayEquals(new float[] {5, 6}, inputs(row.set(Map.of("0", 5, "2", 6))));
  }
}
