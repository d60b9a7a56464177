package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link Sums} with vectors: the sixteen lanes are one vector of 16, two of 8 or four
 * of 4, and the fold adds vectors, then turns one.
 */
final class SumsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private SumsVector() {}

  /** Returns the first {@code n} floats from {@code i}, then zeros. */
  static FloatVector load(float[] a, int i, int n) {
    return FloatVector.fromArray(S, a, i, S.indexInRange(0, n));
  }

  /** Returns the sum of a row. */
  static float sum(float[] a, int offset, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < n; i += Sums.LANES) {
      s0 = s0.add(load(a, offset + i, n - i));
      if (L <= 8 && i + L < n) {
        s1 = s1.add(load(a, offset + i + L, n - i - L));
      }
      if (L == 4 && i + 2 * L < n) {
        s2 = s2.add(load(a, offset + i + 2 * L, n - i - 2 * L));
      }
      if (L == 4 && i + 3 * L < n) {
        s3 = s3.add(load(a, offset + i + 3 * L, n - i - 3 * L));
      }
    }
    return fold(s0, s1, s2, s3);
  }

  /** Writes the sums of some rows. */
  static void sums(
      float[] a, int offset, int stride, int rows, int n, float[] into, int intoOffset) {
    for (int r = 0; r < rows; r++) {
      into[intoOffset + r] = sum(a, offset + r * stride, n);
    }
  }

  /** Writes the sums of the squares of some rows. */
  static void squares(
      float[] a, int offset, int stride, int rows, int n, float[] into, int intoOffset) {
    for (int r = 0; r < rows; r++) {
      into[intoOffset + r] = dot(a, offset + r * stride, a, offset + r * stride, n);
    }
  }

  /** Returns the sum of the products of two rows. */
  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < n; i += Sums.LANES) {
      s0 = product(a, ao + i, b, bo + i, n - i, s0);
      if (L <= 8 && i + L < n) {
        s1 = product(a, ao + i + L, b, bo + i + L, n - i - L, s1);
      }
      if (L == 4 && i + 2 * L < n) {
        s2 = product(a, ao + i + 2 * L, b, bo + i + 2 * L, n - i - 2 * L, s2);
      }
      if (L == 4 && i + 3 * L < n) {
        s3 = product(a, ao + i + 3 * L, b, bo + i + 3 * L, n - i - 3 * L, s3);
      }
    }
    return fold(s0, s1, s2, s3);
  }

  private static FloatVector product(float[] a, int i, float[] b, int j, int n, FloatVector sum) {
    return load(a, i, n).fma(load(b, j, n), sum);
  }

  /** Returns the sum of all lanes in the order of {@link Sums}; unused vectors are zero. */
  static float fold(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    if (L == 4) {
      return foldAll(s0.add(s2).add(s1.add(s3))).lane(0);
    }
    return foldAll(L == 8 ? s0.add(s1) : s0).lane(0);
  }

  /**
   * Returns a vector with the sum of all lanes in every lane: turned by half of what is left to
   * add, the lanes repeat, so all of them see the same additions.
   */
  static FloatVector foldAll(FloatVector s) {
    FloatVector v = s;
    if (L == 16) {
      v = v.add(v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(BY_4));
    }
    v = v.add(v.rearrange(BY_2));
    return v.add(v.rearrange(BY_1));
  }

  /** Returns a vector with the largest lane in every lane, if none is NaN. */
  static FloatVector maxAll(FloatVector m) {
    FloatVector v = m;
    if (L == 16) {
      v = larger(v, v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = larger(v, v.rearrange(BY_4));
    }
    v = larger(v, v.rearrange(BY_2));
    return larger(v, v.rearrange(BY_1));
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(GT, a));
  }

  /** Returns the largest element of a row, passing over NaN. */
  static float max(float[] a, int offset, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(0, n - i);
      FloatVector x = FloatVector.fromArray(S, a, offset + i, inside);
      max = max.blend(x, x.compare(GT, max, inside));
    }
    return maxAll(max).lane(0);
  }
}
