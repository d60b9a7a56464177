package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  @Test
  void theWordsAreThoseOfTheFiles() {
    assertEquals(
        "linear relu leaky_relu elu selu gelu silu sigmoid tanh softplus softmax",
        Arrays.stream(Activation.values()).map(Activation::text).collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @EnumSource
  void everyWordReadsBack(Activation activation) {
    assertSame(activation, Activation.of(activation.text()));
    assertSame(activation, Activation.of(activation.name()));
    assertEquals(activation.text(), activation.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relo|, did you mean relu?",
        "leaky-relu|, did you mean leaky_relu?",
        "softmx|, did you mean softmax?",
        "mish|''",
      })
  void anUnknownWordSuggestsTheNearest(String word, String hint) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Activation.of(word));
    assertEquals(
        "unknown activation \""
            + word
            + "\""
            + hint
            + " (known: linear, relu, leaky_relu, elu, selu, gelu, silu, sigmoid, tanh, softplus,"
            + " softmax)",
        e.getMessage());
  }
}
