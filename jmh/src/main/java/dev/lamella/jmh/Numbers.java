package dev.lamella.jmh;

import java.util.SplittableRandom;

/** Arrays of numbers: making them, and telling whether two are the same. */
public final class Numbers {

  private Numbers() {}

  /** Returns numbers spread evenly from -0.5 to 0.5. */
  public static float[] random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return values;
  }

  /**
   * Fails unless two results agree within rounding: 1e-4 of the largest number.
   *
   * @param what whose result, in which work
   * @param reference whose result is right
   * @param expected the right result
   * @param actual the other
   * @throws IllegalStateException if they differ: a benchmark of wrong results is worth nothing
   */
  public static void requireSame(String what, String reference, float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          "%s gives %d numbers, %s %d: not timed."
              .formatted(what, actual.length, reference, expected.length));
    }
    float largest = 1e-3f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= 1e-4f * largest)) {
        throw new IllegalStateException(
            "%s gives %s where %s gives %s, at %d of %d: not timed."
                .formatted(what, actual[i], reference, expected[i], i, expected.length));
      }
    }
  }

  /**
   * Fails unless two trainings went the same way: their parameters differ by less than a twentieth
   * of the way they went (root mean square; single parameters may not be compared, because Adam
   * turns a gradient that is nothing but rounding into a whole step, and libraries add its eps in
   * different places).
   *
   * @param what whose training
   * @param start the parameters before
   * @param expected ours after
   * @param actual theirs after
   * @throws IllegalStateException if they differ
   */
  public static void requireSameWay(String what, float[] start, float[] expected, float[] actual) {
    double way = 0;
    double apart = 0;
    for (int i = 0; i < start.length; i++) {
      way += Math.pow(expected[i] - start[i], 2);
      apart += Math.pow(expected[i] - actual[i], 2);
    }
    if (!(way > 0 && Math.sqrt(apart) <= 0.05 * Math.sqrt(way))) {
      throw new IllegalStateException(
          "%s moves the parameters elsewhere: %.3g from ours after a way of %.3g: not timed."
              .formatted(what, Math.sqrt(apart), Math.sqrt(way)));
    }
  }
}
