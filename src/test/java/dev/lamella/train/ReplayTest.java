package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.model.ModelFile;
import dev.lamella.net.Dense;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Trainings that PyTorch ran, replayed step for step; see resources/training/README.md. */
class ReplayTest {

  private static final String SMOOTHING = "_label_smoothing_0.1";

  @TestFactory
  List<DynamicTest> replays() throws Exception {
    Path folder = Path.of(ReplayTest.class.getResource("/training/README.md").toURI()).getParent();
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> runs = Files.list(folder)) {
      for (Path run : runs.filter(Files::isDirectory).sorted().toList()) {
        tests.add(DynamicTest.dynamicTest(run.getFileName().toString(), () -> replay(run)));
      }
    }
    assertEquals(14, tests.size());
    return tests;
  }

  private static void replay(Path run) throws IOException {
    String config = Files.readString(run.resolve("config.json"));
    List<LayerSpec> layers = LayerSpec.parseAll(layers(config));
    String loss = text(config, "loss");
    // The fixtures are called after what is special in them; PyTorch's name comes first.
    String optimizer = text(config, "optimizer").split("_", 2)[0] + ":" + numbers(config);
    int inputs = number(config, "inputs");

    Network start = ModelFile.load(run.resolve("init.safetensors"), layers);
    assertEquals(inputs, start.inputs());
    Trainer trainer =
        Trainer.of(start, Loss.of(lossWord(loss)), Optimizer.of(optimizer))
            .batchSize(number(config, "batch_size"))
            .epochs(number(config, "epochs"))
            .shuffle(false);
    History history = trainer.fit(data(run, start, loss.endsWith(SMOOTHING)));

    ByteBuffer losses = npy(run.resolve("losses.npy"));
    for (Epoch epoch : history.epochs()) {
      double expected = losses.getDouble();
      assertEquals(expected, epoch.loss(), 1e-4 * expected, () -> "epoch " + epoch.epoch());
    }
    assertEquals(0, losses.remaining());
    assertNear(ModelFile.load(run.resolve("final.safetensors"), layers), history.network());
  }

  /** Each number within a thousandth of the largest in its tensor. */
  private static void assertNear(Network expected, Network got) {
    float[] a = expected.parameters();
    float[] b = got.parameters();
    for (int l = 0; l < expected.layers().size(); l++) {
      Dense layer = expected.layer(l);
      int weights = expected.weightsOffset(l);
      int biases = expected.biasOffset(l);
      assertNear("weights " + l, a, b, weights, biases);
      assertNear("biases " + l, a, b, biases, weights + layer.parameters());
    }
  }

  private static void assertNear(String what, float[] a, float[] b, int from, int to) {
    float largest = 0;
    float farthest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    float off = farthest / largest;
    assertTrue(off <= 1e-3, () -> what + " are off by " + off + " of the largest");
  }

  private static Dataset data(Path run, Network network, boolean smooth) throws IOException {
    float[] x = floats(npy(run.resolve("x.npy")));
    Path targets = run.resolve("y.npy");
    ByteBuffer y = npy(targets);
    int outputs = network.outputs();
    if (!Files.readString(targets, StandardCharsets.ISO_8859_1).contains("<i8")) {
      return Dataset.of(x, network.inputs(), floats(y), outputs);
    }
    int[] labels = new int[y.remaining() / Long.BYTES]; // (rows)
    Arrays.setAll(labels, i -> Math.toIntExact(y.getLong()));
    if (!smooth) {
      return Dataset.ofLabels(x, network.inputs(), labels, outputs);
    }
    float[] soft = new float[labels.length * outputs]; // (rows, outputs)
    Arrays.fill(soft, 0.1f / outputs);
    for (int r = 0; r < labels.length; r++) {
      soft[r * outputs + labels[r]] += 0.9f;
    }
    return Dataset.of(x, network.inputs(), soft, outputs);
  }

  private static String lossWord(String word) {
    return word.endsWith(SMOOTHING) ? "cross_entropy_with_logits" : word;
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  /** The numbers of an array file of version 1. */
  private static ByteBuffer npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8));
  }

  /** The layers as words: each dense with the activation that follows it. */
  private static String layers(String config) {
    List<String> words = new ArrayList<>();
    Matcher each = Pattern.compile("\"(dense|activation)\": \"?(\\w+)").matcher(config);
    for (MatchResult result : each.results().toList()) {
      if (result.group(1).equals("dense")) {
        words.add(result.group(2));
      } else {
        words.add(words.removeLast() + ":" + result.group(2));
      }
    }
    return String.join(",", words);
  }

  private static String numbers(String config) {
    String inside = find(config, "\"numbers\": \\{(.*?)\\}");
    return inside.replace("\"", "").replace(": ", "=").toLowerCase(Locale.ROOT);
  }

  private static String text(String config, String key) {
    return find(config, "\"" + key + "\": \"(.*?)\"");
  }

  private static int number(String config, String key) {
    return Integer.parseInt(find(config, "\"" + key + "\": (\\d+)"));
  }

  private static String find(String config, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(config);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }
}
