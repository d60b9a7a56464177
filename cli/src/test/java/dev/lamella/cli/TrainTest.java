package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import dev.lamella.model.Model;
import dev.lamella.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to a model, and from the model to answers, for each kind of data. */
class TrainTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("m.safetensors");
  }

  @Test
  void classesFromTable() throws IOException {
    Path kinds = Samples.kinds(folder);
    Path history = folder.resolve("history.csv");
    Cli trained =
        Cli.run(
                "train",
                kinds,
                "--layers",
                "8:tanh,3:softmax",
                "--epochs",
                "40",
                "--model",
                model,
                "--optimizer",
                "adam:lr=0.02",
                "--validation",
                "0.2",
                "--history",
                history)
            .ok();
    assertTrue(trained.line("loss").startsWith("cross_entropy (default"), trained.out());
    assertTrue(trained.line("data").contains("72 rows of 4 inputs"), trained.out());
    assertTrue(trained.line("data").contains("18 rows to validate on"), trained.out());

    List<String> lines = Files.readAllLines(history);
    assertEquals(
        "epoch,loss,learning_rate,seconds,accuracy,val_loss,val_accuracy", lines.getFirst());
    assertEquals(41, lines.size());
    assertTrue(lines.getLast().endsWith(",1.0"), lines.getLast());

    Cli evaluated = Cli.run("evaluate", model, kinds).ok();
    assertEquals("90", evaluated.line("rows"));
    assertEquals("1.000000", evaluated.line("accuracy"));

    Path asked = Samples.write(folder.resolve("new.csv"), "color,width,length\nred,99,0.5\n");
    List<String> answers = Cli.run("predict", model, asked).ok().out().lines().toList();
    assertEquals("prediction,ant,bee,cat", answers.getFirst());
    assertTrue(answers.get(1).startsWith("ant,0.9"), answers.get(1));

    String inspected = Cli.run("inspect", model).ok().out();
    assertTrue(inspected.contains("one of 3 classes: ant, bee, cat"), inspected);
    assertTrue(inspected.contains("one of 2 words: blue, red"), inspected);
    assertTrue(inspected.contains("weights sha256 " + trained.sha256()), inspected);
  }

  @Test
  void numbersFromTable() throws IOException {
    Path houses = Samples.houses(folder);
    Cli trained = Samples.trainedOnHouses(houses, model);
    assertTrue(trained.line("loss").startsWith("mse (default"), trained.out());
    Path out = folder.resolve("answers.csv");
    assertEquals("", Cli.run("predict", model, houses, "--output", out).ok().out());
    List<String> answers = Files.readAllLines(out);
    assertEquals("price", answers.getFirst());
    assertEquals(81, answers.size());
    float mae = Float.parseFloat(Cli.run("evaluate", model, houses).ok().line("mae"));
    assertTrue(mae < 0.2, "mae " + mae);
  }

  @Test
  void twoClassesWithOneOutput() {
    Path table =
        Samples.write(
            folder.resolve("two.csv"), "x,answer\n" + "-1,no\n1,yes\n-2,no\n2,yes\n".repeat(10));
    Cli trained =
        Cli.run(
                "train",
                table,
                "--layers",
                "1:sigmoid",
                "--optimizer",
                "adam:lr=0.1",
                "--model",
                model)
            .ok();
    assertTrue(trained.line("loss").startsWith("binary_cross_entropy (default"), trained.out());
    List<String> answers = Cli.run("predict", model, table).ok().out().lines().toList();
    assertEquals("prediction,yes", answers.getFirst());
    assertTrue(answers.get(1).startsWith("no,0."), answers.get(1));
    assertTrue(answers.get(2).startsWith("yes,0."), answers.get(2));
    assertEquals("1.000000", Cli.run("evaluate", model, table).ok().line("accuracy"));
  }

  @Test
  void logitsBecomeProbabilitiesInCsvAndStayInNpy() {
    Path kinds = Samples.kinds(folder);
    Cli trained = Cli.run("train", kinds, "--layers", "3", "--model", model).ok();
    assertTrue(
        trained.line("loss").startsWith("cross_entropy_with_logits (default"), trained.out());
    List<String> answers = Cli.run("predict", model, kinds).ok().out().lines().toList();
    String[] cells = answers.get(1).split(",");
    double sum = 0;
    for (int i = 1; i < cells.length; i++) {
      sum += Double.parseDouble(cells[i]);
    }
    assertEquals(1, sum, 1e-6);
    Path out = folder.resolve("out.npy");
    Cli.run("predict", model, kinds, "--output", out).ok();
    Npy raw = Npy.read(out);
    assertEquals(List.of(90, 3), raw.shape());
    float[] logits = raw.floats();
    assertTrue(Math.abs(logits[0] + logits[1] + logits[2] - 1) > 1e-3);
  }

  @Test
  void imagesAreScaledInTheModelToo() {
    String images = Samples.images(folder, 200);
    Cli.run(
            "train",
            images,
            "--validation",
            images,
            "--layers",
            "4:softmax",
            "--epochs",
            "20",
            "--optimizer",
            "adam:lr=0.05",
            "--model",
            model)
        .ok();
    Model saved = ModelFile.open(model);
    assertEquals(1 / 255f, saved.schema().scale());
    assertEquals(List.of(4, 4), saved.schema().shape());
    assertEquals("1.000000", Cli.run("evaluate", model, images).ok().line("accuracy"));
    String alone = images.substring(0, images.indexOf(','));
    List<String> answers = Cli.run("predict", model, alone).ok().out().lines().toList();
    assertEquals("prediction,0,1,2,3", answers.getFirst());
    assertTrue(answers.get(3).startsWith("2,"), answers.get(3));
    assertTrue(Cli.run("inspect", model).ok().out().contains("4 x 4 numbers, multiplied by 0.00"));
  }

  @Test
  void goesOnFromItsOwnModel() {
    Path kinds = Samples.kinds(folder);
    Cli first = Cli.run("train", kinds, "--layers", "3:softmax", "--model", model).ok();
    Cli second = Cli.run("train", kinds, "--init", model, "--model", model).ok();
    assertFalse(first.sha256().equals(second.sha256()));
    assertEquals(second.sha256(), Cli.run("inspect", model).ok().sha256());
  }

  @Test
  void stopsEarlyAndKeepsTheBest() {
    Path kinds = Samples.kinds(folder);
    Cli trained =
        Cli.run(
                "train",
                kinds,
                "--layers",
                "16:relu,3:softmax",
                "--validation",
                "0.5",
                "--epochs",
                "500",
                "--patience",
                "2",
                "--optimizer",
                "sgd:lr=2,momentum=0.9",
                "--model",
                model)
            .ok();
    assertTrue(trained.line("stopped").contains("the best was epoch"), trained.out());
  }

  @Test
  void showsTensorsOfFileWithoutLayers() throws IOException {
    Path init = Replays.file("sgd", "init.safetensors");
    String out = Cli.run("inspect", init).ok().out();
    assertTrue(out.contains("0.weight"), out);
    assertTrue(out.contains("[33, 30]"), out);
    assertTrue(
        Cli.run("inspect", init, "--layers", "33:leaky_relu,1").ok().sha256().length() == 64);
  }

  @Test
  void asksPlainStateDict() {
    Path x = Replays.file("sgd", "x.npy");
    Path init = Replays.file("sgd", "init.safetensors");
    Path out = folder.resolve("out.npy");
    Cli.run("predict", init, x, "--layers", "33:leaky_relu,1", "--output", out).ok();
    assertEquals(List.of(130, 1), Npy.read(out).shape());
  }
}
