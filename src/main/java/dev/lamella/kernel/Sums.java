package dev.lamella.kernel;

/**
 * The order in which a row is summed: sixteen lanes and one fold, whatever the width of a vector.
 *
 * <p>Lane i adds the elements i, i + 16, i + 32, ... in this order, starting from +0. Then lane i
 * takes lane i + 8 on (i < 8), then lane i + 4 (i < 4), then i + 2, then i + 1. {@link SumsVector}
 * does the same with 16, 8 or 4 lanes at a time.
 */
final class Sums {

  /** The lanes of every sum. */
  static final int LANES = 16;

  private Sums() {}

  /** Returns the sum of a row. */
  static float sum(float[] a, int offset, int n) {
    return sum(a, offset, n, 0, 1);
  }

  /** Returns the sum of the products of two rows, each product and sum fused. */
  static float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    return dot(a, aOffset, b, bOffset, n, 0, 1);
  }

  /** Returns what lane {@code lane} holds once the lanes above {@code width} are folded. */
  private static float sum(float[] a, int offset, int n, int lane, int width) {
    if (width < LANES) {
      return sum(a, offset, n, lane, 2 * width) + sum(a, offset, n, lane + width, 2 * width);
    }
    float s = 0f;
    for (int i = lane; i < n; i += LANES) {
      s += a[offset + i];
    }
    return s;
  }

  private static float dot(
      float[] a, int aOffset, float[] b, int bOffset, int n, int lane, int width) {
    if (width < LANES) {
      return dot(a, aOffset, b, bOffset, n, lane, 2 * width)
          + dot(a, aOffset, b, bOffset, n, lane + width, 2 * width);
    }
    float s = 0f;
    for (int i = lane; i < n; i += LANES) {
      s = Math.fma(a[aOffset + i], b[bOffset + i], s);
    }
    return s;
  }
}
