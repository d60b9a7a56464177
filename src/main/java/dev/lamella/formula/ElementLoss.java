package dev.lamella.formula;

/** The losses that look at one output at a time: each the line that registers its formula. */
public enum ElementLoss {
  /** (o - t)². */
  SQUARED_ERROR(new SquaredError()),
  /** |o - t|. */
  ABSOLUTE_ERROR(new AbsoluteError()),
  /** Half the square of o - t up to a limit, and linear from there on. */
  HUBER(new Huber()),
  /** log(1 + exp(o)) - t o: the cross-entropy of yes-or-no questions, from logits. */
  BINARY_CROSS_ENTROPY(new BinaryCrossEntropy());

  @SuppressWarnings("ImmutableEnumChecker") // a formula has no state
  public final LossFormula formula;

  ElementLoss(LossFormula formula) {
    this.formula = formula;
  }
}
