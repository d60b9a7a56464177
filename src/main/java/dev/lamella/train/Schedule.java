package dev.lamella.train;

/** A learning rate that changes from epoch to epoch. */
@FunctionalInterface
public interface Schedule {

  /**
   * Returns the learning rate of an epoch.
   *
   * @param initial the optimizer's own learning rate
   * @param epoch the epoch, counted from 1 through all calls of {@code fit} of one trainer
   * @return the learning rate, finite and not negative
   */
  double learningRate(double initial, int epoch);
}
