package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside every result stands what no network would reach, and it is loud where that is as much. */
class ComparisonTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("m.safetensors");
  }

  /** 500 payments of which 8 are frauds that nothing tells apart. */
  private Path frauds() {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("amount,hour,fraud\n");
    for (int r = 0; r < 500; r++) {
      csv.append(random.nextInt(1000)).append(',').append(random.nextInt(24));
      csv.append(r % 62 == 0 && r < 490 ? ",yes\n" : ",no\n");
    }
    return Samples.write(folder.resolve("fraud.csv"), csv.toString());
  }

  @Test
  void accuracyOfTheMostFrequentClassIsNoSuccess() {
    Path frauds = frauds();
    for (String layers : List.of("8:relu,2:softmax", "8:relu,1:sigmoid", "8:relu,2")) {
      Cli trained =
          Cli.run(
                  "train",
                  frauds,
                  "--layers",
                  layers,
                  "--epochs",
                  "30",
                  "--optimizer",
                  "adam:lr=0.02",
                  "--model",
                  model)
              .ok();
      String said =
          "accuracy 0.9840 by always answering the most frequent class, no; the network's is 0.9840:"
              + " NO BETTER, ";
      assertTrue(trained.line("baseline").startsWith(said), trained.out());
      Cli evaluated = Cli.run("evaluate", model, frauds).ok();
      assertTrue(evaluated.line("baseline").startsWith(said), evaluated.out());
      assertEquals("rows   recall  precision", evaluated.line("class "));
      assertEquals("492   1.0000     0.9840", evaluated.line("no "));
      assertEquals("8   0.0000          -", evaluated.line("yes "));
      assertEquals("the network never answers yes", evaluated.line("NEVER"));
    }
  }

  @Test
  void networkThatLearnedIsNotShoutedAt() {
    Path kinds = Samples.kinds(folder);
    Cli trained =
        Cli.run(
                "train",
                kinds,
                "--layers",
                "8:tanh,3:softmax",
                "--epochs",
                "40",
                "--optimizer",
                "adam:lr=0.02",
                "--validation",
                "0.2",
                "--model",
                model)
            .ok();
    assertTrue(trained.line("baseline").endsWith("; the network's is 1.0000"), trained.out());
    Cli evaluated = Cli.run("evaluate", model, kinds).ok();
    assertEquals(
        "accuracy 0.3333 by always answering the most frequent class, ant; the network's is 1.0000",
        evaluated.line("baseline"));
    assertEquals("30   1.0000     1.0000", evaluated.line("bee "));
    assertFalse(evaluated.out().contains("NEVER"), evaluated.out());
  }

  /** An array's target is learned as it is: where that fails, only the baseline says so. */
  @Test
  void targetThatDidNotLearnIsSeen() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    float[] area = new float[100];
    float[] price = new float[100];
    for (int r = 0; r < 100; r++) {
      area[r] = r / 100f;
      price[r] = 300_000 + 1_000 * r;
    }
    Npy.write(x, area, 100, 1);
    Npy.write(y, price, 100);
    String data = x + "," + y;
    Cli trained = Cli.run("train", data, "--layers", "8:relu,1", "--model", model).ok();
    String line = trained.line("baseline");
    assertTrue(
        line.startsWith("mae 25000.0 by always answering the mean, 349500; the network's is 349"),
        line);
    assertTrue(line.contains("NO BETTER") && line.contains("targets scaled"), line);
    assertTrue(Cli.run("evaluate", model, data).ok().line("baseline").contains("NO BETTER"));
  }

  @Test
  void numbersFromTable() {
    Path houses = Samples.houses(folder);
    Cli trained = Samples.trainedOnHouses(houses, model);
    assertTrue(trained.line("baseline").startsWith("mae "), trained.out());
    assertFalse(trained.out().contains("NO BETTER"), trained.out());
  }

  @Test
  void rowsThatAreAllAlikeCannotTell() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3, 4}, 4, 1);
    Npy.write(y, new float[] {5, 5, 5, 5}, 4);
    Cli trained = Cli.run("train", x + "," + y, "--layers", "1", "--model", model).ok();
    assertTrue(trained.line("baseline").endsWith("so they cannot tell"), trained.out());
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    StringBuilder csv = new StringBuilder("x,kind\n");
    for (int r = 0; r < 300; r++) {
      csv.append(r % 30 < 24 ? r % 30 : 1000).append(",k").append(100 + r % 30).append('\n');
    }
    Path table = Samples.write(folder.resolve("many.csv"), csv.toString());
    Cli.run("train", table, "--layers", "30:softmax", "--epochs", "1", "--model", model).ok();
    String out = Cli.run("evaluate", model, table).ok().out();
    assertTrue(out.contains("the worst 5 of 30 by recall"), out);
    assertEquals(5, out.lines().filter(line -> line.startsWith("k1")).count(), out);
    assertTrue(out.contains(" more"), out);
    assertTrue(out.lines().count() < 15, out);
  }

  @Test
  void classesAreShownWithoutTheirCommands() {
    String esc = "\u001b[31mred";
    String csv =
        IntStream.range(0, 40)
            .mapToObj(r -> r + "," + (r % 2 == 0 ? esc : "\u202eeulb"))
            .collect(Collectors.joining("\n", "x,color\n", "\n"));
    Path table = Samples.write(folder.resolve("colors.csv"), csv);
    Cli trained = Cli.run("train", table, "--layers", "2:softmax", "--model", model).ok();
    Cli evaluated = Cli.run("evaluate", model, table).ok();
    Cli inspected = Cli.run("inspect", model).ok();
    for (String out : List.of(trained.out(), evaluated.out(), inspected.out())) {
      assertEquals(-1, out.indexOf('\u001b'), out);
      assertEquals(-1, out.indexOf('\u202e'), out);
    }
    assertTrue(evaluated.out().contains("\\u001b[31mred"), evaluated.out());
    assertTrue(inspected.out().contains("\\u202eeulb"), inspected.out());
  }
}
