package dev.lamella.net;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The six initializers that draw weights with a variance chosen from the layer's shape. */
enum VarianceScaling implements Initializer {
  GLOROT_UNIFORM(Fan.SUM, false),
  GLOROT_NORMAL(Fan.SUM, true),
  HE_UNIFORM(Fan.HALF_INPUTS, false),
  HE_NORMAL(Fan.HALF_INPUTS, true),
  LECUN_UNIFORM(Fan.INPUTS, false),
  LECUN_NORMAL(Fan.INPUTS, true);

  /** What the variance is the inverse of. */
  private enum Fan {
    SUM,
    HALF_INPUTS,
    INPUTS
  }

  private final Fan fan;
  private final boolean normal;

  VarianceScaling(Fan fan, boolean normal) {
    this.fan = fan;
    this.normal = normal;
  }

  @Override
  public void fill(float[] weights, int inputs, int units, RandomGenerator random) {
    double variance =
        switch (fan) {
          case SUM -> 2.0 / ((double) inputs + units);
          case HALF_INPUTS -> 2.0 / inputs;
          case INPUTS -> 1.0 / inputs;
        };
    if (normal) {
      normal(weights, Math.sqrt(variance), random);
    } else {
      uniform(weights, Math.sqrt(3 * variance), random);
    }
  }

  /** Uniform on [-limit, limit), from the upper 24 bits: as many as a float holds. */
  private static void uniform(float[] weights, double limit, RandomGenerator random) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (limit * symmetric(random.nextInt() >> 8, 0x1p-23));
    }
  }

  /** Normal by the polar method (Marsaglia and Bray 1964), which gives two numbers at a time. */
  private static void normal(float[] weights, double deviation, RandomGenerator random) {
    for (int i = 0; i < weights.length; i += 2) {
      double u;
      double v;
      double square;
      do {
        u = symmetric(random.nextLong() >> 11, 0x1p-52);
        v = symmetric(random.nextLong() >> 11, 0x1p-52);
        square = u * u + v * v;
      } while (square >= 1 || square == 0);
      double scale = deviation * Math.sqrt(-2 * StrictMath.log(square) / square);
      weights[i] = (float) (u * scale);
      if (i + 1 < weights.length) {
        weights[i + 1] = (float) (v * scale);
      }
    }
  }

  /** A signed integer scaled by a power of two to [-1, 1), exactly. */
  private static double symmetric(long bits, double unit) {
    return bits * unit;
  }

  /** The word that {@link Initializer#of} reads. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
