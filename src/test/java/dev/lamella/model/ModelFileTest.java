package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamella.data.Feature;
import dev.lamella.data.Missing;
import dev.lamella.data.Reading;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.data.TestFiles;
import dev.lamella.net.Activation;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ModelFileTest {
  private static final Network NETWORK =
      Network.builder(2).dense(3, Activation.RELU).dense(1).build(1);

  private static Path newFile() {
    return TestFiles.newFolder().resolve("m.safetensors");
  }

  private static void assertRefused(String message, Path file, Executable code) {
    TestFiles.assertMessage(ModelException.class, message, file, code);
  }

  @Property(tries = 100)
  void networksComeBackBitForBit(
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @Size(min = 1, max = 4) List<Activation> activations,
      @ForAll @IntRange(min = 1, max = 20) int units,
      @ForAll boolean bias,
      @ForAll long seed) {
    var builder = Network.builder(inputs);
    for (int i = 0; i < activations.size(); i++) {
      builder.dense(new LayerSpec(units + i, activations.get(i), bias));
    }
    Network network = builder.build(seed);
    Path file = newFile();
    ModelFile.save(network, file);
    assertEquals(network, ModelFile.load(file));
    assertEquals(network, ModelFile.load(file, specs(network)));
    byte[] once = TestFiles.read(file);
    ModelFile.save(network, file);
    assertArrayEquals(once, TestFiles.read(file), "equal networks give equal bytes");
  }

  private static List<LayerSpec> specs(Network network) {
    return LayerSpec.parseAll(network.layerWords());
  }

  @Test
  void namesAndShapesAreThoseOfPyTorch() {
    Network network =
        Network.builder(2)
            .dense(3, Activation.RELU)
            .dense(new LayerSpec(2, Activation.LINEAR, false))
            .dense(1, Activation.SIGMOID)
            .build(1)
            .withWeights(0, new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {7, 8, 9})
            .withWeights(1, new float[][] {{1, 2, 3}, {4, 5, 6}}, new float[0])
            .withWeights(2, new float[][] {{1, 2}}, new float[] {3});
    Path file = newFile();
    ModelFile.save(network, file);
    assertEquals(
        Map.of(
            "0.weight", "[3,2] 1.0 2.0 3.0 4.0 5.0 6.0",
            "0.bias", "[3] 7.0 8.0 9.0",
            "2.weight", "[2,3] 1.0 2.0 3.0 4.0 5.0 6.0",
            "3.weight", "[1,2] 1.0 2.0",
            "3.bias", "[1] 3.0"),
        Foreign.tensors(TestFiles.read(file)));
  }

  @Test
  void schemaAndNotesComeBack() {
    Schema columns =
        Schema.ofColumns(
                List.of(
                    new Feature.Numeric("age", 0.1, 1e-30),
                    new Feature.Categorical("color \"é\"\n", List.of("red"))),
                0,
                Target.numbers("y", 1))
            .withUnknownAsZeros();
    Path file = newFile();
    ModelFile.save(NETWORK, file, columns, Map.of("loss", "mse"));
    Model model = ModelFile.open(file);
    assertEquals(NETWORK, model.network());
    assertEquals(columns, model.schema());
    assertEquals("mse", model.metadata().get("loss"));
    assertEquals("pt", model.metadata().get("format"));
    for (Schema schema :
        List.of(
            Schema.ofArray(List.of(2, 1), Target.binary("y", List.of("no", "yes")))
                .scaled(1 / 255f),
            Schema.ofArray(List.of(2), Target.labels("y", List.of("all"))),
            Schema.ofArray(List.of(2), Target.none()),
            Schema.ofColumns(
                List.of(new Feature.Constant("a"), new Feature.Numeric("b", -1e-300, 5e300)),
                0,
                Target.columns(List.of(new Target.Column("y", 0.1, 1e6)))),
            Schema.ofColumns(
                    List.of(
                        new Feature.Numeric("a", 0, 1), new Feature.Categorical("b", List.of("x"))),
                    0,
                    Target.numbers("y", 1))
                .withReading(
                    new Reading(
                        Missing.MEDIAN,
                        Set.of("NA", "-999"),
                        Map.of("a", 0.1),
                        Map.of("b", "x"),
                        Map.of("a", "1,5€", "y", "1%"))),
            Schema.ofColumns(
                List.of(new Feature.Numeric("0", 0, 1), new Feature.Numeric("2", -0.0, 3)),
                3,
                Target.numbers("1", 1)))) {
      ModelFile.save(NETWORK, file, schema);
      assertEquals(schema, ModelFile.open(file).schema());
    }
    ModelFile.save(NETWORK, file);
    assertNull(ModelFile.open(file).schema());
  }

  @Test
  void aScaleForEachOfSeveralTargetsComesBack() {
    Schema schema =
        Schema.ofColumns(
            List.of(new Feature.Constant("a"), new Feature.Constant("b")),
            0,
            Target.columns(
                List.of(
                    new Target.Column("price, total", 419_353.25, 1 / 3.0),
                    new Target.Column("rate", 0, 1))));
    Path file = newFile();
    ModelFile.save(Network.builder(2).dense(2).build(1), file, schema);
    assertEquals(schema, ModelFile.open(file).schema());
  }

  /** What is saved loads again, however wide its table was and however long its words are. */
  @Test
  void aVeryWideTableComesBack() {
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < 250_000; c++) {
      String name = "a column with a long name " + c;
      features.add(
          c % 2 == 0
              ? new Feature.Constant(name)
              : new Feature.Numeric(name, c / 3.0, 0.3333333333333333));
    }
    Schema schema = Schema.ofColumns(features, 0, Target.numbers("y", 1));
    Path file = newFile();
    ModelFile.save(
        Network.builder(features.size()).dense(1).build(1),
        file,
        schema,
        Map.of("k".repeat(10_001), "v"));
    assertEquals(schema, ModelFile.open(file).schema());
  }

  @Test
  void theArchitectureIsReadableByOthers() {
    Path file = newFile();
    ModelFile.save(NETWORK, file);
    assertEquals(
        "{\"inputs\":2,\"layers\":[{\"dense\":3,\"activation\":\"relu\",\"bias\":true},"
            + "{\"dense\":1,\"activation\":\"linear\",\"bias\":true}]}",
        ModelFile.open(file).metadata().get(ModelFile.ARCHITECTURE));
  }

  @Test
  void aPlainStateDictNeedsItsLayers() {
    Path file = TestFiles.resource("training/adam/init.safetensors");
    Network network = ModelFile.load(file, LayerSpec.parseAll("16:tanh,8:tanh,3"));
    assertEquals("30-16 tanh-8 tanh-3, 659 parameters", network.toString());
    assertRefused(
        "init.safetensors does not say its layers (no lamella.architecture in its metadata); give them, as in 128:relu,10:softmax",
        file,
        () -> ModelFile.load(file));
    assertLayersRefused(
        "tensor 2.weight of init.safetensors has the shape [8, 16], but layer 1 (9:tanh, 16 inputs) needs [9, 16]",
        file,
        "16:tanh,9:tanh,3");
    assertLayersRefused(
        "init.safetensors has the weights of 3 layers, but the network has 2", file, "16:tanh,3");
    assertLayersRefused(
        "tensor 4.bias of init.safetensors belongs to no layer of the network; layers other than dense are not known, and a layer with :nobias has no bias",
        file,
        "16:tanh,8:tanh,3:linear:nobias");
    Path noBias = TestFiles.resource("models/torch-012/model.safetensors");
    assertLayersRefused(
        "model.safetensors has no tensor 0.bias; if layer 0 has no bias, write 64:elu:nobias",
        noBias,
        "64:elu");
    Path norm = TestFiles.resource("models/torch-006/model.safetensors");
    assertLayersRefused(
        "tensor 1.weight of model.safetensors has the shape [200], but the weights of a dense layer are (units, inputs); other layers are not known",
        norm,
        "200:tanh");
  }

  private static void assertLayersRefused(String message, Path file, String layers) {
    assertRefused(message, file, () -> ModelFile.load(file, LayerSpec.parseAll(layers)));
  }

  /** A state dict with one weight of 1 for each name. */
  private static Path ones(String... names) {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[%d,%d]}"
                  .formatted(names[i], 4 * i, 4 * i + 4));
    }
    byte[] data = new byte[4 * names.length];
    for (int i = 0; i < names.length; i++) {
      data[4 * i + 3] = 0x40; // 2.0
    }
    return TestFiles.write("m.safetensors", Foreign.file(header + "}", data));
  }

  @Test
  void onlyTheOrderOfTheModulesCounts() {
    List<LayerSpec> layers = LayerSpec.parseAll("1:linear:nobias,1:linear:nobias");
    for (Path file : List.of(ones("10.weight", "9.weight"), ones("net.3.weight", "net.0.weight"))) {
      assertArrayEquals(new float[] {2, 2}, ModelFile.load(file, layers).parameters());
    }
    Path stacks = ones("a.0.weight", "b.0.weight");
    assertRefused(
        "the layers of m.safetensors could stand in the order b.0,a.0 or a.0,b.0, as both chain; name the right one: --tensors b.0,a.0, or ModelFile.load with these names",
        stacks,
        () -> ModelFile.load(stacks, layers));
  }

  @Test
  void otherLayersThanAskedForAreRefused() {
    Path file = newFile();
    ModelFile.save(NETWORK, file);
    assertLayersRefused(
        "m.safetensors holds the layers 3:relu,1, but 3:tanh,1 were asked for; leave them out, as the file says its own",
        file,
        "3:tanh,1");
  }

  @Test
  void aSchemaMustFit() {
    Path file = newFile();
    Schema three = Schema.ofArray(List.of(3), Target.numbers("y", 1));
    assertRefused(
        "m.safetensors: the network has 2 inputs and 1 outputs, but its schema describes 3 and 1",
        file,
        () -> ModelFile.save(NETWORK, file, three));
    assertEquals(List.of(), TestFiles.list(file.getParent()));
  }

  @Test
  void damagedMetadataIsNamed() {
    assertMetadataRefused(
        "m.safetensors has the format 2, but this version reads format 1; use a newer version of Lamella",
        "\"lamella.format\":\"2\"");
    assertMetadataRefused(
        "m.safetensors has damaged metadata: lamella.architecture is wrong: empty",
        "\"lamella.architecture\":\"\"");
    assertArchitectureRefused("the architecture lacks inputs or layers", "{}");
    assertArchitectureRefused(
        "a layer has the unknown member \"conv\"; a newer version may have written it",
        "{'inputs':1,'layers':[{'conv':3}]}");
    assertArchitectureRefused(
        "dense is 4000000000, more than the largest size of 2147483647",
        "{'inputs':1,'layers':[{'dense':4000000000}]}");
    assertArchitectureRefused(
        "the architecture has an unknown member \"x\"", "{'inputs':1,'x':[]}");
    Path huge =
        withMetadata(
            "\"lamella.architecture\":\"{\\\"inputs\\\":2147483647,\\\"layers\\\":[{\\\"dense\\\":2147483647}]}\"");
    assertRefused(
        "m.safetensors: a dense layer of 2147483647 inputs and 2147483647 units has 4611686016279904256 parameters, more than the 2147483639 that fit in one array; use fewer units",
        huge,
        () -> ModelFile.load(huge));
  }

  private static void assertArchitectureRefused(String message, String json) {
    assertMetadataRefused(
        "m.safetensors has damaged metadata: lamella.architecture is wrong: " + message,
        "\"lamella.architecture\":\"" + json.replace("'", "\\\"") + "\"");
  }

  private static void assertMetadataRefused(String message, String member) {
    Path file = withMetadata(member);
    assertRefused(message, file, () -> ModelFile.load(file));
  }

  private static Path withMetadata(String member) {
    String header =
        "{\"__metadata__\":{%s},\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}"
            .formatted(member);
    return TestFiles.write("m.safetensors", Foreign.file(header, new byte[4]));
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    Path folder = TestFiles.newFolder();
    Path file = folder.resolve("models/m.safetensors");
    assertRefused(
        "m.safetensors cannot be written: the folder "
            + file.getParent()
            + " does not exist; create it first",
        file,
        () -> ModelFile.save(NETWORK, file));
    assertEquals(List.of(), TestFiles.list(folder));
  }

  private static final Path FUZZED = TestFiles.newFolder().resolve("f");
  private static final byte[] VALID = valid();

  private static byte[] valid() {
    Path file = newFile();
    Feature color = new Feature.Categorical("color", List.of("blue"));
    Schema schema =
        Schema.ofColumns(
            List.of(new Feature.Numeric("age", 1, 2), color), 0, Target.numbers("y", 1));
    ModelFile.save(NETWORK, file, schema);
    return TestFiles.read(file);
  }

  @Property(tries = 3000)
  void damagedFilesAreLoadedOrRefused(@ForAll long seed) {
    Path file = TestFiles.overwrite(FUZZED, HostileFiles.damaged(VALID, seed));
    try {
      ModelFile.open(file);
    } catch (ModelException e) {
      // Refused: the other good end.
    }
  }

  @Property(tries = 50)
  void cutFilesAreRefused(@ForAll @IntRange(min = 1, max = 600) int missing) {
    byte[] cut = Arrays.copyOf(VALID, VALID.length - missing);
    Path file = TestFiles.overwrite(FUZZED, cut);
    assertThrows(ModelException.class, () -> ModelFile.open(file));
  }

  @Test
  void theOldFileSurvivesAModelThatIsRefused() {
    Path file = TestFiles.write("m.safetensors", "old");
    Schema wrong = Schema.ofArray(List.of(5), Target.none());
    assertRefused(
        "m.safetensors: the network has 2 inputs and 1 outputs, but its schema describes 5 and 0",
        file,
        () -> ModelFile.save(NETWORK, file, wrong));
    assertEquals("old", new String(TestFiles.read(file), StandardCharsets.UTF_8));
  }
}
