package dev.lamella.net;

import dev.lamella.base.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The function that a layer applies to its sums, with PyTorch's default constants.
 *
 * <p>The name of each in lower case ({@link #text()}) is how {@code --layers} and model files spell
 * it. All act on one number at a time, except {@link #SOFTMAX}, which acts on a whole row.
 */
public enum Activation {
  /** The identity: f(z) = z. */
  LINEAR,
  /** The rectifier: f(z) = max(z, 0) (Nair and Hinton 2010). */
  RELU,
  /** The leaky rectifier: f(z) = z for z &gt; 0, else 0.01 z (Maas, Hannun and Ng 2013). */
  LEAKY_RELU,
  /** The exponential linear unit: f(z) = z for z &gt; 0, else exp(z) - 1 (Clevert et al. 2016). */
  ELU,
  /**
   * The scaled exponential linear unit: 1.0507... z for z &gt; 0, else 1.0507... * 1.6733... *
   * (exp(z) - 1), whose constants keep mean 0 and variance 1 (Klambauer et al. 2017).
   */
  SELU,
  /**
   * The Gaussian error linear unit in its exact form: f(z) = z (1 + erf(z / sqrt 2)) / 2 (Hendrycks
   * and Gimpel 2016).
   */
  GELU,
  /** The sigmoid linear unit, also called swish: f(z) = z / (1 + exp(-z)) (Elfwing et al. 2018). */
  SILU,
  /** The logistic function: f(z) = 1 / (1 + exp(-z)). */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH,
  /** The smooth rectifier: f(z) = log(1 + exp(z)) (Dugas et al. 2001). */
  SOFTPLUS,
  /**
   * The normalized exponential of a row: f(z)[i] = exp(z[i]) / sum over j of exp(z[j]) (Bridle
   * 1990). Its outputs are positive and sum to 1, so it belongs in the last layer of a classifier;
   * in a hidden layer it is allowed, and makes the units compete.
   */
  SOFTMAX;

  private final String text = name().toLowerCase(Locale.ROOT);

  private static final List<String> WORDS = words();

  /**
   * {@return the word for this activation in {@code --layers} and model files, such as {@code
   * relu}}
   */
  public String text() {
    return text;
  }

  /** {@return the activation's text} */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The activation that a word names; upper and lower case are the same.
   *
   * @param word such as {@code relu}
   * @return the activation
   * @throws IllegalArgumentException if no activation has that word; the message lists those that
   *     exist and suggests the nearest
   */
  public static Activation of(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    for (Activation activation : values()) {
      if (activation.text.equals(wanted)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(Words.unknown("activation", word, WORDS));
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Activation activation : values()) {
      words.add(activation.text);
    }
    return Collections.unmodifiableList(words);
  }
}
