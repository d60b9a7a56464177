package dev.lamella.kernel;

import java.util.SplittableRandom;

/** Arrays to test products with. */
final class Floats {

  /**
   * What breaks naive kernels: both zeros, subnormals, the ends of the range, and no numbers at
   * all.
   */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  private Floats() {}

  /** Uniform in (-1, 1). */
  static float[] random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  /** Uniform in (-1, 1), one in {@code oneIn} replaced by a special value. */
  static float[] hostile(long seed, int count, int oneIn) {
    float[] values = random(seed, count);
    SplittableRandom random = new SplittableRandom(~seed);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(oneIn) == 0) {
        values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return values;
  }

  /** A matrix in panels, from rows. */
  static Panels panels(float[] rows, int inputs, int units) {
    Panels panels = Panels.zeros(inputs, units);
    Kernels.scalar().pack().rows(rows, 0, units, 0, inputs, panels);
    return panels;
  }
}
