package dev.lamella.jmh;

/**
 * A library that can do some of the benchmarks' work: ours or another. An implementation has a
 * public constructor that takes the number of threads.
 *
 * <p>Every method that is not overridden says that the peer does not offer that work.
 */
public interface Peer {

  /** Returns one line: the library, its version and, where it tells, the instructions it uses. */
  String about();

  /**
   * C = op(A) op(B), row-major.
   *
   * @param shape what to multiply
   * @param a the left matrix as it is stored, (m, k) or transposed (k, m)
   * @param b the right matrix as it is stored, (k, n) or transposed (n, k)
   * @return work whose result is C, (m, n)
   */
  default Work sgemm(Product shape, float[] a, float[] b) {
    throw unsupported("sgemm");
  }

  /**
   * y = A x, row-major.
   *
   * @param shape m rows and k columns
   * @param a the matrix, (m, k)
   * @param x the vector, (k)
   * @return work whose result is y, (m)
   */
  default Work sgemv(Product shape, float[] a, float[] x) {
    throw unsupported("sgemv");
  }

  /**
   * Asks a network about some rows.
   *
   * @param net the network
   * @param parameters its numbers, in the order of {@link Mlp#parameters}
   * @param rows the rows, (count, inputs)
   * @param count how many rows one run asks about
   * @return work whose result is the outputs, (count, outputs)
   */
  default Work predict(Mlp net, float[] parameters, float[] rows, int count) {
    throw unsupported("prediction");
  }

  /**
   * Trains a network; one run is one step on the next batch.
   *
   * @param training what to train, and how
   * @param parameters the network's numbers at the start, in the order of {@link Mlp#parameters}
   * @param data the rows to learn, a whole number of batches
   * @return work whose result is the parameters after the steps so far
   */
  default Work train(Training training, float[] parameters, Examples data) {
    throw unsupported("training");
  }

  /**
   * Trains a network for some epochs, shuffling, and asks it about the test rows; one run is all of
   * that from fresh parameters.
   *
   * @param training what to train, and how
   * @param epochs how often to go through the data
   * @param data the rows to learn
   * @param test the rows to be asked about
   * @return work whose result is one number: the part of the test rows it got right
   */
  default Work epochs(Training training, int epochs, Examples data, Examples test) {
    throw unsupported("training for epochs");
  }

  /**
   * Applies a function to every element.
   *
   * @param function such as {@code tanh}
   * @param x the elements
   * @return work whose result is the function's values
   */
  default Work elementwise(String function, float[] x) {
    throw unsupported("function of every element");
  }

  /**
   * Takes one step of an optimizer whose gradient is given.
   *
   * @param adam whether it is Adam (learning rate 0.001); if not, plain SGD (0.1)
   * @param parameters the parameters before the step
   * @param gradient their gradient
   * @return work whose result is the parameters after the steps so far
   */
  default Work optimizer(boolean adam, float[] parameters, float[] gradient) {
    throw unsupported("optimizer");
  }

  private UnsupportedOperationException unsupported(String work) {
    return new UnsupportedOperationException(
        getClass().getSimpleName() + " has no " + work + ": leave it out of this benchmark.");
  }
}
