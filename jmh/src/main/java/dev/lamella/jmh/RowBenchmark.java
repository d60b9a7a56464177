package dev.lamella.jmh;

import dev.lamella.data.Csv;
import dev.lamella.data.CsvOptions;
import dev.lamella.data.Feature;
import dev.lamella.data.RowEncoder;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Answer;
import dev.lamella.model.Model;
import dev.lamella.model.RowPredictor;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Asking a model about one raw row, of six numbers and three words that become 37 inputs, for its
 * class and the probability: every way there is, the loop that one would write by hand, and the way
 * through the text of a file.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class RowBenchmark {
  private static final int ROWS = 64; // taken in turns
  private static final int NUMBERS = 6;
  private static final int[] WORDS = {3, 8, 20};
  private static final List<String> NAMES =
      List.of("age", "income", "rooms", "area", "year", "floor", "heating", "district", "agent");

  /** How the row is given. */
  @Param({"by hand", "columns", "record", "list", "map", "text"})
  public String way = "";

  /** The row as a program has it. */
  record House(
      double age,
      double income,
      int rooms,
      double area,
      int year,
      double floor,
      String heating,
      String district,
      String agent) {

    List<Object> values() {
      return List.of(age, income, rooms, area, year, floor, heating, district, agent);
    }
  }

  private final List<House> houses = new ArrayList<>();
  private final Schema schema = schema();
  private final Model model =
      new Model(
          Network.builder(schema.inputs()).layers("32:relu,3:softmax").build(1), schema, Map.of());
  private final RowPredictor rows = model.rowPredictor();
  private final Predictor predictor = model.network().predictor();
  private final Answer answer = rows.newAnswer();
  private int next;

  @SuppressWarnings("NullAway.Init") // by setUp
  private IntToDoubleFunction task;

  private static Schema schema() {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      features.add(new Feature.Numeric(NAMES.get(i), 10 + i, 1.5 + i));
    }
    for (int i = 0; i < WORDS.length; i++) {
      features.add(new Feature.Categorical(NAMES.get(NUMBERS + i), words(i)));
    }
    return Schema.ofColumns(features, 0, Target.labels("class", List.of("low", "fair", "high")));
  }

  private static List<String> words(int column) {
    return IntStream.range(0, WORDS[column]).mapToObj(w -> "word" + (w + 10)).toList();
  }

  /** Makes the rows, and checks that the way gives the answers that the others give. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    for (int r = 0; r < ROWS; r++) {
      houses.add(
          new House(
              random.nextDouble(0, 20),
              random.nextDouble(0, 20),
              random.nextInt(9),
              random.nextDouble(0, 20),
              random.nextInt(20),
              random.nextDouble(0, 20),
              words(0).get(random.nextInt(WORDS[0])),
              words(1).get(random.nextInt(WORDS[1])),
              words(2).get(random.nextInt(WORDS[2]))));
    }
    task = task();
    IntToDoubleFunction byHand = byHand();
    for (int r = 0; r < ROWS; r++) {
      if (task.applyAsDouble(r) != byHand.applyAsDouble(r)) {
        throw new IllegalStateException(way + " and the loop by hand answer row " + r + " unlike");
      }
    }
  }

  private IntToDoubleFunction task() {
    return switch (way) {
      case "by hand" -> byHand();
      case "columns" -> this::columns;
      case "record" ->
          row -> {
            rows.row().set(houses.get(row));
            rows.predict(answer);
            return said(answer);
          };
      case "list" -> {
        List<List<Object>> lists = houses.stream().map(House::values).toList();
        yield row -> said(rows.predict(lists.get(row)));
      }
      case "map" -> {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (House house : houses) {
          Map<String, Object> map = new HashMap<>();
          for (int c = 0; c < NAMES.size(); c++) {
            map.put(NAMES.get(c), house.values().get(c));
          }
          maps.add(map);
        }
        yield row -> said(rows.predict(maps.get(row)));
      }
      default -> this::text;
    };
  }

  private static double said(Answer answer) {
    return answer.className().length() + answer.probability();
  }

  private double columns(int r) {
    House house = houses.get(r);
    RowEncoder row = rows.row();
    row.set(0, house.age).set(1, house.income).set(2, house.rooms).set(3, house.area);
    row.set(4, house.year).set(5, house.floor).set(6, house.heating).set(7, house.district);
    row.set(8, house.agent);
    rows.predict(answer);
    return said(answer);
  }

  private IntToDoubleFunction byHand() {
    List<Map<String, Integer>> places = new ArrayList<>();
    for (int i = 0; i < WORDS.length; i++) {
      Map<String, Integer> column = new HashMap<>();
      words(i).forEach(word -> column.put(word, column.size()));
      places.add(column);
    }
    double[] means = {10, 11, 12, 13, 14, 15};
    double[] deviations = {1.5, 2.5, 3.5, 4.5, 5.5, 6.5};
    List<String> classes = List.of("low", "fair", "high");
    double[] numbers = new double[NUMBERS];
    float[] in = new float[schema.inputs()];
    float[] out = new float[classes.size()];
    return r -> {
      House house = houses.get(r);
      numbers[0] = house.age;
      numbers[1] = house.income;
      numbers[2] = house.rooms;
      numbers[3] = house.area;
      numbers[4] = house.year;
      numbers[5] = house.floor;
      Arrays.fill(in, 0);
      for (int i = 0; i < NUMBERS; i++) {
        in[i] = (float) ((numbers[i] - means[i]) / deviations[i]);
      }
      in[NUMBERS + places.get(0).getOrDefault(house.heating, 0)] = 1;
      in[NUMBERS + WORDS[0] + places.get(1).getOrDefault(house.district, 0)] = 1;
      in[NUMBERS + WORDS[0] + WORDS[1] + places.get(2).getOrDefault(house.agent, 0)] = 1;
      predictor.predict(in, 0, out, 0);
      int best = 0;
      for (int i = 1; i < out.length; i++) {
        best = out[i] > out[best] ? i : best;
      }
      return classes.get(best).length() + out[best];
    };
  }

  private double text(int r) {
    StringBuilder text = new StringBuilder(String.join(",", NAMES)).append('\n');
    for (Object value : houses.get(r).values()) {
      text.append(value).append(',');
    }
    text.setCharAt(text.length() - 1, '\n');
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CsvOptions options = CsvOptions.detect().withHeader(true).withSeparator(',');
    float[][] inputs =
        schema.applyInputs(Csv.read(new ByteArrayInputStream(bytes), "row", options)).copyInputs();
    return said(model.answer(predictor.predict(inputs[0])));
  }

  /** One row. */
  @Benchmark
  public double row() {
    next = (next + 1) % ROWS;
    return task.applyAsDouble(next);
  }

  /** Frees what the ways hold. */
  @TearDown
  public void tearDown() {
    rows.close();
    predictor.close();
  }
}
