package dev.lamella.train;

import dev.lamella.base.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Optimizers as text, {@code adam:lr=0.001,beta1=0.9}, and the checks of their numbers. */
final class OptimizerText {

  private static final List<String> SGD_NUMBERS =
      List.of("lr", "momentum", "dampening", "weight_decay", "nesterov");
  private static final List<String> ADAM_NUMBERS =
      List.of("lr", "beta1", "beta2", "eps", "weight_decay");

  private OptimizerText() {}

  static Optimizer read(String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).strip();
    Map<String, String> numbers = pairs(text, colon < 0 ? "" : text.substring(colon + 1));
    Optimizer optimizer =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "sgd" -> sgd(text, numbers);
          case "adam" -> adam(text, numbers);
          case "adamw" -> adamW(text, numbers);
          default ->
              throw new IllegalArgumentException(
                  Words.unknown("optimizer", name, List.of("sgd", "adam", "adamw")));
        };
    if (!numbers.isEmpty()) {
      throw new IllegalArgumentException(
          Words.unknown(
              "number of " + name,
              numbers.keySet().iterator().next(),
              optimizer instanceof Sgd ? SGD_NUMBERS : ADAM_NUMBERS));
    }
    return optimizer;
  }

  private static Optimizer sgd(String text, Map<String, String> numbers) {
    Sgd d = Sgd.of(1e-3);
    return new Sgd(
        number(text, numbers, "lr", d.learningRate()),
        number(text, numbers, "momentum", d.momentum()),
        number(text, numbers, "dampening", d.dampening()),
        number(text, numbers, "weight_decay", d.weightDecay()),
        flag(text, numbers, "nesterov"));
  }

  private static Optimizer adam(String text, Map<String, String> numbers) {
    Adam d = Adam.of(1e-3);
    return new Adam(
        number(text, numbers, "lr", d.learningRate()),
        number(text, numbers, "beta1", d.beta1()),
        number(text, numbers, "beta2", d.beta2()),
        number(text, numbers, "eps", d.eps()),
        number(text, numbers, "weight_decay", d.weightDecay()));
  }

  private static Optimizer adamW(String text, Map<String, String> numbers) {
    AdamW d = AdamW.of(1e-3);
    return new AdamW(
        number(text, numbers, "lr", d.learningRate()),
        number(text, numbers, "beta1", d.beta1()),
        number(text, numbers, "beta2", d.beta2()),
        number(text, numbers, "eps", d.eps()),
        number(text, numbers, "weight_decay", d.weightDecay()));
  }

  private static Map<String, String> pairs(String text, String list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (list.isBlank()) {
      return pairs;
    }
    for (String pair : list.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "'" + pair.strip() + "' in '" + text + "' is not of the form key=value");
      }
      String key = pair.substring(0, equals).strip();
      if (pairs.put(key, pair.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("'" + key + "' stands twice in '" + text + "'");
      }
    }
    return pairs;
  }

  private static double number(
      String text, Map<String, String> numbers, String key, double otherwise) {
    String value = numbers.remove(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + value + "' for " + key + " in '" + text + "' is not a number", e);
    }
  }

  private static boolean flag(String text, Map<String, String> numbers, String key) {
    String value = numbers.remove(key);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new IllegalArgumentException(
        "'" + value + "' for " + key + " in '" + text + "' is neither true nor false");
  }

  /** Checks that a number is at least 0 and finite. */
  static void checkNotNegative(String name, double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be 0 or greater");
    }
  }

  /** Checks that a number is in [0, 1). */
  static void checkShare(String name, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", but must be at least 0 and below 1");
    }
  }

  /** Checks the numbers that Adam and AdamW share. */
  static void checkAdam(
      double learningRate, double beta1, double beta2, double eps, double weightDecay) {
    checkNotNegative("lr", learningRate);
    checkShare("beta1", beta1);
    checkShare("beta2", beta2);
    // Zero is refused, unlike in PyTorch: a parameter without gradient would become 0 / 0.
    if (!((float) eps > 0 && eps <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("eps is " + eps + ", but must be greater than 0");
    }
    checkNotNegative("weight_decay", weightDecay);
  }

  /** {@return the text of an Adam; a number is written as the float it is used as} */
  static String adam(String name, double lr, double beta1, double beta2, double eps, double decay) {
    return name
        + ":lr="
        + (float) lr
        + ",beta1="
        + (float) beta1
        + ",beta2="
        + (float) beta2
        + ",eps="
        + (float) eps
        + ",weight_decay="
        + (float) decay;
  }
}
