package dev.lamella.jmh;

/**
 * One piece of work of one peer, ready to be run again and again: operands stand where that peer
 * likes them best, and a run allocates nothing that the peer itself does not allocate.
 */
public interface Work extends AutoCloseable {

  /** Does the work once. */
  void run();

  /** Returns what the last run computed, for comparison; a copy, so it may be slow. */
  float[] result();

  /** Frees what the work holds. */
  @Override
  default void close() {}
}
