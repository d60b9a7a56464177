package dev.lamella.kernel;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of the dot products of some rows with one vector, a copy for each number of rows.
 *
 * <p>A dot product has sixteen virtual lanes: one vector at 16 lanes, two at 8, four at 4. Eight
 * vectors of sums are in flight, from as many rows as that takes. At the end the lanes of all rows
 * fold together: each step of the fold turns two rows' vectors into one.
 *
 * <p>A row has one index that is checked, and its other vectors stand at a constant distance from
 * that: an index known not to be negative becomes one address with displacements, where indices of
 * their own are added up and widened for each vector, with spills, and the loop is not unrolled.
 */
final class DotsVector extends Dots {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The vectors that hold the virtual lanes of one dot product. */
  private static final int V = Sums.LANES / L;

  /** The vectors of sums. */
  private static final int N = V * Clones.constant(MethodHandles.lookup(), Integer.class);

  /** What a sum holds that a shape does not have. */
  private static final FloatVector UNUSED = FloatVector.zero(S);

  private static final VectorShuffle<Float> BY_8 = Lanes.partner(8);
  private static final VectorShuffle<Float> BY_4 = Lanes.partner(4);
  private static final VectorShuffle<Float> BY_2 = Lanes.partner(2);
  private static final VectorShuffle<Float> BY_1 = Lanes.partner(1);
  private static final VectorMask<Float> UPPER_8 = Lanes.upper(8);
  private static final VectorMask<Float> UPPER_4 = Lanes.upper(4);
  private static final VectorMask<Float> UPPER_2 = Lanes.upper(2);

  private DotsVector() {}

  @Override
  void run(Rows a, int row, int n, float[] x, int xo, float[] scratch, boolean copied) {
    dots(a.array, a.at(row), a.stride, n, x, xo, scratch, copied);
  }

  /** Where sum i starts: of row i / V the vector i % V. */
  private static int start(int i, int step) {
    return i / V * step + i % V * L;
  }

  private static void dots(
      float[] a, int ao, int as, int n, float[] x, int xo, float[] scratch, boolean copied) {
    int a0 = N > 0 ? ao + 0 / V * as : 0;
    int a1 = N > 1 ? ao + 1 / V * as : 0;
    int a2 = N > 2 ? ao + 2 / V * as : 0;
    int a3 = N > 3 ? ao + 3 / V * as : 0;
    int a4 = N > 4 ? ao + 4 / V * as : 0;
    int a5 = N > 5 ? ao + 5 / V * as : 0;
    int a6 = N > 6 ? ao + 6 / V * as : 0;
    int a7 = N > 7 ? ao + 7 / V * as : 0;
    FloatVector s0 = N > 0 ? FloatVector.zero(S) : UNUSED;
    FloatVector s1 = N > 1 ? FloatVector.zero(S) : UNUSED;
    FloatVector s2 = N > 2 ? FloatVector.zero(S) : UNUSED;
    FloatVector s3 = N > 3 ? FloatVector.zero(S) : UNUSED;
    FloatVector s4 = N > 4 ? FloatVector.zero(S) : UNUSED;
    FloatVector s5 = N > 5 ? FloatVector.zero(S) : UNUSED;
    FloatVector s6 = N > 6 ? FloatVector.zero(S) : UNUSED;
    FloatVector s7 = N > 7 ? FloatVector.zero(S) : UNUSED;
    for (int j = 0; j <= n - Sums.LANES; j += Sums.LANES) {
      int xj = Objects.checkIndex(xo + j, x.length);
      FloatVector x0 = FloatVector.fromArray(S, x, xj);
      FloatVector x1 = V > 1 ? FloatVector.fromArray(S, x, xj + 1 * L) : x0;
      FloatVector x2 = V > 2 ? FloatVector.fromArray(S, x, xj + 2 * L) : x0;
      FloatVector x3 = V > 2 ? FloatVector.fromArray(S, x, xj + 3 * L) : x1;
      int p0 = N > 0 ? Objects.checkIndex(a0 + j, a.length) : 0;
      s0 = N > 0 ? FloatVector.fromArray(S, a, p0).fma(x0, s0) : s0;
      int p1 = N > 1 && 1 % V == 0 ? Objects.checkIndex(a1 + j, a.length) : p0 + L;
      s1 = N > 1 ? FloatVector.fromArray(S, a, p1).fma(x1, s1) : s1;
      int p2 = N > 2 && 2 % V == 0 ? Objects.checkIndex(a2 + j, a.length) : p1 + L;
      s2 = N > 2 ? FloatVector.fromArray(S, a, p2).fma(x2, s2) : s2;
      int p3 = N > 3 && 3 % V == 0 ? Objects.checkIndex(a3 + j, a.length) : p2 + L;
      s3 = N > 3 ? FloatVector.fromArray(S, a, p3).fma(x3, s3) : s3;
      int p4 = N > 4 && 4 % V == 0 ? Objects.checkIndex(a4 + j, a.length) : p3 + L;
      s4 = N > 4 ? FloatVector.fromArray(S, a, p4).fma(x0, s4) : s4;
      int p5 = N > 5 && 5 % V == 0 ? Objects.checkIndex(a5 + j, a.length) : p4 + L;
      s5 = N > 5 ? FloatVector.fromArray(S, a, p5).fma(x1, s5) : s5;
      int p6 = N > 6 && 6 % V == 0 ? Objects.checkIndex(a6 + j, a.length) : p5 + L;
      s6 = N > 6 ? FloatVector.fromArray(S, a, p6).fma(x2, s6) : s6;
      int p7 = N > 7 && 7 % V == 0 ? Objects.checkIndex(a7 + j, a.length) : p6 + L;
      s7 = N > 7 ? FloatVector.fromArray(S, a, p7).fma(x3, s7) : s7;
    }
    int rest = n % Sums.LANES;
    if (rest > 0) {
      FloatVector x0 = FloatVector.fromArray(S, scratch, X);
      FloatVector x1 = V > 1 ? FloatVector.fromArray(S, scratch, X + 1 * L) : x0;
      FloatVector x2 = V > 2 ? FloatVector.fromArray(S, scratch, X + 2 * L) : x0;
      FloatVector x3 = V > 2 ? FloatVector.fromArray(S, scratch, X + 3 * L) : x1;
      float[] e = copied ? scratch : a;
      int from = copied ? A : ao + n - rest;
      int step = copied ? Sums.LANES : as;
      VectorMask<Float> m0 = S.indexInRange(0, rest);
      VectorMask<Float> m1 = V > 1 ? S.indexInRange(1 * L, rest) : m0;
      VectorMask<Float> m2 = V > 2 ? S.indexInRange(2 * L, rest) : m0;
      VectorMask<Float> m3 = V > 2 ? S.indexInRange(3 * L, rest) : m1;
      if (N > 0) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(0, step));
        s0 = s0.blend(last.fma(x0, s0), m0);
      }
      if (N > 1) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(1, step));
        s1 = s1.blend(last.fma(x1, s1), m1);
      }
      if (N > 2) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(2, step));
        s2 = s2.blend(last.fma(x2, s2), m2);
      }
      if (N > 3) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(3, step));
        s3 = s3.blend(last.fma(x3, s3), m3);
      }
      if (N > 4) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(4, step));
        s4 = s4.blend(last.fma(x0, s4), m0);
      }
      if (N > 5) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(5, step));
        s5 = s5.blend(last.fma(x1, s5), m1);
      }
      if (N > 6) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(6, step));
        s6 = s6.blend(last.fma(x2, s6), m2);
      }
      if (N > 7) {
        FloatVector last = FloatVector.fromArray(S, e, from + start(7, step));
        s7 = s7.blend(last.fma(x3, s7), m3);
      }
    }
    // Sixteen lanes upon each other by halves: first whole vectors of a row.
    if (V == 2) {
      s0 = s0.add(s1);
      s1 = s2.add(s3);
      s2 = s4.add(s5);
      s3 = s6.add(s7);
    }
    if (V == 4) {
      s0 = s0.add(s2).add(s1.add(s3));
      s1 = s4.add(s6).add(s5.add(s7));
    }
    if (L == 16) {
      s0 = s0.blend(s1, UPPER_8).add(s1.blend(s0, UPPER_8).rearrange(BY_8));
      s1 = s2.blend(s3, UPPER_8).add(s3.blend(s2, UPPER_8).rearrange(BY_8));
      s2 = s4.blend(s5, UPPER_8).add(s5.blend(s4, UPPER_8).rearrange(BY_8));
      s3 = s6.blend(s7, UPPER_8).add(s7.blend(s6, UPPER_8).rearrange(BY_8));
    }
    if (L > 4) {
      s0 = s0.blend(s1, UPPER_4).add(s1.blend(s0, UPPER_4).rearrange(BY_4));
      s1 = s2.blend(s3, UPPER_4).add(s3.blend(s2, UPPER_4).rearrange(BY_4));
    }
    FloatVector q = s0.blend(s1, UPPER_2).add(s1.blend(s0, UPPER_2).rearrange(BY_2));
    q.add(q.rearrange(BY_1)).intoArray(scratch, SUMS);
  }
}
