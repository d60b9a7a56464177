package dev.lamella.kernel;

/** The code for some units of a tiny layer, rows across the lanes. */
abstract class AcrossTile {

  /** The most inputs that there is code of their own for. */
  static final int FEW = 4;

  /**
   * What the code is compiled for.
   *
   * @param chains how many chains each sum has
   * @param inputs how many inputs, at most {@link #FEW}; 0 for any number
   * @param rectified whether negative sums become 0
   */
  record Shape(int units, int chains, int inputs, boolean rectified) {}

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
