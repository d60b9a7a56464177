package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link Sums} with vectors: the sixteen lanes are one vector of 16 or two of 8, and
 * the fold adds vectors, then turns one. With vectors of 4 the scalar sums serve: of four vectors
 * behind branches of their own the compiler made objects.
 */
final class SumsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** How the lanes turn; by 8 and by 4 not at all where there are no more than so many. */
  static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);

  static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private SumsVector() {}

  /** Returns the sum of a row. */
  static float sum(float[] a, int offset, int n) {
    if (L == 4) {
      return Sums.sum(a, offset, n);
    }
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    for (int i = 0; i < n; i += Sums.LANES) {
      VectorMask<Float> inside0 = S.indexInRange(i, n);
      s0 = s0.add(FloatVector.fromArray(S, a, offset + i, inside0));
      if (L == 8 && i + L < n) {
        VectorMask<Float> inside1 = S.indexInRange(i + L, n);
        s1 = s1.add(FloatVector.fromArray(S, a, offset + i + L, inside1));
      }
    }
    FloatVector s = L == 8 ? s0.add(s1) : s0;
    s = L == 16 ? s.add(s.rearrange(BY_8)) : s;
    s = s.add(s.rearrange(BY_4));
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
  }

  /** Returns the sum of the products of two rows. */
  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    if (L == 4) {
      return Sums.dot(a, ao, b, bo, n);
    }
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    for (int i = 0; i < n; i += Sums.LANES) {
      VectorMask<Float> inside0 = S.indexInRange(i, n);
      FloatVector a0 = FloatVector.fromArray(S, a, ao + i, inside0);
      s0 = a0.fma(FloatVector.fromArray(S, b, bo + i, inside0), s0);
      if (L == 8 && i + L < n) {
        VectorMask<Float> inside1 = S.indexInRange(i + L, n);
        FloatVector a1 = FloatVector.fromArray(S, a, ao + i + L, inside1);
        s1 = a1.fma(FloatVector.fromArray(S, b, bo + i + L, inside1), s1);
      }
    }
    FloatVector s = L == 8 ? s0.add(s1) : s0;
    s = L == 16 ? s.add(s.rearrange(BY_8)) : s;
    s = s.add(s.rearrange(BY_4));
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
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

  /** Returns the largest element of a row, passing over NaN. */
  static float max(float[] a, int offset, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> inside = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, offset + i, inside);
      max = max.blend(x, x.compare(GT, max, inside));
    }
    FloatVector turned8 = max.rearrange(BY_8);
    max = max.blend(turned8, turned8.compare(GT, max));
    FloatVector turned4 = max.rearrange(BY_4);
    max = max.blend(turned4, turned4.compare(GT, max));
    FloatVector turned2 = max.rearrange(BY_2);
    max = max.blend(turned2, turned2.compare(GT, max));
    FloatVector turned1 = max.rearrange(BY_1);
    max = max.blend(turned1, turned1.compare(GT, max));
    return max.lane(0);
  }
}
