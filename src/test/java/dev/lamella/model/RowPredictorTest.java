package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Csv;
import dev.lamella.data.CsvOptions;
import dev.lamella.data.DataException;
import dev.lamella.data.Dataset;
import dev.lamella.data.Feature;
import dev.lamella.data.Missing;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.data.Table;
import dev.lamella.data.Target;
import dev.lamella.net.Network;
import dev.lamella.train.Adam;
import dev.lamella.train.Loss;
import dev.lamella.train.Trainer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw rows are answered with the bits of the same rows in a file. */
class RowPredictorTest {
  /** Made so that an answer is known: x + 1, in the units of the file. */
  private static final Schema LINE =
      Schema.ofColumns(List.of(new Feature.Numeric("x", 0, 1)), 0, Target.numbers("y", 1));

  private static final Model ADDS_ONE = model(LINE, "1", 1, 1);

  record Point(double x) {}

  private static Model model(Schema schema, String layers, float... parameters) {
    Network network = Network.builder(schema.inputs()).layers(layers).build(1);
    return new Model(network.withParameters(parameters), schema, Map.of());
  }

  private static Schema classes(Target target) {
    return Schema.ofColumns(List.of(new Feature.Numeric("x", 0, 1)), 0, target);
  }

  private static String table() {
    StringBuilder text = new StringBuilder("age,city,member,flat,price,size,color,won\n");
    Random random = new Random(7);
    for (int row = 0; row < 80; row++) {
      String age = row % 9 == 4 ? "NA" : Integer.toString(20 + random.nextInt(50));
      String city = row % 11 == 3 ? "" : List.of("Oslo", "Rome", "Bern").get(random.nextInt(3));
      text.append(
          "%s,%s,%s,7,%d,%.3f,%s,%s\n"
              .formatted(
                  age,
                  city,
                  random.nextBoolean(),
                  300_000 + random.nextInt(100_000),
                  random.nextDouble(),
                  List.of("red", "green", "blue").get(random.nextInt(3)),
                  random.nextBoolean() ? "yes" : "no"));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "price, 4:relu;1, mse, mean, true",
    "'price,size', 4:tanh;2, mae, median, true",
    "size, 4:relu;1, mse, most_frequent, false",
    "color, 4:relu;3:softmax, cross_entropy, mean, true",
    "color, 4:relu;3, cross_entropy_with_logits, most_frequent, true",
    "won, 4:relu;1:sigmoid, binary_cross_entropy, median, false",
    "won, 4:relu;1, binary_cross_entropy_with_logits, mean, true",
  })
  void everyWayGivesTheAnswerOfTheFile(
      String target, String layers, String loss, String missing, boolean standardize) {
    Target.Kind kind =
        target.equals("won")
            ? Target.Kind.BINARY
            : target.equals("color") ? Target.Kind.LABELS : Target.Kind.NUMBER;
    Table table =
        Csv.read(
            new ByteArrayInputStream(table().getBytes(StandardCharsets.UTF_8)),
            "t.csv",
            CsvOptions.detect().withMissing(Missing.of(missing)));
    Preparation preparation =
        Preparation.standard()
            .withTarget(target)
            .withKind(kind)
            .withStandardize(standardize)
            .without("price", "size", "color", "won");
    Dataset rows = Schema.learn(table, preparation).apply(table);
    Schema schema = rows.schema();
    assertTrue(schema != null);
    Network blank = Network.builder(rows.inputs()).layers(layers.replace(';', ',')).build(3);
    Network network = Trainer.of(blank, Loss.of(loss), Adam.of(0.01)).epochs(2).fit(rows).network();
    Model model = new Model(network, schema, Map.of("loss", loss));
    float[][] outputs = network.predict(rows);
    try (RowPredictor predictor = model.rowPredictor()) {
      Answer reused = predictor.newAnswer();
      for (int r = 0; r < table.rows(); r++) {
        List<String> cells = new ArrayList<>();
        for (String column : predictor.row().columns()) {
          cells.add(table.text(r, table.names().indexOf(column)));
        }
        Answer expected = model.answer(outputs[r]);
        Record raw = new Raw(cells.get(3), cells.get(2).equals("true"), cells.get(0), cells.get(1));
        for (Answer answer :
            List.of(
                predictor.predict(cells),
                predictor.predict(raw),
                predictor.predict(
                    Map.of(
                        "age",
                        cells.get(0),
                        "city",
                        cells.get(1),
                        "member",
                        cells.get(2),
                        "flat",
                        7.0,
                        "price",
                        "?")))) {
          assertSame(expected, answer);
        }
        predictor.row().set(raw);
        predictor.predict(reused);
        assertSame(expected, reused);
      }
    }
  }

  record Raw(String flat, boolean member, String age, String city) {}

  private static void assertSame(Answer expected, Answer actual) {
    assertEquals(expected.toString(), actual.toString());
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.names(), actual.names());
    if (expected.hasClasses()) {
      assertEquals(expected.label(), actual.label());
      assertEquals(expected.className(), actual.className());
      assertEquals(expected.probability(), actual.probability());
    } else {
      for (String name : expected.names()) {
        assertEquals(expected.value(name), actual.value(name));
      }
    }
  }

  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, Executable code) {
    assertEquals(message, assertThrows(type, code).getMessage());
  }

  @Test
  void numbersAreAskedForByName() {
    try (RowPredictor predictor = ADDS_ONE.rowPredictor()) {
      Answer answer = predictor.predict(Map.of("x", 4));
      assertEquals(5, answer.value());
      assertEquals(5, answer.value("y"));
      assertEquals("y=5.0", answer.toString());
      assertFalse(answer.hasClasses());
      assertRefused(
          IllegalStateException.class,
          "the model gives numbers (\"y\"), no classes; ask for value()",
          answer::className);
      assertRefused(
          IllegalArgumentException.class,
          "the model has no number \"z\"; it has \"y\"",
          () -> answer.value("z"));
    }
    Answer two =
        model(
                classes(
                    Target.columns(
                        List.of(new Target.Column("a", 1, 2), new Target.Column("b", 0, 1)))),
                "2",
                1,
                2,
                0,
                0)
            .answer(new float[] {3, 4});
    assertEquals(4, two.value("b"));
    assertRefused(
        IllegalStateException.class,
        "the model gives 2 numbers, \"a\", \"b\"; ask for one of them by its name",
        two::value);
  }

  @Test
  void oneOutputTellsTwoClassesApart() {
    Schema schema = classes(Target.binary("won", List.of("no", "yes")));
    try (RowPredictor predictor = model(schema, "1:sigmoid", 1, 0).rowPredictor()) {
      Answer answer = predictor.predict(new Point(-2));
      assertEquals("no", answer.className());
      assertEquals(0, answer.label());
      assertEquals(1 / (1 + Math.exp(-2)), answer.probability(), 1e-6);
      assertEquals(1 - answer.probability(), answer.probability("yes"), 1e-6);
      assertEquals(List.of("yes"), answer.names());
      assertEquals("yes", predictor.predict(new Point(0.1)).className());
    }
  }

  @Test
  void aLinearLayerThatTellsClassesApartGivesLogits() {
    Schema schema = classes(Target.labels("color", List.of("blue", "red")));
    Model logits = model(schema, "2", 1, -1, 0, 0);
    Answer answer = logits.answer(new float[] {1, 3});
    assertEquals("red", answer.className());
    assertEquals(1 / (1 + Math.exp(-2)), answer.probability(), 1e-6);
    Model distances = new Model(logits.network(), schema, Map.of("loss", "mse"));
    Answer distance = distances.answer(new float[] {1, 3});
    assertEquals("red", distance.className());
    assertArrayEquals(new float[] {1, 3}, distance.values());
    assertRefused(
        IllegalStateException.class,
        "the network ends in a layer that is linear, and its outputs are neither probabilities nor logits; read them with values()",
        distance::probability);
    assertRefused(
        IllegalStateException.class,
        "the model tells classes apart (\"blue\", \"red\"); ask for className() or probability()",
        answer::value);
    assertRefused(
        IllegalArgumentException.class,
        "the model has no class \"green\"; it has \"blue\", \"red\"",
        () -> answer.probability("green"));
  }

  @Test
  void nanSaysNoClass() {
    Schema schema = classes(Target.labels("color", List.of("blue", "red")));
    Model model = model(schema, "2:softmax", 3e38f, -3e38f, 0, 0);
    try (RowPredictor predictor = model.rowPredictor()) {
      Answer answer = predictor.predict(Map.of("x", 1e38));
      assertRefused(
          DataException.class,
          "output 0 of the network is NaN for this row, which says no class; look for inputs far from those that it learned from",
          answer::className);
    }
  }

  @Test
  void aModelWithoutColumnsLeadsToItsNetwork() {
    assertRefused(
        IllegalStateException.class,
        "the model does not say how rows become inputs; ask its network with float[] rows, or save it with the schema of the dataset (Dataset.schema)",
        () -> new Model(ADDS_ONE.network(), null, Map.of()).rowPredictor());
    Schema array = Schema.ofArray(List.of(1), Target.numbers("y", 1));
    assertRefused(
        IllegalStateException.class,
        "the schema is that of an array of shape [1], which has no columns to give by name; give the numbers of a row as float[] to a predictor of the network",
        () -> new Model(ADDS_ONE.network(), array, Map.of()).rowPredictor());
    assertRefused(
        ModelException.class,
        "the network has 1 outputs, but the model's schema describes 2; give the schema that it was trained with",
        () ->
            new Model(ADDS_ONE.network(), LINE.withTarget(Target.numbers("y", 2)), Map.of())
                .answer(new float[1]));
    assertRefused(
        IllegalArgumentException.class,
        "2 outputs were given, but the network gives 1 for a row",
        () -> ADDS_ONE.answer(new float[2]));
  }

  @Test
  void aStaleAnswerIsNoAnswer() {
    try (RowPredictor predictor = ADDS_ONE.rowPredictor();
        RowPredictor other = ADDS_ONE.rowPredictor()) {
      Answer answer = predictor.newAnswer();
      assertEquals("no answer yet", answer.toString());
      assertRefused(
          IllegalStateException.class,
          "this answer has no row yet; give it to RowPredictor.predict first",
          answer::value);
      predictor.row().set(0, 4.0);
      predictor.predict(answer);
      assertEquals(5, answer.value());
      assertThrows(IllegalStateException.class, () -> predictor.predict(answer), "not given");
      assertThrows(IllegalStateException.class, answer::value);
      assertRefused(
          IllegalArgumentException.class,
          "this is an answer of another predictor; take one with newAnswer()",
          () -> other.predict(answer));
    }
  }

  @Test
  void aClosedOneGivesNoAnswer() {
    RowPredictor predictor = ADDS_ONE.rowPredictor();
    predictor.close();
    assertThrows(IllegalStateException.class, () -> predictor.predict(new Point(1)));
  }

  /** Its accessor holds the first thread inside of a prediction. */
  record Slow(double x) {
    private static final CountDownLatch INSIDE = new CountDownLatch(1);
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    @Override
    public double x() {
      INSIDE.countDown();
      try {
        GO_ON.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return x;
    }
  }

  @Test
  void aSecondThreadIsToldSo() throws InterruptedException {
    try (RowPredictor predictor = ADDS_ONE.rowPredictor()) {
      List<Float> answers = new ArrayList<>();
      Thread first =
          Thread.ofPlatform().start(() -> answers.add(predictor.predict(new Slow(2)).value()));
      Slow.INSIDE.await();
      assertRefused(
          IllegalStateException.class,
          "this predictor is busy in another thread; give each thread one of its own with model.rowPredictor()",
          () -> predictor.predict(new Point(1)));
      Slow.GO_ON.countDown();
      first.join();
      assertEquals(List.of(3f), answers);
    }
  }
}
