package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkTest {
  /** Two inputs, two relu units, one linear output without bias. */
  private static final List<Layer> LAYERS =
      List.of(new Dense(2, 2, Activation.RELU, true), new Dense(2, 1, Activation.LINEAR, false));

  private final Network network = Network.of(LAYERS, new float[] {1, 2, 3, 4, 5, 6, 7, 8});

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  @Test
  void theFlatArrayHoldsPyTorchsShapes() {
    assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, network.weights(0));
    assertArrayEquals(new float[] {5, 6}, network.biases(0));
    assertArrayEquals(new float[][] {{7, 8}}, network.weights(1));
    assertArrayEquals(new float[0], network.biases(1));
    assertEquals(0, network.weightsOffset(0));
    assertEquals(4, network.biasOffset(0));
    assertEquals(6, network.weightsOffset(1));
    assertEquals(8, network.biasOffset(1));
    assertEquals(8, network.parameterCount());
  }

  @Test
  void whatIsHandedOutOrInIsACopy() {
    float[] given = {1, 2, 3, 4, 5, 6, 7, 8};
    Network copy = Network.of(LAYERS, given);
    given[0] = 99;
    copy.parameters()[1] = 99;
    copy.weights(0)[0][0] = 99;
    copy.biases(0)[0] = 99;
    assertEquals(network, copy);
  }

  @Test
  void withWeightsChangesOneLayer() {
    Network changed =
        network.withWeights(0, new float[][] {{-1, -2}, {-3, -4}}, new float[] {-5, -6});
    assertArrayEquals(new float[] {-1, -2, -3, -4, -5, -6, 7, 8}, changed.parameters());
    Network last = network.withWeights(1, new float[][] {{0, 1}}, new float[0]);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 1}, last.parameters());
    assertNotEquals(network, changed);
  }

  @Test
  void equalMeansTheSameLayersAndBits() {
    Network same = network.withParameters(network.parameters());
    assertEquals(network, same);
    assertEquals(network.hashCode(), same.hashCode());
    assertEquals(network.sha256(), same.sha256());
    float[] zeros = new float[8];
    float[] negativeZero = new float[8];
    negativeZero[3] = -0f;
    assertNotEquals(network.withParameters(zeros), network.withParameters(negativeZero));
    assertNotEquals(
        network.withParameters(zeros).sha256(), network.withParameters(negativeZero).sha256());
  }

  @Test
  void theFingerprintIsTheHashOfLittleEndianFloats() {
    // Python: hashlib.sha256(numpy.arange(1, 9, dtype="<f4").tobytes()).hexdigest()
    assertEquals(
        "af7de0621354bafceb193edf0fcf5d421cf21de7146580062fff53c7907f54e5", network.sha256());
  }

  @Test
  void theFingerprintCoversLongArrays() {
    // Python: hashlib.sha256((numpy.arange(20000) / 8).astype("<f4").tobytes()).hexdigest()
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 8f;
    }
    Layer layer = new Dense(20_000, 1, Activation.LINEAR, false);
    assertEquals(
        "49c527545b3c0845844041aa77bcedd0ead8667997eb522c70c31ea9d6a29212",
        Network.of(List.of(layer), values).sha256());
  }

  @Test
  void printsItselfInALineAndInATable() {
    Network digits = Network.builder(784).layers("128:relu,64:tanh:nobias,10:softmax").build(42);
    assertEquals("784-128 relu-64 tanh-10 softmax, 109,322 parameters", digits.toString());
    assertEquals("128:relu,64:tanh:nobias,10:softmax", digits.layerWords());
    assertEquals(
        """
        layer  name            shape       activation  parameters    bytes
        ------------------------------------------------------------------
        0      dense           784 -> 128  relu           100,480  401,920
        1      dense, no bias  128 -> 64   tanh             8,192   32,768
        2      dense           64 -> 10    softmax            650    2,600
        ------------------------------------------------------------------
        total                                             109,322  437,288
        """,
        digits.summary());
  }

  @Test
  void modulesAreNumberedAsInSequential() {
    Network linearInside = Network.builder(3).layers("4:relu,5,6:gelu,7:softmax,8").build(1);
    assertEquals(0, linearInside.moduleIndex(0));
    assertEquals(2, linearInside.moduleIndex(1));
    assertEquals(3, linearInside.moduleIndex(2));
    assertEquals(5, linearInside.moduleIndex(3));
    assertEquals(7, linearInside.moduleIndex(4));
    assertThrows(IndexOutOfBoundsException.class, () -> linearInside.moduleIndex(5));
  }

  @Test
  void wrongShapesAreNamed() {
    assertMessage("a network needs at least 1 input, not 0", () -> Network.builder(0));
    assertMessage(
        "a dense layer needs at least 1 unit, not -3", () -> Network.builder(2).dense(-3));
    assertMessage(
        "a network needs at least 1 layer; add one with dense(units)",
        () -> Network.builder(2).build(1));
    assertMessage(
        "layer 1 takes 3 inputs, but layer 0 gives 2 outputs",
        () ->
            Network.of(
                List.of(LAYERS.getFirst(), new Dense(3, 1, Activation.LINEAR, true)),
                new float[10]));
    assertMessage(
        "7 parameters were given, but the layers have 8",
        () -> network.withParameters(new float[7]));
    assertMessage(
        "layer 0 has 2 rows of weights (one for each unit), but 1 were given",
        () -> network.withWeights(0, new float[1][2], new float[2]));
    assertMessage(
        "layer 0 has 2 weights in row 1, but 3 were given",
        () -> network.withWeights(0, new float[][] {{1, 2}, {1, 2, 3}}, new float[2]));
    assertMessage(
        "layer 1 has 0 biases, but 1 were given",
        () -> network.withWeights(1, new float[][] {{1, 2}}, new float[1]));
  }

  @Test
  void sizesThatNoArrayHoldsAreNamed() {
    assertMessage(
        "a dense layer of 100000 inputs and 100000 units has 10000100000 parameters, more than the"
            + " 2147483639 that fit in one array; use fewer units",
        () -> Network.builder(100_000).dense(100_000));
    NetworkBuilder many = Network.builder(40_000).dense(40_000).dense(40_000);
    assertMessage(
        "layers 0 to 1 have 3200080000 parameters together, more than the 2147483639 that fit in"
            + " one array; use fewer units",
        () -> many.build(1));
  }

  @Test
  void parametersThatAreNotFiniteAreNamed() {
    float[] values = new float[8];
    values[3] = Float.NaN;
    assertMessage(
        "weight [1][1] of layer 0 is NaN, but every parameter of a network must be finite",
        () -> network.withParameters(values));
    assertMessage(
        "bias [1] of layer 0 is -Infinity, but every parameter of a network must be finite",
        () -> network.withWeights(0, new float[2][2], new float[] {0, Float.NEGATIVE_INFINITY}));
    assertMessage(
        "weight [0][0] of layer 1 is Infinity, but every parameter of a network must be finite",
        () -> network.withWeights(1, new float[][] {{Float.POSITIVE_INFINITY, 0}}, new float[0]));
  }
}
