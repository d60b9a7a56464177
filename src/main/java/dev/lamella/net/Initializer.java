package dev.lamella.net;

import dev.lamella.base.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The rule that draws the first weights of a layer from a seed; biases always start at zero.
 *
 * <p>A layer of n inputs and m units keeps the size of what flows through it when its weights have
 * a variance that suits its activation: 2 / (n + m) for linear and saturating functions (Glorot and
 * Bengio 2010), 2 / n where half of the sums are cut off (He et al. 2015), 1 / n for
 * self-normalizing ones (LeCun et al. 1998, Klambauer et al. 2017). Each comes uniform, between
 * plus and minus sqrt(3 variance), and normal, not truncated, as in PyTorch. {@link #defaultFor}
 * chooses by activation.
 *
 * <p>The same seed gives the same bits on every platform. Implement this interface for a rule of
 * your own; it keeps that promise if it draws only {@code nextLong}, {@code nextInt} or {@code
 * nextDouble} and computes with exact operations or {@link StrictMath}.
 */
@FunctionalInterface
public interface Initializer {
  /** Uniform with variance 2 / (inputs + units). */
  Initializer GLOROT_UNIFORM = VarianceScaling.GLOROT_UNIFORM;

  /** Normal with variance 2 / (inputs + units). */
  Initializer GLOROT_NORMAL = VarianceScaling.GLOROT_NORMAL;

  /** Uniform with variance 2 / inputs. */
  Initializer HE_UNIFORM = VarianceScaling.HE_UNIFORM;

  /** Normal with variance 2 / inputs. */
  Initializer HE_NORMAL = VarianceScaling.HE_NORMAL;

  /** Uniform with variance 1 / inputs. */
  Initializer LECUN_UNIFORM = VarianceScaling.LECUN_UNIFORM;

  /** Normal with variance 1 / inputs. */
  Initializer LECUN_NORMAL = VarianceScaling.LECUN_NORMAL;

  /** All weights zero; the units of a layer then learn alike, so only a last layer can use it. */
  Initializer ZEROS = (weights, inputs, units, random) -> Arrays.fill(weights, 0f);

  /**
   * Fills the weights of one layer.
   *
   * @param weights (units, inputs), a unit's weights side by side
   * @param inputs the layer's inputs
   * @param units the layer's units
   * @param random the layer's own source of random numbers, made from the network's seed and the
   *     layer's index: adding a layer does not change the weights of those before it
   */
  void fill(float[] weights, int inputs, int units, RandomGenerator random);

  /**
   * The same value for every weight.
   *
   * @param value of each weight; it must be finite
   * @return the initializer
   */
  static Initializer constant(float value) {
    return (weights, inputs, units, random) -> Arrays.fill(weights, value);
  }

  /**
   * The initializer that a layer gets when none is named: He uniform for relu, leaky_relu, elu,
   * gelu and silu; LeCun normal for selu; Glorot uniform for linear, sigmoid, tanh, softplus and
   * softmax.
   *
   * @param activation of the layer
   * @return its initializer
   */
  static Initializer defaultFor(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, GELU, SILU -> HE_UNIFORM;
      case SELU -> LECUN_NORMAL;
      case LINEAR, SIGMOID, TANH, SOFTPLUS, SOFTMAX -> GLOROT_UNIFORM;
    };
  }

  /**
   * The initializer that a word names: {@code glorot_uniform glorot_normal he_uniform he_normal
   * lecun_uniform lecun_normal zeros}; upper and lower case are the same.
   *
   * @param word such as {@code he_normal}
   * @return the initializer
   * @throws IllegalArgumentException if no initializer has that word
   */
  static Initializer of(String word) {
    if (word.equalsIgnoreCase("zeros")) {
      return ZEROS;
    }
    List<String> known = new ArrayList<>();
    for (VarianceScaling initializer : VarianceScaling.values()) {
      if (initializer.toString().equalsIgnoreCase(word)) {
        return initializer;
      }
      known.add(initializer.toString());
    }
    known.add("zeros");
    throw new IllegalArgumentException(Words.unknown("initializer", word, known));
  }
}
