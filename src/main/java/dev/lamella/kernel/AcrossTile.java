package dev.lamella.kernel;

/** The code for some units of a tiny layer, rows across the lanes. */
abstract class AcrossTile {

  /** How many units, and how many chains each of their sums has. */
  record Shape(int units, int chains) {}

  AcrossTile() {}

  /**
   * Writes the sums of some units for rows that stand side by side.
   *
   * @param unit the first unit
   * @param x (inputs, {@link Across#ROWS})
   * @param y (units, {@link Across#ROWS})
   */
  abstract void run(Across layer, int unit, int rows, float[] x, float[] y);
}
