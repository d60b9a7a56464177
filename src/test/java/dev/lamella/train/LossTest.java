package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import org.junit.jupiter.api.Test;

class LossTest {

  @Test
  void everyWordNamesALoss() {
    for (Loss loss :
        new Loss[] {
          Loss.MSE,
          Loss.MAE,
          Loss.HUBER,
          Loss.BINARY_CROSS_ENTROPY,
          Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS,
          Loss.CROSS_ENTROPY,
          Loss.CROSS_ENTROPY_WITH_LOGITS
        }) {
      assertSame(loss, Loss.of(loss.text()));
    }
    assertSame(Loss.HUBER, Loss.of("smooth_l1"));
    assertEquals(
        "unknown loss \"hinge\" (known: mse, mae, huber, smooth_l1, binary_cross_entropy,"
            + " binary_cross_entropy_with_logits, cross_entropy, cross_entropy_with_logits)",
        assertThrows(IllegalArgumentException.class, () -> Loss.of("hinge")).getMessage());
    for (String[] slip :
        new String[][] {
          {"mes", "mse"},
          {"rmse", "mse"},
          {"hubr", "huber"},
          {"crossentropy", "cross_entropy"},
          {"binary_crossentropy", "binary_cross_entropy"},
          {"cross_entropy_with_logit", "cross_entropy_with_logits"}
        }) {
      String said =
          assertThrows(IllegalArgumentException.class, () -> Loss.of(slip[0])).getMessage();
      assertTrue(said.contains(", did you mean " + slip[1] + "? "), said);
    }
    assertSame(Loss.MSE, Loss.of("MSE"));
    assertEquals(
        "delta is 0.0, but must be greater than 0",
        assertThrows(IllegalArgumentException.class, () -> Loss.huber(0)).getMessage());
  }

  @Test
  void theLastActivationMustBeTheLosss() {
    assertRefused(
        "the loss cross_entropy needs softmax as the last activation, but the network ends in"
            + " linear: end it with 10:softmax, or use the loss cross_entropy_with_logits",
        Loss.CROSS_ENTROPY,
        Activation.LINEAR,
        10);
    assertRefused(
        "the loss cross_entropy_with_logits needs linear as the last activation, but the network"
            + " ends in softmax: end it with 10:linear, or use the loss cross_entropy",
        Loss.CROSS_ENTROPY_WITH_LOGITS,
        Activation.SOFTMAX,
        10);
    assertRefused(
        "the loss binary_cross_entropy_with_logits needs linear as the last activation, but the"
            + " network ends in sigmoid: end it with 1:linear, or use the loss binary_cross_entropy",
        Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS,
        Activation.SIGMOID,
        1);
    assertRefused(
        "the loss binary_cross_entropy needs sigmoid as the last activation, but the network ends in"
            + " relu: end it with 1:sigmoid",
        Loss.BINARY_CROSS_ENTROPY,
        Activation.RELU,
        1);
    assertRefused(
        "the loss cross_entropy needs an output for each class, but the network has 1: end it with a"
            + " unit for each class, or for two classes with 1:sigmoid and the loss"
            + " binary_cross_entropy",
        Loss.CROSS_ENTROPY,
        Activation.SOFTMAX,
        1);
    // One output is the matter, whatever it goes through: a softmax of one would be refused again.
    assertRefused(
        "the loss cross_entropy needs an output for each class, but the network has 1: end it with a"
            + " unit for each class, or for two classes with 1:sigmoid and the loss"
            + " binary_cross_entropy",
        Loss.CROSS_ENTROPY,
        Activation.LINEAR,
        1);
  }

  private static void assertRefused(String sentence, Loss loss, Activation last, int units) {
    Network network = Network.builder(2).dense(units, last).build(1);
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(network, loss, Sgd.of(0.1)))
            .getMessage());
  }
}
