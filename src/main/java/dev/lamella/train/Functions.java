package dev.lamella.train;

import dev.lamella.kernel.Function;
import dev.lamella.net.Activation;

/** The kernels' functions of the activations that act on one number at a time. */
final class Functions {

  private Functions() {}

  static Function of(Activation activation) {
    return switch (activation) {
      case LINEAR -> Function.LINEAR;
      case RELU -> Function.RELU;
      case LEAKY_RELU -> Function.LEAKY_RELU;
      case ELU -> Function.ELU;
      case SELU -> Function.SELU;
      case GELU -> Function.GELU;
      case SILU -> Function.SILU;
      case SIGMOID -> Function.SIGMOID;
      case TANH -> Function.TANH;
      case SOFTPLUS -> Function.SOFTPLUS;
      case SOFTMAX ->
          throw new IllegalArgumentException("softmax looks at a whole row: see Reduce");
    };
  }
}
