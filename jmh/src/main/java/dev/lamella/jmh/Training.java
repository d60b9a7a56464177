package dev.lamella.jmh;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to train, and how: softmax cross-entropy if there are ten outputs, squared error otherwise.
 *
 * @param net the network
 * @param batch rows of one step
 * @param adam whether the optimizer is Adam (learning rate 0.001); if not, plain SGD (0.1)
 */
public record Training(Mlp net, int batch, boolean adam) {

  private static final Pattern PATTERN = Pattern.compile("([-\\d]+) b(\\d+) (sgd|adam)");

  /** Reads such as {@code 784-128-10 b128 adam}. */
  public static Training parse(String text) {
    Matcher words = PATTERN.matcher(text);
    if (!words.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no training: write 784-128-10 b128 adam.".formatted(text));
    }
    return new Training(
        Mlp.parse(words.group(1)), Integer.parseInt(words.group(2)), words.group(3).equals("adam"));
  }

  /** Whether the rows have a class each, rather than numbers to come near to. */
  public boolean classes() {
    return net.outputs() == 10;
  }

  /** The learning rate every peer uses. */
  public float learningRate() {
    return adam ? 0.001f : 0.1f;
  }

  /**
   * Floating-point operations of one step: forward, the weights' gradient, and, but for the first
   * layer, the inputs' gradient.
   */
  public double flops() {
    double first = 2.0 * net.sizes()[0] * net.sizes()[1];
    return batch * (3 * net.flops() - first);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s b%d %s", net, batch, adam ? "adam" : "sgd");
  }
}
