package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.data.Npy;
import dev.lamella.data.TestFiles;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State dicts of modules that are no nn.Sequential. */
class NamedTensorsTest {
  private static final List<LayerSpec> LAYERS = LayerSpec.parseAll("8:relu,3:softmax");

  /** Weights and biases by module: units and inputs, and a value for all of them. */
  private static Path file(Map<String, int[]> modules) {
    List<Tensor> tensors = new java.util.ArrayList<>();
    int value = 0;
    for (Map.Entry<String, int[]> module : modules.entrySet()) {
      int units = module.getValue()[0];
      int inputs = module.getValue()[1];
      float[] weights = new float[units * inputs];
      java.util.Arrays.fill(weights, ++value);
      String name = module.getKey();
      tensors.add(new Tensor(name + ".weight", List.of((long) units, (long) inputs), weights));
      tensors.add(new Tensor(name + ".bias", List.of((long) units), new float[units]));
    }
    Path file = TestFiles.newFolder().resolve("m.safetensors");
    Safetensors.write(file, Map.of(), tensors);
    return file;
  }

  private static Map<String, int[]> modules(Object... namesAndShapes) {
    Map<String, int[]> modules = new LinkedHashMap<>();
    for (int i = 0; i < namesAndShapes.length; i += 3) {
      modules.put(
          (String) namesAndShapes[i],
          new int[] {(Integer) namesAndShapes[i + 1], (Integer) namesAndShapes[i + 2]});
    }
    return modules;
  }

  private static void assertRefused(String message, Path file, String layers, String... names) {
    List<LayerSpec> specs = LayerSpec.parseAll(layers);
    TestFiles.assertMessage(
        ModelException.class,
        message,
        file,
        () -> {
          if (names.length == 0) {
            ModelFile.load(file, specs);
          } else {
            ModelFile.load(file, specs, List.of(names));
          }
        });
  }

  @Test
  void answersAreThoseOfPyTorch() {
    float[] rows = Npy.read(TestFiles.resource("cases/state_x.npy")).floats();
    double[] expected = Npy.read(TestFiles.resource("cases/state_want.npy")).doubles();
    for (String name : List.of("fc", "model_fc")) {
      Path file = TestFiles.resource("cases/" + name + ".safetensors");
      Network network = ModelFile.load(file, LAYERS);
      float[] answers = new float[18];
      try (Predictor predictor = network.predictor()) {
        predictor.predict(rows, 0, 6, answers, 0);
      }
      for (int i = 0; i < answers.length; i++) {
        assertEquals(expected[i], answers[i], 1e-5);
      }
      assertEquals(network, ModelFile.load(file, LAYERS, List.of("fc1", "fc2")), name);
      assertEquals(
          network, ModelFile.load(new ByteArrayInputStream(TestFiles.read(file)), LAYERS), name);
    }
  }

  @Test
  void shapesTellTheOrderWhateverTheNames() {
    for (String prefix :
        List.of("", "model.", "module.", "_orig_mod.", "_orig_mod.module.model.")) {
      Path file =
          file(modules(prefix + "out", 2, 5, prefix + "first", 7, 3, prefix + "hidden", 5, 7));
      Network network = ModelFile.load(file, LayerSpec.parseAll("7:relu,5:relu,2"));
      assertEquals(3, network.inputs());
      assertEquals(2, network.weights(0)[0][0], "first");
      assertEquals(3, network.weights(1)[0][0], "hidden");
      assertEquals(1, network.weights(2)[0][0], "out");
    }
    // There and back: the layers say which half comes first.
    Path autoencoder = file(modules("decoder.0", 4, 2, "encoder.0", 2, 4));
    assertEquals(4, ModelFile.load(autoencoder, LayerSpec.parseAll("2:relu,4")).inputs());
    assertEquals(2, ModelFile.load(autoencoder, LayerSpec.parseAll("4:relu,2")).inputs());
    // Numbers of an nn.Sequential tell it themselves, even between equal shapes.
    Path numbers = file(modules("net.10", 3, 3, "net.2", 3, 3));
    Network sequential = ModelFile.load(numbers, LayerSpec.parseAll("3,3"));
    assertEquals(2, sequential.weights(0)[0][0], "net.2 before net.10");
  }

  @Test
  void twoOrdersThatChainAreNotGuessed() {
    Path file = file(modules("a", 4, 3, "b", 4, 4, "c", 4, 4, "d", 1, 4));
    assertRefused(
        "the layers of m.safetensors could stand in the order a,b,c,d or a,c,b,d, as both chain; name the right one: --tensors a,b,c,d, or ModelFile.load with these names",
        file,
        "4:relu,4:relu,4:relu,1");
    List<LayerSpec> layers = LayerSpec.parseAll("4:relu,4:relu,4:relu,1");
    Network one = ModelFile.load(file, layers, List.of("a", "b", "c", "d"));
    Network other = ModelFile.load(file, layers, List.of("a", "c", "b", "d"));
    assertEquals(2, one.weights(1)[0][0]);
    assertEquals(3, other.weights(1)[0][0]);
    assertArrayEquals(one.weights(0), other.weights(0));
  }

  @Test
  void whatDoesNotChainIsNamed() {
    assertRefused(
        "the weights of m.safetensors are fc1 (8, 4), fc2 (3, 8), which do not chain to the layers 9:relu,3; weights are (units, inputs), and a layer without a bias is written with :nobias",
        file(modules("fc1", 8, 4, "fc2", 3, 8)),
        "9:relu,3");
    assertRefused(
        "the weights of m.safetensors are fc1 (4, 8), fc2 (8, 3), which do not chain to the layers 8:relu,3; weights are (units, inputs), and a layer without a bias is written with :nobias; these look transposed: save each weight as weight.T.contiguous()",
        file(modules("fc1", 4, 8, "fc2", 8, 3)),
        "8:relu,3");
    assertRefused(
        "m.safetensors has the weights of 2 layers, but the network has 1",
        file(modules("fc1", 8, 4, "fc2", 3, 8)),
        "3");
    Path file = file(modules("x.fc", 8, 4, "y.fc", 3, 8));
    assertRefused(
        "m.safetensors has no tensor gc.weight; it has the weights of x.fc (8, 4), y.fc (3, 8)",
        file,
        "8,3",
        "gc",
        "x.fc");
    assertRefused(
        "fc means several tensors of m.safetensors: x.fc (8, 4), y.fc (3, 8); give the whole name",
        file,
        "8,3",
        "fc",
        "x.fc");
    assertRefused("the tensors of x.fc are named twice", file, "8,3", "x.fc", "x.fc");
    assertRefused(
        "tensor y.fc.weight of m.safetensors has the shape [3, 8], but layer 0 (8, 8 inputs) needs [8, 8]",
        file,
        "8,3",
        "y.fc",
        "x.fc");
    Path other = TestFiles.newFolder().resolve("m.safetensors");
    Safetensors.write(other, Map.of(), List.of(new Tensor("kernel", List.of(1L), new float[1])));
    assertRefused(
        "m.safetensors has no tensor whose name ends in .weight, as in PyTorch's state_dict of dense layers",
        other,
        "1");
  }
}
