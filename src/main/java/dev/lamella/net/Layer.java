package dev.lamella.net;

/**
 * One step of a network: a shape and a formula, without the numbers.
 *
 * <p>The parameters of all layers stand in one flat array of the {@link Network}, so that a layer
 * is a small value which can be compared, printed and shared.
 */
public sealed interface Layer permits Dense {
  /** {@return the length of the rows that come in} */
  int inputs();

  /** {@return the length of the rows that go out} */
  int outputs();

  /** {@return the number of trainable numbers that this layer has in the network's flat array} */
  int parameters();
}
