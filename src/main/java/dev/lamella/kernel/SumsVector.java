package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamella.machine.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link Sums} with vectors: the sixteen lanes are one vector of 16 or two of 8, and
 * the fold adds vectors, then turns one. With vectors of 4 the scalar sums serve.
 *
 * <p>Rows are padded to a multiple of 16 floats, and the padding of what is summed is 0; {@link
 * #clear} makes it so. No method passes a vector on: they are inlined wherever they are called.
 */
final class SumsVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  static final VectorSpecies<Integer> BITS = S.withLanes(int.class);

  /** How the lanes turn; by 8 and by 4 not at all where there are no more than so many. */
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);

  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  /** All bits for L lanes, then none: L lanes from {@code L - n} keep n lanes. */
  static final int[] KEEP = new int[2 * L];

  static {
    Arrays.fill(KEEP, 0, L, -1);
  }

  private SumsVector() {}

  /** Returns the sum of a row. */
  static float sum(float[] a, int offset, int n) {
    if (L == 4) {
      return Sums.sum(a, offset, n);
    }
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    s0 = s0.add(FloatVector.fromArray(S, a, offset));
    if (L == 8) {
      s1 = s1.add(FloatVector.fromArray(S, a, offset + L));
    }
    for (int i = Sums.LANES; i < n; i += Sums.LANES) {
      s0 = s0.add(FloatVector.fromArray(S, a, offset + i));
      if (L == 8) {
        s1 = s1.add(FloatVector.fromArray(S, a, offset + i + L));
      }
    }
    FloatVector s = L == 16 ? s0.add(s0.rearrange(BY_8)) : s0.add(s1);
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
    s0 = FloatVector.fromArray(S, a, ao).fma(FloatVector.fromArray(S, b, bo), s0);
    if (L == 8) {
      s1 = FloatVector.fromArray(S, a, ao + L).fma(FloatVector.fromArray(S, b, bo + L), s1);
    }
    for (int i = Sums.LANES; i < n; i += Sums.LANES) {
      s0 = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s0);
      if (L == 8) {
        int j = i + L;
        s1 = FloatVector.fromArray(S, a, ao + j).fma(FloatVector.fromArray(S, b, bo + j), s1);
      }
    }
    FloatVector s = L == 16 ? s0.add(s0.rearrange(BY_8)) : s0.add(s1);
    s = s.add(s.rearrange(BY_4));
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
  }

  /** Writes the sums of the rows [from, to) that start at multiples of stride, or of squares. */
  static void sums(float[] a, int stride, int from, int to, int n, boolean squares, float[] into) {
    for (int r = from; r < to; r++) {
      int row = r * stride;
      into[r] = squares ? dot(a, row, a, row, n) : sum(a, row, n);
    }
  }

  /** Sets the padding of some rows of n to 0, up to the next multiple of 16. */
  static void clear(float[] a, int offset, int stride, int rows, int n) {
    int last = (n - 1) / L * L;
    IntVector keep = IntVector.fromArray(BITS, KEEP, L + last - n);
    for (int r = 0; r < rows; r++) {
      int at = offset + r * stride + last;
      IntVector bits = FloatVector.fromArray(S, a, at).reinterpretAsInts();
      bits.and(keep).reinterpretAsFloats().intoArray(a, at);
    }
    clearRest(a, offset, stride, rows, n);
  }

  /** The same for the padding that shares no vector with columns of the row. */
  static void clearRest(float[] a, int offset, int stride, int rows, int n) {
    int from = (n + L - 1) / L * L;
    int to = Reduce.padded(n);
    for (int r = 0; r < rows && from < to; r++) {
      for (int i = from; i < to; i += L) {
        FloatVector.zero(S).intoArray(a, offset + r * stride + i);
      }
    }
  }

  /** Returns the largest element of a row, passing over NaN. */
  static float max(float[] a, int offset, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, offset + i);
      max = max.blend(x, x.compare(GT, max, S.indexInRange(i, n)));
    }
    FloatVector turned8 = max.rearrange(BY_8);
    max = max.blend(turned8, turned8.compare(GT, max));
    FloatVector turned4 = max.rearrange(BY_4);
    max = max.blend(turned4, turned4.compare(GT, max));
    FloatVector turned2 = max.rearrange(BY_2);
    max = max.blend(turned2, turned2.compare(GT, max));
    FloatVector turned1 = max.rearrange(BY_1);
    return max.blend(turned1, turned1.compare(GT, max)).lane(0);
  }
}
