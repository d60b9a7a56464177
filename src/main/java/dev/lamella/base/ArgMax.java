package dev.lamella.base;

/** The place of the highest of some numbers: which class the outputs of a network say. */
public final class ArgMax {
  private ArgMax() {}

  /**
   * Finds the highest.
   *
   * @param values holds them
   * @param offset where they start
   * @param n how many they are, at least 1
   * @return its place, from 0; the first of equal ones
   */
  public static int of(float[] values, int offset, int n) {
    int highest = 0;
    for (int i = 1; i < n; i++) {
      if (values[offset + i] > values[offset + highest]) {
        highest = i;
      }
    }
    return highest;
  }
}
