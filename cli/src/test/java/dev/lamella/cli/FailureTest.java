package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that fails ends with 1 and one sentence that names the place, and leaves everything as it
 * was: no model, no half of one, no temporary file.
 */
class FailureTest {
  @TempDir private Path folder;
  private Path out;
  private Path old;

  @BeforeEach
  void anOldModelStands() {
    out = folder.resolve("out");
    out.toFile().mkdir();
    old = Samples.write(out.resolve("m.safetensors"), "the old one");
  }

  @AfterEach
  void nothingChanged() throws IOException {
    assertEquals("the old one", Files.readString(old));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(old), files.toList());
    }
  }

  /** Trains into the folder and expects a sentence with these parts. */
  private void refuses(List<String> parts, Object... words) {
    Object[] all = new Object[words.length + 5];
    all[0] = "train";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--model";
    all[words.length + 2] = old;
    all[words.length + 3] = "--history";
    all[words.length + 4] = out.resolve("history.csv");
    expect(Cli.run(all), parts);
  }

  private static void expect(Cli failed, List<String> parts) {
    assertEquals(1, failed.code(), failed.toString());
    assertEquals(1, failed.err().lines().count(), failed.err());
    for (String part : parts) {
      assertTrue(failed.err().contains(part), "no '" + part + "' in: " + failed.err());
    }
    assertFalse(failed.err().contains("Exception"), failed.err());
  }

  @Test
  void missingFile() {
    refuses(List.of("gone.csv", "does not exist"), folder.resolve("gone.csv"), "--layers", "1");
  }

  @Test
  void missingColumn() {
    Path houses = Samples.houses(folder);
    refuses(List.of("houses.csv", "prize", "price"), houses, "--layers", "1", "--target", "prize");
  }

  @Test
  void notANumberInTable() {
    Path table = Samples.write(folder.resolve("t.csv"), "a,b,c\n1,2,3\n4,NaN,6\n7,8,9\n");
    refuses(List.of("t.csv", ":3:", "b"), table, "--layers", "1");
  }

  @Test
  void notANumberInArray() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3, Float.NaN, 5, 6}, 3, 2);
    Npy.write(y, new float[] {1, 2, 3}, 3);
    refuses(List.of("x.npy", "row 1", "column 1", "NaN"), x + "," + y, "--layers", "1");
  }

  @Test
  void truncatedFiles() throws IOException {
    String images = Samples.images(folder, 200);
    Path x = Path.of(images.substring(0, images.indexOf(',')));
    byte[] bytes = Files.readAllBytes(x);
    Files.write(x, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    refuses(List.of("images-idx3-ubyte.gz", "truncated"), images, "--layers", "4:softmax");

    Path array = folder.resolve("x.npy");
    Npy.write(array, new float[100], 50, 2);
    Files.write(array, java.util.Arrays.copyOf(Files.readAllBytes(array), 200));
    refuses(List.of("x.npy", "truncated"), array + "," + array, "--layers", "1");
  }

  @Test
  void unitsThatAreNotTheClasses() {
    refuses(
        List.of("3 classes", "4 units", "kinds.csv"),
        Samples.kinds(folder),
        "--layers",
        "4:softmax");
    refuses(List.of("2 numbers", "1 unit"), twoTargets(), "--layers", "1");
  }

  private String twoTargets() {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[6], 3, 2);
    Npy.write(y, new float[6], 3, 2);
    return x + "," + y;
  }

  @Test
  void labelOutOfRange() {
    String images = Samples.images(folder, 40);
    Path other = folder.resolve("other");
    other.toFile().mkdir();
    String validation = Samples.images(other, 40);
    byte[] labels = new byte[40];
    labels[7] = 9;
    Samples.idx(other.resolve("labels-idx1-ubyte.gz"), labels, 40);
    refuses(
        List.of("row 7", "other", "label 9", "0, 1, 2, 3"),
        images,
        "--validation",
        validation,
        "--layers",
        "4:softmax");
  }

  @Test
  void lossThatDoesNotFitTheLastLayer() {
    refuses(
        List.of("cross_entropy", "softmax"),
        Samples.kinds(folder),
        "--layers",
        "3:relu",
        "--loss",
        "cross_entropy");
  }

  @Test
  void trainingThatDiverges() {
    refuses(
        List.of("learning rate"),
        Samples.houses(folder),
        "--target",
        "price",
        "--layers",
        "8:relu,1",
        "--optimizer",
        "sgd:lr=1e30");
  }

  @Test
  void initOfOtherShape() {
    refuses(
        List.of("init.safetensors", "4 inputs", "30"),
        Samples.kinds(folder),
        "--layers",
        "33:leaky_relu,1",
        "--init",
        Replays.file("sgd", "init.safetensors"));
    refuses(
        List.of("init.safetensors", "--layers"),
        Samples.kinds(folder),
        "--init",
        Replays.file("sgd", "init.safetensors"));
  }

  @Test
  void folderThatDoesNotExist() {
    Path nowhere = folder.resolve("nowhere").resolve("m.safetensors");
    Path kinds = Samples.kinds(folder);
    expect(
        Cli.run("train", kinds, "--layers", "3:softmax", "--model", nowhere),
        List.of("nowhere", "does not exist"));
    expect(
        Cli.run("train", kinds, "--layers", "3:softmax", "--model", folder),
        List.of("is a folder"));
  }

  @Test
  void trainingThatIsStopped() throws Exception {
    Path said = folder.resolve("said.txt");
    List<String> command =
        Cli.command(
            List.of(),
            "train",
            Samples.kinds(folder),
            "--layers",
            "3:softmax",
            "--epochs",
            100_000_000,
            "--model",
            old,
            "--history",
            out.resolve("history.csv"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    long end = System.nanoTime() + 60_000_000_000L;
    while (!Files.readString(said).contains("epoch ") && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    process.destroy(); // as Ctrl-C does
    assertTrue(process.waitFor() > 1, Files.readString(said));
    assertTrue(Files.readString(said).contains("epoch "), Files.readString(said));
  }

  @Test
  void modelsThatAreNone() throws IOException {
    Path kinds = Samples.kinds(folder);
    for (String command : List.of("inspect", "evaluate", "predict")) {
      List<Object> words = new java.util.ArrayList<>(List.of(command, old));
      if (!command.equals("inspect")) {
        words.add(kinds);
      }
      expect(Cli.run(words.toArray()), List.of("m.safetensors"));
    }
    byte[] whole = Files.readAllBytes(Replays.file("sgd", "init.safetensors"));
    Path half = folder.resolve("half.safetensors");
    Files.write(half, java.util.Arrays.copyOf(whole, whole.length - 4));
    expect(Cli.run("inspect", half), List.of("half.safetensors", "4228", "4224"));
  }

  @Test
  void predictionsThatCannotBe() throws IOException {
    Path kinds = Samples.kinds(folder);
    Path model = folder.resolve("kinds.safetensors");
    Cli.run("train", kinds, "--layers", "3:softmax", "--model", model).ok();
    byte[] before = Files.readAllBytes(model);
    Path answers = out.resolve("answers.csv");
    Path table = Samples.write(folder.resolve("t.csv"), "length,color\n1,red\n");
    expect(Cli.run("predict", model, table, "--output", answers), List.of("t.csv", "width"));
    Samples.write(table, "length,width,color\n1,2,red\n1,2,green\n");
    expect(
        Cli.run("predict", model, table, "--output", answers),
        List.of("t.csv", ":3:", "color", "green"));
    Samples.write(table, "length,width,color\n1,2,red\n1,?,red\n");
    expect(Cli.run("predict", model, table, "--output", answers), List.of(":3:", "width"));
    Samples.write(table, "length,width,color,kind\n1,2,red,dog\n");
    expect(Cli.run("evaluate", model, table), List.of("t.csv", ":2:", "dog"));
    Samples.write(table, "length,width,color\n1,2,red\n");
    expect(Cli.run("evaluate", model, table), List.of("t.csv", "kind"));
    assertArrayEquals(before, Files.readAllBytes(model));
  }
}
