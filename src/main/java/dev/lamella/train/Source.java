package dev.lamella.train;

/** Where a batch's rows come from. Parts of a batch are read on several threads at once. */
interface Source {

  /** Whether rows have a label instead of numbers to come near to. */
  boolean hasLabels();

  /** Writes inputs of rows [from, to) of the batch as (rows, inputs) from {@code offset}. */
  void inputs(int from, int to, float[] into, int offset);

  /** Writes targets of rows [from, to) of the batch as (rows, outputs) from {@code offset}. */
  void targets(int from, int to, float[] into, int offset);

  /** Writes labels of rows [from, to) of the batch from {@code offset}. */
  void labels(int from, int to, int[] into, int offset);
}
