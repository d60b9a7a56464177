package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that a loss has no meaning for are refused before the training, with a way out. */
class DomainTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("m.safetensors");
  }

  private Path ratings() {
    StringBuilder csv = new StringBuilder("length,rating\n");
    for (int r = 0; r < 60; r++) {
      csv.append(r).append(',').append(r < 40 ? r / 40.0 : r / 12.0).append('\n');
    }
    return Samples.write(folder.resolve("rating.csv"), csv.toString());
  }

  private Cli train(Object data, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", data, "--epochs", "2", "--model", model));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private void refused(Cli refused, String... parts) {
    assertEquals(1, refused.code(), refused.toString());
    assertEquals(1, refused.err().lines().count(), refused.err());
    for (String part : parts) {
      assertTrue(refused.err().contains(part), "no '" + part + "' in " + refused.err());
    }
    assertEquals("", refused.out());
    assertFalse(Files.exists(model));
  }

  @Test
  void ratingsAreNoProbabilities() {
    Path ratings = ratings();
    refused(
        train(ratings, "--layers", "1:sigmoid"),
        "row 40 of " + ratings + " has the target 3.3333333, but the loss binary_cross_entropy",
        "takes 0 to 1",
        "use the loss mse and a linear last layer");
    refused(
        train(ratings, "--layers", "1", "--loss", "binary_cross_entropy_with_logits"), "row 40 of");
    refused(train(ratings, "--layers", "1:sigmoid", "--validation", "0.3"), "rating.csv", "target");
    // The way out works.
    String out = train(ratings, "--layers", "1", "--loss", "mse").ok().out();
    assertTrue(out.contains("mae "), out);
  }

  @Test
  void validationAndEvaluationAreLookedAtToo() {
    String csv = "length,share\n1,0.5\n2,0.25\n3,1\n";
    Path shares = Samples.write(folder.resolve("share.csv"), csv);
    Path bad = Samples.write(folder.resolve("bad.csv"), csv + "4,1.5\n");
    refused(
        train(shares, "--layers", "1:sigmoid", "--validation", bad),
        "row 3 of " + bad + " has the target 1.5");
    train(shares, "--layers", "1:sigmoid").ok();
    Cli evaluated = Cli.run("evaluate", model, bad);
    assertEquals(1, evaluated.code(), evaluated.toString());
    assertTrue(evaluated.err().contains("row 3 of " + bad + " has the target 1.5"));
    Cli.run("evaluate", model, shares).ok();
  }

  @Test
  void softLabelsSumToOne() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3}, 3, 1);
    Npy.write(y, new float[] {0.5f, 0.5f, 1, 0, 1, 1}, 3, 2);
    String data = x + "," + y;
    refused(train(data, "--layers", "2:softmax"), "the targets of row 2 of", "sum to 2.0");
    // Both ways out work.
    train(data, "--layers", "2:sigmoid").ok();
    Npy.write(y, new float[] {0.5f, 0.5f, 1, 0, 0.5f, 0.5f}, 3, 2);
    train(data, "--layers", "2:softmax").ok();
    Npy.write(y, new float[] {0.5f, 0.5f, 1.5f, -0.5f, 0.5f, 0.5f}, 3, 2);
    Cli negative = train(data, "--layers", "2:softmax");
    assertEquals(1, negative.code());
    assertTrue(negative.err().contains("row 1 of"), negative.err());
    assertTrue(negative.err().contains("target 1.5 in column 0"), negative.err());
  }

  @Test
  void trainingThatDivergesSavesNothingAndSaysSo() {
    Path houses = Samples.houses(folder);
    Cli failed =
        train(houses, "--target", "price", "--layers", "8:relu,1", "--optimizer", "sgd:lr=1e30");
    assertEquals(1, failed.code());
    assertTrue(failed.err().strip().endsWith("use a lower one; nothing was saved"), failed.err());
    assertFalse(Files.exists(model));
    train(houses, "--target", "price", "--layers", "8:relu,1").ok();
    failed =
        train(houses, "--target", "price", "--layers", "8:relu,1", "--optimizer", "sgd:lr=1e30");
    assertTrue(
        failed.err().strip().endsWith("nothing was saved, " + model + " is as it was"),
        failed.err());
  }
}
