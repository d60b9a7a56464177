package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
  @ParameterizedTest
  @CsvSource({
    "glorot_uniform, 300, 200, 0.004",
    "glorot_normal, 300, 200, 0.004",
    "he_uniform, 250, 200, 0.008",
    "he_normal, 250, 200, 0.008",
    "lecun_uniform, 250, 200, 0.004",
    "lecun_normal, 250, 200, 0.004",
  })
  void theVarianceIsThatOfThePaper(String word, int inputs, int units, double variance) {
    Initializer initializer = Initializer.of(word);
    assertEquals(word, initializer.toString());
    Network network = Network.builder(inputs).dense(units, Activation.LINEAR, initializer).build(7);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    double largest = 0;
    int n = inputs * units;
    for (float[] row : network.weights(0)) {
      for (float w : row) {
        sum += w;
        squares += (double) w * w;
        fourths += (double) w * w * w * w;
        largest = Math.max(largest, Math.abs(w));
      }
    }
    double deviation = Math.sqrt(variance);
    // Five standard errors of the mean, and of the variance of n draws with the widest kurtosis.
    assertEquals(0, sum / n, 5 * deviation / Math.sqrt(n));
    assertEquals(variance, squares / n, 5 * variance * Math.sqrt(2.0 / n));
    double kurtosis = fourths / n / (variance * variance);
    if (word.endsWith("uniform")) {
      assertTrue(largest <= deviation * Math.sqrt(3));
      assertEquals(1.8, kurtosis, 0.05);
    } else {
      assertTrue(largest > deviation * 3.5);
      assertEquals(3, kurtosis, 0.15);
    }
  }

  @Test
  void aSeedMeansTheSameBitsForEver() {
    // Computed by SplitMix64 and the polar method written once more in Python.
    assertPinned(
        "glorot_uniform",
        "-0x1.1f44d4p-1",
        "0x1.ba94eap-1",
        "0x1.5a3086p-4",
        "0x1.ff47fep-2",
        "0x1.194c8ap-1",
        "-0x1.b0e052p-7");
    assertPinned(
        "he_normal",
        "-0x1.c1fc1p-3",
        "0x1.5aa29ep-2",
        "0x1.ea4e2ap-3",
        "0x1.6a0fbp0",
        "0x1.5b1962p0",
        "-0x1.0b1072p-5");
  }

  private static void assertPinned(String word, String... bits) {
    Network network =
        Network.builder(3).dense(2, Activation.LINEAR, Initializer.of(word)).build(42);
    String[] found = new String[6];
    float[] parameters = network.parameters();
    for (int i = 0; i < found.length; i++) {
      found[i] = Float.toHexString(parameters[i]);
    }
    assertArrayEquals(bits, found, () -> Arrays.toString(found));
  }

  @Test
  void aLayerDoesNotDependOnThoseAfterIt() {
    Network small = Network.builder(5).dense(4, Activation.RELU).dense(3).build(9);
    Network large = Network.builder(5).dense(4, Activation.RELU).dense(3).dense(2).build(9);
    assertArrayEquals(small.weights(0), large.weights(0));
    assertArrayEquals(small.weights(1), large.weights(1));
    Network other = Network.builder(5).dense(4, Activation.RELU).dense(3).build(10);
    assertNotEquals(small, other);
  }

  @Test
  void layersOfOneShapeDiffer() {
    Network network = Network.builder(4).dense(4).dense(4).build(1);
    assertNotEquals(network.weights(0)[0][0], network.weights(1)[0][0]);
  }

  @ParameterizedTest
  @EnumSource
  void anActivationChoosesItsInitializer(Activation activation) {
    Initializer expected =
        switch (activation.text()) {
          case "relu", "leaky_relu", "elu", "gelu", "silu" -> Initializer.HE_UNIFORM;
          case "selu" -> Initializer.LECUN_NORMAL;
          default -> Initializer.GLOROT_UNIFORM;
        };
    assertSame(expected, Initializer.defaultFor(activation));
    assertEquals(
        Network.builder(3).dense(2, activation, expected).build(5),
        Network.builder(3).dense(2, activation).build(5));
  }

  @Test
  void theBuildersInitializerServesLayersWithoutOne() {
    Network network =
        Network.builder(2)
            .dense(1)
            .initializer(Initializer.constant(0.5f))
            .dense(1, Activation.RELU, Initializer.ZEROS)
            .dense(2)
            .build(1);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0, 0, 0, 0.5f, 0.5f, 0, 0}, network.parameters());
  }

  @Test
  void anUnknownWordSuggestsTheNearest() {
    assertEquals(
        "unknown initializer \"he_norm\", did you mean he_normal? (known: glorot_uniform,"
            + " glorot_normal, he_uniform, he_normal, lecun_uniform, lecun_normal, zeros)",
        assertThrows(IllegalArgumentException.class, () -> Initializer.of("he_norm")).getMessage());
    assertSame(Initializer.ZEROS, Initializer.of("zeros"));
  }

  @Test
  void anInitializerThatGivesNanIsNamed() {
    NetworkBuilder builder =
        Network.builder(1).initializer(Initializer.constant(Float.NaN)).dense(1);
    assertEquals(
        "weight [0][0] of layer 0 is NaN, but every parameter of a network must be finite",
        assertThrows(IllegalArgumentException.class, () -> builder.build(1)).getMessage());
  }
}
