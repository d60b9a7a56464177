package dev.lamella.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of the dot products of some rows with one vector, a copy for each number of rows.
 *
 * <p>A dot product has sixteen virtual lanes: one vector at 16 lanes, two at 8, four at 4. Eight
 * vectors of sums are in flight, from as many rows as that takes.
 */
final class DotsVector extends Dots {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The vectors that hold the virtual lanes of one dot product. */
  private static final int V = Sums.LANES / L;

  /** The most rows whose dot products are in flight together. */
  static final int ROWS = 8 / V;

  /** The vectors of sums. */
  private static final int N = V * Clones.constant(MethodHandles.lookup(), Integer.class, 1);

  private DotsVector() {}

  @Override
  void run(Rows a, int row, int n, float[] x, int xo, float[] lanes) {
    dots(a.array, a.at(row), a.stride, n, x, xo, lanes);
  }

  private static int start(int i, int step) {
    return i / V * step + i % V * L;
  }

  private static void dots(float[] a, int ao, int as, int n, float[] x, int xo, float[] lanes) {
    int a0 = ao + start(0, as);
    int a1 = ao + start(1, as);
    int a2 = ao + start(2, as);
    int a3 = ao + start(3, as);
    int a4 = ao + start(4, as);
    int a5 = ao + start(5, as);
    int a6 = ao + start(6, as);
    int a7 = ao + start(7, as);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    for (int j = 0; j <= n - Sums.LANES; j += Sums.LANES) {
      FloatVector x0 = FloatVector.fromArray(S, x, xo + j);
      FloatVector x1 = V > 1 ? FloatVector.fromArray(S, x, xo + j + 1 * L) : x0;
      FloatVector x2 = V > 2 ? FloatVector.fromArray(S, x, xo + j + 2 * L) : x0;
      FloatVector x3 = V > 2 ? FloatVector.fromArray(S, x, xo + j + 3 * L) : x1;
      s0 = FloatVector.fromArray(S, a, a0 + j).fma(x0, s0);
      s1 = N > 1 ? FloatVector.fromArray(S, a, a1 + j).fma(x1, s1) : s1;
      s2 = N > 2 ? FloatVector.fromArray(S, a, a2 + j).fma(x2, s2) : s2;
      s3 = N > 3 ? FloatVector.fromArray(S, a, a3 + j).fma(x3, s3) : s3;
      s4 = N > 4 ? FloatVector.fromArray(S, a, a4 + j).fma(x0, s4) : s4;
      s5 = N > 5 ? FloatVector.fromArray(S, a, a5 + j).fma(x1, s5) : s5;
      s6 = N > 6 ? FloatVector.fromArray(S, a, a6 + j).fma(x2, s6) : s6;
      s7 = N > 7 ? FloatVector.fromArray(S, a, a7 + j).fma(x3, s7) : s7;
    }
    if (N > 0) {
      s0.intoArray(lanes, 0 * L);
    }
    if (N > 1) {
      s1.intoArray(lanes, 1 * L);
    }
    if (N > 2) {
      s2.intoArray(lanes, 2 * L);
    }
    if (N > 3) {
      s3.intoArray(lanes, 3 * L);
    }
    if (N > 4) {
      s4.intoArray(lanes, 4 * L);
    }
    if (N > 5) {
      s5.intoArray(lanes, 5 * L);
    }
    if (N > 6) {
      s6.intoArray(lanes, 6 * L);
    }
    if (N > 7) {
      s7.intoArray(lanes, 7 * L);
    }
  }
}
