package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import dev.lamella.data.TestFiles;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Models that PyTorch wrote, with rows and PyTorch's own answers: read, and answered the same; or
 * refused, if they have layers that are not known. A model of another network is never made of one.
 */
@Tag("kernels")
class GoldenModelsTest {
  private static final List<String> MODELS =
      List.of(
          "torch-000",
          "torch-002",
          "torch-006",
          "torch-008",
          "torch-012",
          "torch-014",
          "torch-018",
          "torch-020");

  private static final Pattern LAYER =
      Pattern.compile("\\{\"(\\w+)\": ([^,}]*)(?:, \"bias\": (\\w+))?\\}");

  /** The layers in the words of the command line; a layer that has no word stands as it is. */
  private static String words(String architecture) {
    List<String> words = new ArrayList<>();
    Matcher layer = LAYER.matcher(architecture.substring(architecture.indexOf('[')));
    while (layer.find()) {
      switch (layer.group(1)) {
        case "dense" ->
            words.add(layer.group(2) + (layer.group(3).equals("true") ? "" : ":linear:nobias"));
        case "dropout" -> {} // Does nothing when a network is asked.
        case "activation" -> {
          String name = layer.group(2).replace("\"", "");
          String last = words.removeLast();
          words.add(
              last.contains(":linear:")
                  ? last.replace(":linear:", ":" + name + ":")
                  : last + ":" + name);
        }
        default -> words.add(layer.group(1));
      }
    }
    return String.join(",", words);
  }

  @Test
  void predictionsAreThoseOfPyTorch() {
    TreeSet<String> refused = new TreeSet<>();
    for (String model : MODELS) {
      String folder = "models/" + model + "/";
      byte[] architecture = TestFiles.resourceBytes(folder + "architecture.json");
      String words = words(new String(architecture, StandardCharsets.UTF_8));
      Network network;
      try {
        network =
            ModelFile.load(
                TestFiles.resource(folder + "model.safetensors"), LayerSpec.parseAll(words));
      } catch (ModelException | IllegalArgumentException e) {
        refused.add(model);
        continue;
      }
      assertAnswers(model, network);
    }
    TreeSet<String> unknown = new TreeSet<>(MODELS);
    unknown.remove("torch-012");
    assertEquals(unknown, refused, "the models with layers that are not known");
  }

  private static void assertAnswers(String model, Network network) {
    Npy input = Npy.read(TestFiles.resource("models/" + model + "/input.npy"));
    Npy expected = Npy.read(TestFiles.resource("models/" + model + "/expected.npy"));
    int rows = input.shape().getFirst();
    assertEquals(List.of(rows, network.outputs()), expected.shape());
    float[] actual = new float[rows * network.outputs()];
    try (Predictor predictor = network.predictor(rows)) {
      predictor.predict(input.floats(), 0, rows, actual, 0);
    }
    for (int i = 0; i < actual.length; i++) {
      float b = expected.floats()[i];
      assertTrue(
          Math.abs(actual[i] - b) <= 1e-5 + 1e-4 * Math.abs(b),
          model + ": " + actual[i] + " instead of " + b + " at " + i);
    }
  }

  @Test
  void everyTrainingFixtureLoadsAndSavesAsPyTorchNamedIt() {
    for (String run : List.of("adam", "sgd", "sgd_momentum", "huber", "mse")) {
      String folder = "training/" + run + "/";
      byte[] config = TestFiles.resourceBytes(folder + "config.json");
      String text = new String(config, StandardCharsets.UTF_8);
      String layers = text.substring(text.indexOf('['), text.indexOf(']'));
      String words = words(layers.replaceAll("(\"dense\": \\d+)", "$1, \"bias\": true"));
      for (String file : List.of("init.safetensors", "final.safetensors")) {
        Network network =
            ModelFile.load(TestFiles.resource(folder + file), LayerSpec.parseAll(words));
        var saved = TestFiles.newFolder().resolve("m.safetensors");
        ModelFile.save(network, saved);
        assertEquals(
            Foreign.tensors(TestFiles.resourceBytes(folder + file)),
            Foreign.tensors(TestFiles.read(saved)));
      }
    }
  }
}
