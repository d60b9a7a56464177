package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerSpecTest {
  @Test
  void readsTheWordsOfTheCommandLine() {
    assertEquals(
        List.of(
            LayerSpec.of(128, Activation.RELU),
            LayerSpec.of(64, Activation.TANH).withoutBias(),
            LayerSpec.of(10, Activation.LINEAR)),
        LayerSpec.parseAll("128:relu, 64:TANH:nobias,10"));
  }

  @Property
  void everyListReadsBack(
      @ForAll List<Activation> activations,
      @ForAll boolean bias,
      @ForAll @IntRange(min = 1) int units) {
    List<LayerSpec> specs = activations.stream().map(a -> new LayerSpec(units, a, bias)).toList();
    if (!specs.isEmpty()) {
      assertEquals(specs, LayerSpec.parseAll(LayerSpec.join(specs)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relu|layer \"relu\" does not start with a whole number of units, as 128:relu does",
        "1e3|layer \"1e3\" does not start with a whole number of units, as 128:relu does",
        "9999999999|layer \"9999999999\" does not start with a whole number of units, as 128:relu does",
        "0:relu|a dense layer needs at least 1 unit, not 0",
        "8:nobias|layer \"8:nobias\" names no activation before nobias; write 8:linear:nobias",
        "8:relu:bias|layer \"8:relu:bias\" ends in \"bias\", but only nobias may follow the activation",
        "8:relu:nobias:x|layer \"8:relu:nobias:x\" has 4 parts, but only UNITS:activation:nobias is known",
        "8,,2|layer 1 of \"8,,2\" is empty; write a comma list such as 128:relu,10:softmax",
        "''|layer 0 of \"\" is empty; write a comma list such as 128:relu,10:softmax",
      })
  void saysWhatIsWrong(String words, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LayerSpec.parseAll(words));
    assertEquals(message, e.getMessage());
  }
}
