package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that people brought: units, constant columns, rare words, several targets, one class. */
class SchemaCasesTest {
  private static final Path CASES =
      Path.of("..", "src", "test", "resources", "cases").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("m.safetensors");
  }

  private Cli train(Object data, String words) {
    List<Object> all = new ArrayList<>(List.of("train", data, "--model", model));
    all.addAll(List.of(words.split(" ")));
    return Cli.run(all.toArray());
  }

  private List<String> answers(Path data) {
    List<String> lines = Cli.run("predict", model, data).ok().out().lines().toList();
    return lines.subList(1, lines.size());
  }

  @Test
  void pricesAreLearnedInTheirOwnUnits() throws IOException {
    Path houses = CASES.resolve("houses.csv");
    Path history = folder.resolve("h.csv");
    Cli trained = train(houses, "--layers 64:relu,64:relu,1 --epochs 50 --history " + history).ok();
    assertTrue(trained.line("loss").contains("mean 0 and deviation 1"), trained.out());
    assertTrue(Files.readString(history).startsWith("epoch,loss_standardized,"));
    Cli evaluated = Cli.run("evaluate", model, houses).ok();
    assertTrue(Double.parseDouble(evaluated.line("mae")) < 9000, evaluated.out());
    assertEquals(587828, Double.parseDouble(answers(houses).getFirst()), 40000);
    String inspected = Cli.run("inspect", model).ok().out();
    assertTrue(inspected.contains("the loss is that of (price - mean) / deviation"), inspected);

    Path first = model;
    model = folder.resolve("again.safetensors");
    train(houses, "--epochs 1 --init " + first).ok();
    Cli again = Cli.run("evaluate", model, houses).ok();
    assertTrue(Double.parseDouble(again.line("mae")) < 12000, "goes on: " + again.out());

    Cli plain = train(houses, "--layers 8:relu,1 --epochs 1 --no-standardize-target").ok();
    assertTrue(!plain.line("loss").contains("deviation"), plain.out());
  }

  @Test
  void constantColumnsTeachNothing() {
    String words = "--target y --layers 1 --epochs 100 --optimizer adam:lr=0.05";
    Cli noise = train(CASES.resolve("noise.csv"), words).ok();
    assertTrue(noise.line("constant").startsWith("\"c\": the same"), noise.out());
    for (String answer : answers(CASES.resolve("noise_next.csv"))) {
      assertEquals(2.5, Double.parseDouble(answer), 0.01);
    }
    train(CASES.resolve("const.csv"), words).ok();
    assertEquals(-6.32, Double.parseDouble(answers(CASES.resolve("const_test.csv")).get(3)), 0.02);
  }

  @Test
  void rareWordsDoNotDecideWhetherATrainingRuns() {
    for (int seed = 1; seed <= 8; seed++) {
      train(CASES.resolve("homes.csv"), "--layers 1 --epochs 1 --validation 0.25 --seed " + seed)
          .ok();
    }
  }

  @Test
  void severalTargetsHaveTheirNames() throws IOException {
    Path two = CASES.resolve("two_targets.csv");
    Path history = folder.resolve("h.csv");
    train(two, "--target y1,y2 --layers 2 --epochs 3 --validation 0.2 --history " + history).ok();
    assertEquals(
        "epoch,loss_standardized,learning_rate,seconds,mae,mae_y1,mae_y2,val_loss_standardized,val_mae,val_mae_y1,val_mae_y2",
        Files.readAllLines(history).getFirst());
    String out = Cli.run("predict", model, two).ok().out();
    assertTrue(out.startsWith("y1,y2\n"), out);
    Cli evaluated = Cli.run("evaluate", model, two).ok();
    double one = Double.parseDouble(evaluated.line("mae_y1"));
    double other = Double.parseDouble(evaluated.line("mae_y2"));
    assertEquals(Double.parseDouble(evaluated.line("mae ")), (one + other) / 2, 1e-5);

    Path comma = Samples.write(folder.resolve("c.csv"), "a,\"y,1\",y2\n1,2,3\n2,4,5\n3,6,8\n");
    train(comma, "--target y,1,y2 --layers 2 --epochs 1").ok();
    assertTrue(Cli.run("predict", model, comma).ok().out().startsWith("\"y,1\",y2\n"));
    train(comma, "--target y,1 --layers 1 --epochs 1 --without y2").ok();
    assertTrue(Cli.run("predict", model, comma).ok().out().startsWith("\"y,1\"\n"));
  }

  @ParameterizedTest
  @CsvSource({"2:softmax", "1:sigmoid", "1"})
  void oneClassIsSaid(String layers) {
    Cli refused = train(CASES.resolve("single.csv"), "--layers " + layers);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("holds one class only, \"only\""), refused.err());
  }

  /** Each refusal says what to write; that is written, and it trains. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "words | --layers 4:softmax | end --layers with 3 | --layers 3",
        "words | --layers 4:softmax --loss cross_entropy | end --layers with 3:softmax | --layers 3:softmax --loss cross_entropy",
        "words | --layers 1 | end --layers with 3 | --layers 3",
        "words | --layers 1:softmax | end --layers with 3 | --layers 3",
        "words | --layers 1:sigmoid | with 3:softmax and leave the loss out | --layers 3:softmax",
        "words | --layers 1 --loss mse | with 3:softmax and leave the loss out | --layers 3:softmax",
        "words | --layers 1 --loss cross_entropy | end --layers with 3:softmax | --layers 3:softmax --loss cross_entropy",
        "words | --layers 1:sigmoid --loss binary_cross_entropy | with 3:softmax and leave the loss out | --layers 3:softmax",
        "whole | --layers 4 | or with 1 and --loss mse for numbers | --layers 1 --loss mse",
        "whole | --layers 4 | end --layers with 3 | --layers 3",
        "whole | --layers 3 --loss mse | end --layers with 1 | --layers 1 --loss mse",
        "whole | --layers 3:softmax --loss mse | end --layers with 1 and leave --loss out | --layers 1",
        "whole | --layers 1:softmax | or with 1 and no softmax for numbers | --layers 1",
        "whole | --layers 1:softmax --loss mse | always answers 1 | --layers 1",
        "real | --layers 2:softmax | with 1 unit and use mse | --layers 1 --loss mse",
        "real | --target real,whole --layers 1 | end --layers with 2 | --target real,whole --layers 2",
        "words | --target words,whole --layers 2 | learn it by itself | --target words --layers 3",
      })
  void adviceLeadsToATraining(String target, String words, String advice, String followed) {
    StringBuilder csv = new StringBuilder("x,real,whole,words\n");
    for (int r = 0; r < 30; r++) {
      csv.append("%d,%d.5,%d,%s%n".formatted(r, r % 7, r % 3, List.of("a", "b", "c").get(r % 3)));
    }
    Path table = Samples.write(folder.resolve("t.csv"), csv.toString());
    String named = words.contains("--target") ? "" : " --target " + target;
    String again = followed.contains("--target") ? "" : " --target " + target;
    Cli refused = train(table, words + named);
    assertEquals(1, refused.code(), refused.toString());
    assertTrue(refused.err().contains(advice), refused.err());
    train(table, followed + again + " --epochs 1").ok();
  }
}
