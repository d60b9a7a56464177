package dev.lamella.train;

import java.util.Objects;
import java.util.Optional;

/**
 * One pass over the training rows: a row of a {@link History}.
 *
 * @param epoch the number of the epoch, counted from 1
 * @param training the loss and metrics on the training rows; each batch is judged before its update
 * @param learningRate the learning rate of the epoch
 * @param seconds how long the pass took, without the validation
 * @param validation the loss and metrics on the validation rows after the epoch, if there are any
 */
public record Epoch(
    int epoch,
    Evaluation training,
    double learningRate,
    double seconds,
    Optional<Evaluation> validation) {

  /** Checks that both evaluations are there. */
  public Epoch {
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(validation, "validation");
  }

  /** {@return the mean loss: each batch's loss before its update, weighted by its rows} */
  public double loss() {
    return training.loss();
  }
}
