package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command writes is nothing that it reads, and nothing else that it writes. */
class PathsTest {
  @TempDir private Path folder;
  private Path kinds;
  private Path model;

  @BeforeEach
  void train() {
    kinds = Samples.kinds(folder);
    model = folder.resolve("m.safetensors");
    Cli.run("train", kinds, "--layers", "3:softmax", "--model", model).ok();
  }

  /** Runs the command and expects that no file changes and none comes or goes. */
  private void refuses(String said, Object... words) throws IOException {
    Map<Path, byte[]> before = new HashMap<>();
    for (Path file : files()) {
      before.put(file, Files.readAllBytes(file));
    }
    Cli refused = Cli.run(words);
    assertEquals(2, refused.code(), refused.toString());
    assertTrue(refused.err().contains(said), refused.err());
    assertTrue(refused.err().contains("same file"), refused.err());
    assertEquals("", refused.out());
    assertEquals(before.keySet(), Set.copyOf(files()));
    for (Map.Entry<Path, byte[]> each : before.entrySet()) {
      assertArrayEquals(each.getValue(), Files.readAllBytes(each.getKey()), each.toString());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void answersNeverReplaceTheirData() throws IOException {
    refuses(
        "--output "
            + kinds
            + " and DATA "
            + kinds
            + " are the same file, which would be lost;"
            + " give --output another name",
        "predict",
        model,
        kinds,
        "--output",
        kinds);
    Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.csv"), Path.of("kinds.csv"));
    refuses("symbolic.csv", "predict", model, kinds, "--output", symbolic);
    refuses("symbolic.csv", "predict", model, symbolic, "--output", kinds);
    Path hard = Files.createLink(folder.resolve("hard.csv"), kinds);
    refuses("hard.csv", "predict", model, kinds, "--output", hard);
    Path roundabout = folder.resolveSibling(".").resolve(folder.getFileName()).resolve("kinds.csv");
    refuses("kinds.csv", "predict", model, kinds, "--output", roundabout);
    Path copy = Files.copy(kinds, folder.resolve("copy.csv")); // the same content, another file
    assertEquals("", Cli.run("predict", model, kinds, "--output", copy).ok().out());
    assertTrue(Files.readString(copy).startsWith("prediction,"));
  }

  @Test
  void answersNeverReplaceAModelOrTargets() throws IOException {
    Path npy = folder.resolve("m.npy");
    Files.copy(model, npy);
    refuses("MODEL", "predict", npy, kinds, "--output", npy);
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[360], 90, 4);
    Npy.write(y, new float[90], 90);
    refuses("y.npy", "predict", model, x + "," + y, "--output", y);
    refuses("x.npy", "predict", model, x + "," + y, "--output", x);
  }

  @Test
  void modelsAndHistoriesNeverReplaceData() throws IOException {
    Path other = Files.copy(kinds, folder.resolve("other.csv"));
    refuses("DATA", "train", kinds, "--layers", "3:softmax", "--model", kinds);
    refuses(
        "--validation",
        "train",
        kinds,
        "--validation",
        other,
        "--layers",
        "3:softmax",
        "--model",
        other);
    refuses(
        "--history", "train", kinds, "--layers", "3:softmax", "--model", model, "--history", kinds);
    refuses(
        "--history",
        "train",
        kinds,
        "--init",
        model,
        "--model",
        folder.resolve("n"),
        "--history",
        model);
  }

  @Test
  void oneFileIsNotWrittenTwice() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    refuses("link", train(model, link));
    refuses("--model", train(model, model));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("later"));
    String[] names = {"later", "./later", "LATER"}; // a Mac's and a stick's files know no case
    Files.delete(link);
    Files.delete(dangling);
    for (String name : names) {
      refuses("twice", train(folder.resolve("later"), folder.resolve(name)));
    }
    assertFalse(Files.exists(folder.resolve("later")));
  }

  @Test
  void danglingLinkAndItsFileAreOne() throws IOException {
    Path outside = Files.createTempDirectory("lamella-paths");
    try {
      Path link = Files.createSymbolicLink(outside.resolve("link"), Path.of("later"));
      Cli refused = Cli.run(train(outside.resolve("later"), link));
      assertEquals(2, refused.code(), refused.toString());
      assertTrue(refused.err().contains("same file"), refused.err());
      Files.delete(link);
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void modelMayBeGoneOnFromUnderItsOwnName() {
    Cli.run("train", kinds, "--init", model, "--model", model).ok();
  }

  @Test
  void devicesAreNoFilesToLose() {
    assertEquals(
        0,
        Cli.run(
                "train",
                kinds,
                "--layers",
                "3:softmax",
                "--model",
                "/dev/null",
                "--history",
                "/dev/null")
            .code());
  }

  private Object[] train(Path out, Path history) {
    return new Object[] {
      "train", kinds, "--layers", "3:softmax", "--model", out, "--history", history
    };
  }
}
