package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same bits for every number of threads and every kind of kernel. */
class SameBitsTest {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  @TempDir private Path folder;

  @Test
  void trainingAndPrediction() throws Exception {
    Path digits = folder.resolve("digits.csv.gz");
    try (var in = Main.class.getResourceAsStream("digits.csv.gz")) {
      Files.copy(in, digits);
    }
    String expected = null;
    byte[] answers = null;
    byte[] file = null;
    int threads = 1;
    for (List<String> jvm :
        List.of(
            List.of(VECTOR),
            List.of(VECTOR, "-Dlamella.lanes=8"),
            List.of(VECTOR, "-Dlamella.lanes=4"),
            List.of(VECTOR, "-Dlamella.kernels=scalar"),
            List.<String>of())) {
      threads = 3 - threads; // 2, 1, 2, ...
      Path model = folder.resolve("m.safetensors");
      Cli trained =
          Cli.process(
                  jvm,
                  folder,
                  "train",
                  digits,
                  "--layers",
                  "50:gelu,33:relu,10:softmax",
                  "--epochs",
                  2,
                  "--validation",
                  "0.2",
                  "--threads",
                  threads,
                  "--model",
                  model)
              .ok();
      Path out = folder.resolve("out.npy");
      Cli.process(jvm, folder, "predict", model, digits, "--output", out).ok();
      expected = expected == null ? trained.sha256() : expected;
      answers = answers == null ? Files.readAllBytes(out) : answers;
      file = file == null ? Files.readAllBytes(model) : file;
      assertEquals(expected, trained.sha256(), jvm.toString());
      assertTrue(java.util.Arrays.equals(answers, Files.readAllBytes(out)), jvm.toString());
      assertTrue(java.util.Arrays.equals(file, Files.readAllBytes(model)), jvm.toString());
      if (jvm.isEmpty()) {
        String said = Files.readString(folder.resolve("stderr.txt"));
        assertTrue(said.contains("--add-modules"), "says once why it is scalar: " + said);
      }
    }
  }

  @Test
  void anyNumberOfThreads() {
    String images = Samples.images(folder, 500);
    String expected = null;
    for (int threads = 1; threads <= 3; threads++) {
      String actual =
          Cli.run(
                  "train",
                  images,
                  "--layers",
                  "40:silu,4:softmax",
                  "--epochs",
                  2,
                  "--threads",
                  threads,
                  "--batch-size",
                  128,
                  "--model",
                  folder.resolve("m.safetensors"))
              .ok()
              .sha256();
      expected = expected == null ? actual : expected;
      assertEquals(expected, actual, threads + " threads");
    }
  }
}
