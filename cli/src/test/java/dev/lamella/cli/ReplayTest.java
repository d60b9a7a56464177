package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import dev.lamella.model.Safetensors;
import dev.lamella.model.TensorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training runs of PyTorch, repeated by the command line: every epoch's loss within 1e-4 relative,
 * every final weight within 1e-3 of the largest weight of its tensor.
 */
class ReplayTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd | 33:leaky_relu,1 | binary_cross_entropy_with_logits | sgd:lr=0.05 | 32",
        "sgd_momentum | 16:silu,64:silu,16:silu,2 | cross_entropy_with_logits | sgd:lr=0.02,momentum=0.9 | 32",
        "sgd_nesterov | 64:elu,16:elu,1 | huber | sgd:lr=0.02,momentum=0.9,nesterov=true | 32",
        "adam | 16:tanh,8:tanh,3 | smooth_l1 | adam:lr=0.001 | 16",
        "adamw | 16:elu,33:elu,3 | huber | adamw:lr=0.001,weight_decay=0.01 | 16",
        "mse | 16:silu,1 | mse | sgd:lr=0.02,momentum=0.9 | 16",
        "mae | 16:leaky_relu,3 | mae | adam:lr=0.001 | 16",
        "huber | 33:gelu,33:gelu,64:gelu,1 | huber | sgd:lr=0.02,momentum=0.9 | 16",
        "smooth_l1 | 8:elu,3 | smooth_l1 | adam:lr=0.001 | 16",
        "binary_cross_entropy_with_logits | 16:gelu,1 | binary_cross_entropy_with_logits | adam:lr=0.001 | 32",
        "cross_entropy_with_logits | 8:elu,8:elu,3 | cross_entropy_with_logits | adam:lr=0.001 | 32",
      })
  void agrees(String run, String layers, String loss, String optimizer, int batchSize)
      throws Exception {
    Path model = folder.resolve("m.safetensors");
    Path history = folder.resolve("history.csv");
    Cli.run(
            "train",
            Replays.file(run, "x.npy") + "," + Replays.file(run, "y.npy"),
            "--layers",
            layers,
            "--loss",
            loss,
            "--optimizer",
            optimizer,
            "--batch-size",
            batchSize,
            "--epochs",
            5,
            "--no-shuffle",
            "--init",
            Replays.file(run, "init.safetensors"),
            "--history",
            history,
            "--model",
            model)
        .ok();

    double[] expected = Npy.read(Replays.file(run, "losses.npy")).doubles();
    List<String> lines = Files.readAllLines(history);
    assertEquals(expected.length, lines.size() - 1);
    for (int e = 0; e < expected.length; e++) {
      double actual = Double.parseDouble(lines.get(e + 1).split(",")[1]);
      assertEquals(expected[e], actual, 1e-4 * Math.abs(expected[e]), "loss of epoch " + (e + 1));
    }
    try (Safetensors wanted = Safetensors.open(Replays.file(run, "final.safetensors"));
        Safetensors got = Safetensors.open(model)) {
      for (TensorInfo tensor : wanted.tensors()) {
        requireClose(tensor.name(), wanted.floats(tensor.name()), got.floats(tensor.name()));
      }
    }
  }

  private static void requireClose(String name, float[] wanted, float[] got) {
    float largest = 0;
    for (float each : wanted) {
      largest = Math.max(largest, Math.abs(each));
    }
    assertEquals(wanted.length, got.length);
    for (int i = 0; i < wanted.length; i++) {
      assertTrue(
          Math.abs(wanted[i] - got[i]) <= 1e-3 * largest,
          "%s[%d] is %s, but PyTorch has %s".formatted(name, i, got[i], wanted[i]));
    }
  }
}
