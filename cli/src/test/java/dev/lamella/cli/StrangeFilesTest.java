package dev.lamella.cli;

import static dev.lamella.net.Activation.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.ModelFile;
import dev.lamella.net.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files from elsewhere: state dicts by other names, text that pretends, models of great width. */
class StrangeFilesTest {
  private static final Path CASES =
      Path.of("..", "src", "test", "resources", "cases").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void aLineBreakForgesNoLineOfInspect() {
    Cli inspected = Cli.run("inspect", CASES.resolve("forged_line.safetensors")).ok();
    assertEquals(
        1, inspected.out().lines().filter(line -> line.startsWith("weights sha256 ")).count());
    assertTrue(
        inspected.out().contains("note                 trusted\\nweights sha256 0000"),
        inspected.out());
  }

  @Test
  void escapesDoNotReachTheTerminal() {
    Cli inspected = Cli.run("inspect", CASES.resolve("escapes.safetensors")).ok();
    assertTrue(inspected.out().contains("\\u001b[2J\\u001b[H\\u001b[32mevil"), inspected.out());
    assertTrue(inspected.out().contains("note "), inspected.out());
    for (Cli each :
        List.of(
            inspected,
            Cli.run("inspect", CASES.resolve("escapes.safetensors"), "--layers", "1"),
            Cli.run("predict", CASES.resolve("escapes.safetensors"), "x\u001b[31m.csv"))) {
      String all = each.out() + each.err();
      assertFalse(all.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n'), all);
    }
  }

  /** A pipe can be read once: a command that opened its model twice would wait, or find nothing. */
  @Test
  void aModelComesThroughAPipe() throws IOException, InterruptedException {
    Path model = folder.resolve("m.safetensors");
    Path x = folder.resolve("x.npy");
    ModelFile.save(Network.builder(2).dense(1).build(1), model);
    Npy.write(x, new float[] {1, 2}, 1, 2);
    byte[] bytes = Files.readAllBytes(model);
    for (String command : List.of("inspect", "predict")) {
      Path pipe = folder.resolve(command);
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
      Thread writer = Thread.ofPlatform().daemon().start(() -> send(bytes, pipe));
      List<Object> words = new ArrayList<>(List.of(command, pipe));
      words.addAll(command.equals("predict") ? List.of(x) : List.of());
      Cli piped = Cli.run(words.toArray()).ok();
      words.set(1, model);
      assertEquals(Cli.run(words.toArray()).ok().out(), piped.out());
      writer.join();
    }
  }

  private static void send(byte[] bytes, Path pipe) {
    try {
      Files.write(pipe, bytes, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stateDictsByOtherNamesAnswer() throws IOException {
    Path x = CASES.resolve("state_x.npy");
    double[] wanted = Npy.read(CASES.resolve("state_want.npy")).doubles();
    for (String model : List.of("fc.safetensors", "model_fc.safetensors")) {
      for (List<String> more : List.of(List.<String>of(), List.of("--tensors", "fc1,fc2"))) {
        Path answers = folder.resolve("a.npy");
        List<Object> words =
            new ArrayList<>(List.of("predict", CASES.resolve(model), x, "--output", answers));
        words.addAll(List.of("--layers", "8:relu,3:softmax"));
        words.addAll(more);
        Cli.run(words.toArray()).ok();
        float[] given = Npy.read(answers).floats();
        for (int i = 0; i < wanted.length; i++) {
          assertEquals(wanted[i], given[i], 1e-5);
        }
        Files.delete(answers);
      }
    }
    Cli wrong =
        Cli.run(
            "predict",
            CASES.resolve("fc.safetensors"),
            x,
            "--layers",
            "8:relu,3:softmax",
            "--tensors",
            "fc2,fc1");
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("fc2.weight"), wrong.err());
  }

  @Test
  void aModelOfATableDoesNotAnswerInfinity() {
    Path x = folder.resolve("x.npy");
    Npy.write(x, new float[] {1, 2}, 1, 2);
    Cli refused = Cli.run("predict", CASES.resolve("tinydev.safetensors"), x);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("column \"a\""), refused.err());
  }

  @Test
  void unknownWordsAreLetInWhereTheSentenceSaysSo() {
    Path model = folder.resolve("m.safetensors");
    Cli.run("train", Samples.kinds(folder), "--layers", "3:softmax", "--model", model).ok();
    Path table = Samples.write(folder.resolve("t.csv"), "length,width,color\n1,2,green\n");
    Cli refused = Cli.run("predict", model, table);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--allow-unknown"), refused.err());
    Cli.run("predict", model, table, "--allow-unknown").ok();
    Path known = Samples.write(folder.resolve("k.csv"), "length,width,color,kind\n1,2,green,ant\n");
    assertEquals(1, Cli.run("evaluate", model, known).code());
    Cli.run("evaluate", model, known, "--allow-unknown").ok();
  }

  @Test
  void arraysOfAnArchiveAreTrainedOn() {
    Path arrays = CASES.resolve("arrays.npz");
    Path model = folder.resolve("m.safetensors");
    Cli.run("train", arrays + ":x," + arrays + ":y", "--layers", "1", "--model", model).ok();
    Cli.run("predict", model, arrays + ":x").ok();
    Cli unsaid = Cli.run("predict", model, arrays);
    assertEquals(1, unsaid.code());
    assertTrue(unsaid.err().contains("x, y; name one, as in"), unsaid.err());
  }

  @Test
  void labelsInArraysKeepTheirNames() {
    Path x = CASES.resolve("labels_x.npy");
    Path y = CASES.resolve("labels_1_to_3.npy");
    Path model = folder.resolve("m.safetensors");
    Cli.run("train", x + "," + y, "--layers", "3:softmax", "--model", model).ok();
    String answers = Cli.run("predict", model, x).ok().out();
    assertEquals("prediction,1,2,3", answers.lines().findFirst().orElseThrow());
    assertTrue(answers.lines().skip(1).allMatch(line -> line.matches("[123],.*")), answers);
    Cli.run("evaluate", model, x + "," + y).ok();
  }

  /** What overflows on its way says no class, and which row it was. */
  @Test
  void aRowWithoutAnAnswerIsNamed() {
    Path model = folder.resolve("m.safetensors");
    Path x = folder.resolve("x.npy");
    Network network =
        Network.builder(1)
            .dense(2, SOFTMAX)
            .build(1)
            .withParameters(new float[] {3e38f, 3e38f, 0, 0});
    Schema schema = Schema.ofArray(List.of(1), Target.labels("kind", List.of("a", "b")));
    ModelFile.save(network, model, schema, Map.of());
    Npy.write(x, new float[] {0, 10}, 2, 1);
    Cli refused = Cli.run("predict", model, x);
    assertTrue(
        refused.err().contains("row 1 (counted from 0): output 0 of the network is NaN"),
        refused.err());
  }

  /** A row of a million inputs: 4 MB, and not 256 rows of it. */
  @Test
  void memoryFollowsTheRows() {
    int inputs = 1_000_000;
    Path model = folder.resolve("wide.safetensors");
    ModelFile.save(Network.builder(inputs).dense(1).build(1), model);
    Path x = folder.resolve("x.npy");
    Npy.write(x, new float[inputs], 1, inputs);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Cli.run("predict", model, x).ok();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // Kernels that are not compiled yet make some 200 MB of vectors; 256 rows would be 1 GB.
    assertTrue(allocated < 600_000_000, allocated + " bytes for a row of 4 MB");
  }
}
