package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OptimizerTest {

  @Test
  void readsWhatPyTorchCallsItsNumbers() {
    assertEquals(Sgd.of(0.05), Optimizer.of("sgd:lr=0.05"));
    assertEquals(
        Sgd.of(0.02, 0.9).withNesterov(true).withWeightDecay(0.001),
        Optimizer.of("sgd:lr=0.02,momentum=0.9,nesterov=true,weight_decay=0.001"));
    assertEquals(
        Sgd.of(0.02, 0.9).withDampening(0.5),
        Optimizer.of("sgd: lr=0.02, momentum=0.9, dampening=0.5"));
    assertEquals(Adam.of(0.001), Optimizer.of("adam"));
    assertEquals(
        Adam.of(0.002).withBetas(0.8, 0.99).withEps(1e-7).withWeightDecay(0.01),
        Optimizer.of("adam:lr=0.002,beta1=0.8,beta2=0.99,eps=1e-7,weight_decay=0.01"));
    assertEquals(AdamW.of(0.001).withWeightDecay(0.01), Optimizer.of("adamw:lr=0.001"));
  }

  @Test
  void writesWhatItReads() {
    for (String text :
        new String[] {
          "sgd:lr=0.02,momentum=0.9,dampening=0.0,weight_decay=0.0,nesterov=true",
          "adam:lr=0.001,beta1=0.9,beta2=0.999,eps=1.0E-8,weight_decay=0.0",
          "adamw:lr=3.0E-4,beta1=0.9,beta2=0.999,eps=1.0E-8,weight_decay=0.01",
        }) {
      assertEquals(text, Optimizer.of(text).text());
    }
    assertEquals(
        "adam:lr=0.001,beta1=0.9,beta2=0.999,eps=1.0E-8,weight_decay=0.0",
        Adam.of(1e-3f).text(),
        "a float is not spelled with the digits of a double");
  }

  @Test
  void changesOneNumberAtATime() {
    assertEquals(0.5, Optimizer.of("adamw").withLearningRate(0.5).learningRate());
    assertEquals(0.7, Sgd.of(1).withMomentum(0.7).momentum());
    assertEquals(0, Sgd.of(1).slots());
    assertEquals(1, Sgd.of(1, 0.9).slots());
    assertEquals(2, Adam.of(1).slots());
  }

  @Test
  void refusesInOneSentence() {
    assertRefused("unknown optimizer \"rmsprop\" (known: sgd, adam, adamw)", "rmsprop:lr=1");
    assertRefused(
        "unknown optimizer \"adma\", did you mean adam? (known: sgd, adam, adamw)", "adma:lr=1");
    assertRefused(
        "unknown number of sgd \"learning_rate\" (known: lr, momentum, dampening, weight_decay,"
            + " nesterov)",
        "sgd:learning_rate=1");
    assertRefused(
        "unknown number of sgd \"momentun\", did you mean momentum? (known: lr, momentum, dampening,"
            + " weight_decay, nesterov)",
        "sgd:momentun=1");
    assertRefused(
        "unknown number of adam \"betas\", did you mean beta1 or beta2? (known: lr, beta1, beta2,"
            + " eps, weight_decay)",
        "adam:betas=1");
    assertEquals(Adam.of(0.5), Optimizer.of("Adam:lr=0.5"));
    assertRefused("'fast' for lr in 'adam:lr=fast' is not a number", "adam:lr=fast");
    assertRefused("'lr' stands twice in 'adam:lr=1,lr=2'", "adam:lr=1,lr=2");
    assertRefused("'0.1' in 'adam:0.1' is not of the form key=value", "adam:0.1");
    assertRefused(
        "'yes' for nesterov in 'sgd:nesterov=yes' is neither true nor false", "sgd:nesterov=yes");
    assertRefused("lr is -1.0, but must be 0 or greater", "sgd:lr=-1");
    assertRefused("lr is NaN, but must be 0 or greater", "sgd:lr=NaN");
    assertRefused("beta2 is 1.0, but must be at least 0 and below 1", "adam:beta2=1");
    assertRefused("eps is 0.0, but must be greater than 0", "adamw:eps=0");
    assertRefused(
        "nesterov needs a momentum above 0 and a dampening of 0, but they are 0.0 and 0.0",
        "sgd:nesterov=true");
  }

  private static void assertRefused(String sentence, String text) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> Optimizer.of(text)).getMessage());
  }
}
