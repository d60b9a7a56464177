package dev.lamella.train;

import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A training that is under way, as a {@link Callback} sees it.
 *
 * <p>There is one object for a whole training; what it tells changes as the training goes on.
 */
public final class Training {

  private final Trainer trainer;
  private final int firstEpoch;
  private final int epochs;
  private final int rows;
  private final boolean validated;
  private final List<Epoch> completed = new ArrayList<>();
  private int epoch;
  private int rowsDone;
  private double loss;
  private double learningRate;
  private volatile boolean stopping; // another thread may stop a training

  Training(Trainer trainer, int firstEpoch, int epochs, int rows, boolean validated) {
    this.trainer = trainer;
    this.firstEpoch = firstEpoch;
    this.epochs = epochs;
    this.rows = rows;
    this.validated = validated;
    this.epoch = firstEpoch;
  }

  void startEpoch(int number, double rate) {
    epoch = number;
    rowsDone = 0;
    loss = 0;
    learningRate = rate;
  }

  void step(int rowsSoFar, double lossSoFar) {
    rowsDone = rowsSoFar;
    loss = lossSoFar;
  }

  void endEpoch(Epoch ended) {
    completed.add(ended);
  }

  boolean stopping() {
    return stopping;
  }

  /** {@return the number of the epoch that is running or has just ended, counted from 1} */
  public int epoch() {
    return epoch;
  }

  /** {@return the number of the first epoch of this training: above 1 where a trainer goes on} */
  public int firstEpoch() {
    return firstEpoch;
  }

  /** {@return the number of the last epoch that was asked for} */
  public int lastEpoch() {
    return firstEpoch + epochs - 1;
  }

  /** {@return how many epochs are still to come after this one} */
  public int epochsLeft() {
    return stopping ? 0 : lastEpoch() - epoch;
  }

  /** {@return the rows of an epoch} */
  public int rows() {
    return rows;
  }

  /** {@return how many rows of this epoch have been learned from} */
  public int rowsDone() {
    return rowsDone;
  }

  /** {@return the mean loss of this epoch so far} */
  public double loss() {
    return loss;
  }

  /** {@return the learning rate of this epoch} */
  public double learningRate() {
    return learningRate;
  }

  /** {@return whether there are validation rows} */
  public boolean validated() {
    return validated;
  }

  /** {@return the epochs completed so far} */
  public List<Epoch> completed() {
    return List.copyOf(completed);
  }

  /** {@return a copy of the network as it is now} */
  public Network network() {
    return trainer.network();
  }

  /**
   * Goes on with another network of the same layers, such as the best one so far; what the
   * optimizer remembers stays.
   *
   * @param network such as {@link #network} returned earlier
   * @throws IllegalArgumentException if the layers differ
   */
  public void restore(Network network) {
    trainer.restore(network);
  }

  /**
   * Ends the training before its next step. {@link Trainer#fit} then returns the network as it is;
   * an epoch that was cut short is not among the completed ones. Any thread may call this.
   */
  public void stop() {
    stopping = true;
  }
}
