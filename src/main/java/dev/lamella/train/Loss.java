package dev.lamella.train;

import dev.lamella.base.Words;
import dev.lamella.data.Dataset;
import dev.lamella.formula.ElementLoss;
import dev.lamella.formula.LossRows;
import dev.lamella.kernel.Losses;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Network;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a training makes small: a number that says how far outputs are from their targets.
 *
 * <p>Definitions and means are PyTorch's. The squared, absolute and binary losses are means over
 * all outputs of all rows; the cross-entropy is a mean over rows. With targets t, outputs y:
 *
 * <ul>
 *   <li>{@code mse}: (y - t)²
 *   <li>{@code mae}: |y - t|
 *   <li>{@code huber} (Huber, 1964): ½ (y - t)² where |y - t| ≤ delta, else delta (|y - t| - ½
 *       delta)
 *   <li>{@code binary_cross_entropy}: -t log y - (1 - t) log(1 - y), y a probability
 *   <li>{@code cross_entropy}: -Σ t log y over the outputs of a row, y probabilities
 * </ul>
 *
 * <p>The cross-entropies are always computed from logits, which is stable and has a gradient of one
 * subtraction, whether the network ends in the activation (as Keras users write) or leaves it to
 * the loss (as PyTorch users do, {@code ..._with_logits}).
 */
public final class Loss {

  enum Kind {
    MSE,
    MAE,
    HUBER,
    BINARY_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY_WITH_LOGITS,
    CROSS_ENTROPY,
    CROSS_ENTROPY_WITH_LOGITS
  }

  /** The mean squared error. */
  public static final Loss MSE = new Loss(Kind.MSE, 1);

  /** The mean absolute error. */
  public static final Loss MAE = new Loss(Kind.MAE, 1);

  /** The Huber loss with a delta of 1, which is PyTorch's {@code smooth_l1} too. */
  public static final Loss HUBER = new Loss(Kind.HUBER, 1);

  /** The binary cross-entropy of a network that ends in a sigmoid. */
  public static final Loss BINARY_CROSS_ENTROPY = new Loss(Kind.BINARY_CROSS_ENTROPY, 1);

  /** The binary cross-entropy of a network that ends in logits (a linear layer). */
  public static final Loss BINARY_CROSS_ENTROPY_WITH_LOGITS =
      new Loss(Kind.BINARY_CROSS_ENTROPY_WITH_LOGITS, 1);

  /** The cross-entropy of a network that ends in a softmax. */
  public static final Loss CROSS_ENTROPY = new Loss(Kind.CROSS_ENTROPY, 1);

  /** The cross-entropy of a network that ends in logits (a linear layer). */
  public static final Loss CROSS_ENTROPY_WITH_LOGITS = new Loss(Kind.CROSS_ENTROPY_WITH_LOGITS, 1);

  private static final List<String> WORDS =
      List.of(
          "mse",
          "mae",
          "huber",
          "smooth_l1",
          "binary_cross_entropy",
          "binary_cross_entropy_with_logits",
          "cross_entropy",
          "cross_entropy_with_logits");

  private final Kind kind;
  private final float huberDelta;

  private Loss(Kind kind, float huberDelta) {
    this.kind = kind;
    this.huberDelta = huberDelta;
  }

  /**
   * Returns the Huber loss.
   *
   * @param delta where the square turns into a line, above 0
   * @return the loss
   * @throws IllegalArgumentException if delta is not above 0 and finite
   */
  public static Loss huber(double delta) {
    if (!((float) delta > 0 && delta <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("delta is " + delta + ", but must be greater than 0");
    }
    return new Loss(Kind.HUBER, (float) delta);
  }

  /**
   * Returns the loss that a word names: mse, mae, huber, smooth_l1, binary_cross_entropy,
   * binary_cross_entropy_with_logits, cross_entropy or cross_entropy_with_logits.
   *
   * @param word such as {@code mse}; upper and lower case are the same
   * @return the loss
   * @throws IllegalArgumentException if there is none; the message lists those that exist and
   *     suggests the nearest
   */
  public static Loss of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "mse" -> MSE;
      case "mae" -> MAE;
      case "huber", "smooth_l1" -> HUBER;
      case "binary_cross_entropy" -> BINARY_CROSS_ENTROPY;
      case "binary_cross_entropy_with_logits" -> BINARY_CROSS_ENTROPY_WITH_LOGITS;
      case "cross_entropy" -> CROSS_ENTROPY;
      case "cross_entropy_with_logits" -> CROSS_ENTROPY_WITH_LOGITS;
      default -> throw new IllegalArgumentException(Words.unknown("loss", word, WORDS));
    };
  }

  /** {@return the name, as {@link #of} takes it} */
  public String text() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether the loss takes logits, so that a network's outputs are not probabilities} */
  public boolean takesLogits() {
    return kind == Kind.BINARY_CROSS_ENTROPY_WITH_LOGITS || kind == Kind.CROSS_ENTROPY_WITH_LOGITS;
  }

  /** {@return whether the loss takes each output for a yes or no of its own} */
  public boolean binary() {
    return kind == Kind.BINARY_CROSS_ENTROPY || kind == Kind.BINARY_CROSS_ENTROPY_WITH_LOGITS;
  }

  /**
   * {@return whether each row has one true class among the outputs: a mean over rows, not outputs}
   */
  public boolean categorical() {
    return kind == Kind.CROSS_ENTROPY || kind == Kind.CROSS_ENTROPY_WITH_LOGITS;
  }

  /**
   * Whether a training with this loss sees the numbers to learn with mean 0 and deviation 1, as the
   * schema of the rows asks: then it is the loss of those numbers that is reported, while answers
   * and metrics are in the units of the rows. That is so where the network ends in a linear layer
   * or a rectifier, whose weights can take up the scale.
   *
   * @param network what is to be trained
   * @param data what it is to learn from
   * @return whether it is so
   */
  public boolean standardizes(Network network, Dataset data) {
    Objects.requireNonNull(network, "network");
    return TargetScale.of(data, network, this) != null;
  }

  /** Whether loss and last activation are computed as one, from logits. */
  boolean fusesActivation() {
    return kind == Kind.BINARY_CROSS_ENTROPY || kind == Kind.CROSS_ENTROPY;
  }

  /** Writes the losses of the rows [from, to), and as delta the gradient of their scaled sum. */
  void gradient(Losses kernels, boolean useLabels, LossRows rows, int from, int to) {
    switch (kind) {
      case MSE -> kernels.rows(ElementLoss.SQUARED_ERROR, 0, rows, from, to);
      case MAE -> kernels.rows(ElementLoss.ABSOLUTE_ERROR, 0, rows, from, to);
      case HUBER -> kernels.rows(ElementLoss.HUBER, huberDelta, rows, from, to);
      case BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_WITH_LOGITS ->
          kernels.rows(ElementLoss.BINARY_CROSS_ENTROPY, 0, rows, from, to);
      case CROSS_ENTROPY, CROSS_ENTROPY_WITH_LOGITS -> {
        if (useLabels) {
          kernels.softmaxCrossEntropyLabels(rows, from, to);
        } else {
          kernels.softmaxCrossEntropy(rows, from, to);
        }
      }
    }
  }

  /** How many numbers the mean of a batch is taken over. */
  long terms(long rows, int outputs) {
    return categorical() ? rows : rows * outputs;
  }

  /** Which numbers may be targets. */
  TargetDomain domain() {
    return switch (kind) {
      case MSE, MAE, HUBER -> TargetDomain.ANY;
      case BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_WITH_LOGITS -> TargetDomain.PROBABILITIES;
      case CROSS_ENTROPY, CROSS_ENTROPY_WITH_LOGITS -> TargetDomain.DISTRIBUTION;
    };
  }

  /**
   * Checks that this loss can have these targets, as a trainer does before it starts: for a binary
   * cross-entropy they are from 0 to 1, for a cross-entropy the numbers of a row also sum to 1.
   * Labels always fit.
   *
   * @param what to call the rows, such as the name of their file
   * @param data with targets
   * @throws IllegalArgumentException if a target is out of range; rows are counted from 0, as they
   *     stood before the data were split
   */
  public void requireTargets(String what, Dataset data) {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(data, "data");
    domain().check(this, what, data, data::originalRow);
  }

  /** The last activation that the loss needs; the network's own where any will do. */
  Activation needed(Activation own) {
    return switch (kind) {
      case MSE, MAE, HUBER -> own;
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      case CROSS_ENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSS_ENTROPY_WITH_LOGITS, CROSS_ENTROPY_WITH_LOGITS -> Activation.LINEAR;
    };
  }

  /**
   * Checks that the network ends in what the loss needs.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(Network network) {
    Dense last = network.layer(network.layers().size() - 1);
    if (categorical() && last.units() < 2) {
      throw new IllegalArgumentException(
          "the loss "
              + text()
              + " needs an output for each class, but the network has "
              + last.units()
              + ": end it with a unit for each class, or for two classes with 1"
              + (takesLogits() ? "" : ":sigmoid")
              + " and the loss "
              + text().replace("cross", "binary_cross"));
    }
    Activation needed = needed(last.activation());
    if (last.activation() != needed) {
      throw new IllegalArgumentException(wrongActivation(last, needed));
    }
  }

  private String wrongActivation(Dense last, Activation needed) {
    String got = last.activation().text();
    String other = // the sibling of this loss that takes what the network has
        takesLogits() ? text().replace("_with_logits", "") : text() + "_with_logits";
    Activation otherNeeds =
        takesLogits() ? (binary() ? Activation.SIGMOID : Activation.SOFTMAX) : Activation.LINEAR;
    return "the loss "
        + text()
        + " needs "
        + needed.text()
        + " as the last activation, but the network ends in "
        + got
        + ": end it with "
        + last.units()
        + ":"
        + needed.text()
        + (last.activation() == otherNeeds ? ", or use the loss " + other : "");
  }

  @Override
  public String toString() {
    return kind == Kind.HUBER && huberDelta != 1 ? "huber(" + huberDelta + ")" : text();
  }
}
