package dev.lamella.train;

import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;

/** Batches of a dataset in some order of its rows. */
final class DatasetSource implements Source {

  private final Dataset data;
  final int[] order; // (rows): a permutation
  private int start; // where the batch starts in order

  DatasetSource(Dataset data) {
    this.data = data;
    this.order = Permutation.identity(data.rows());
  }

  /** Puts the rows back in the dataset's order. */
  void reset() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** Makes {@code order[first...]} the batch. */
  void startAt(int first) {
    start = first;
  }

  @Override
  public boolean hasLabels() {
    return data.hasLabels();
  }

  @Override
  public void inputs(int from, int to, float[] into, int offset) {
    data.copyInputs(order, start + from, start + to, into, offset);
  }

  @Override
  public void targets(int from, int to, float[] into, int offset) {
    data.copyTargets(order, start + from, start + to, into, offset);
  }

  @Override
  public void labels(int from, int to, int[] into, int offset) {
    data.copyLabels(order, start + from, start + to, into, offset);
  }
}
