package dev.lamella.train;

/**
 * A rule that turns a gradient into a change of the parameters.
 *
 * <p>An optimizer is a value: the numbers of the formula and nothing else. What it remembers
 * between steps (velocity, moments) belongs to the {@link Trainer}. Formulas and default numbers
 * are PyTorch's, and so is their spelling as text: {@code sgd:lr=0.02,momentum=0.9}, {@code
 * adam:lr=0.001}.
 */
public sealed interface Optimizer permits Sgd, Adam, AdamW {

  /**
   * Reads an optimizer from text: a name, then optionally a colon and {@code key=value} pairs
   * separated by commas. Numbers that are not given keep their default.
   *
   * <ul>
   *   <li>{@code sgd}: lr (0.001), momentum (0), dampening (0), weight_decay (0), nesterov (false)
   *   <li>{@code adam}: lr (0.001), beta1 (0.9), beta2 (0.999), eps (1e-8), weight_decay (0)
   *   <li>{@code adamw}: the same, with weight_decay 0.01
   * </ul>
   *
   * @param text such as {@code adam:lr=0.001}
   * @return the optimizer
   * @throws IllegalArgumentException if a name, key or value is unknown or out of range
   */
  static Optimizer of(String text) {
    return OptimizerText.read(text);
  }

  /** {@return the learning rate, which a {@link Schedule} may change from epoch to epoch} */
  double learningRate();

  /**
   * Returns the same optimizer with another learning rate.
   *
   * @param learningRate not negative
   * @return a new optimizer
   */
  Optimizer withLearningRate(double learningRate);

  /** {@return how many numbers the optimizer remembers for each parameter: 0, 1 or 2} */
  int slots();

  /** {@return the text that {@link #of} reads} */
  String text();
}
