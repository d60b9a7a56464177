package dev.lamella.kernel;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template that turns rows of two, three or four columns, a copy for each number of columns.
 *
 * <p>So many vectors hold as many rows as a vector has lanes. Their elements of one column stand in
 * lanes that differ, once vector j has turned each group of columns by j lanes (three columns need
 * no turn, as three divides no width). So blends collect a column, and one rearrangement sorts it.
 */
final class TurnVector extends Turn {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int R = Across.ROWS;
  private static final int N = Clones.constant(MethodHandles.lookup(), Integer.class);
  private static final boolean TURNS = N != 3;

  /** Where vector j's lanes come from when it turns, and where they go back to. */
  private static final VectorShuffle<Float> TURN_1 = turn(1);

  private static final VectorShuffle<Float> TURN_2 = turn(2);
  private static final VectorShuffle<Float> TURN_3 = turn(3);
  private static final VectorShuffle<Float> BACK_1 = turn(-1);
  private static final VectorShuffle<Float> BACK_2 = turn(-2);
  private static final VectorShuffle<Float> BACK_3 = turn(-3);

  /** Where a column's rows stand once blended, and which row stands in a lane. */
  private static final VectorShuffle<Float> SORT_0 = sort(0, false);

  private static final VectorShuffle<Float> SORT_1 = sort(1, false);
  private static final VectorShuffle<Float> SORT_2 = sort(2, false);
  private static final VectorShuffle<Float> SORT_3 = sort(3, false);
  private static final VectorShuffle<Float> DEAL_0 = sort(0, true);
  private static final VectorShuffle<Float> DEAL_1 = sort(1, true);
  private static final VectorShuffle<Float> DEAL_2 = sort(2, true);
  private static final VectorShuffle<Float> DEAL_3 = sort(3, true);

  /** The lanes of one remainder modulo N. */
  private static final VectorMask<Float> EVERY_0 = every(0);

  private static final VectorMask<Float> EVERY_1 = every(1);
  private static final VectorMask<Float> EVERY_2 = every(2);
  private static final VectorMask<Float> EVERY_3 = every(3);

  /** The lanes of column k (first digit) in vector j (second digit). */
  private static final VectorMask<Float> M01 = lanes(0, 1);

  private static final VectorMask<Float> M02 = lanes(0, 2);
  private static final VectorMask<Float> M03 = lanes(0, 3);
  private static final VectorMask<Float> M10 = lanes(1, 0);
  private static final VectorMask<Float> M11 = lanes(1, 1);
  private static final VectorMask<Float> M12 = lanes(1, 2);
  private static final VectorMask<Float> M13 = lanes(1, 3);
  private static final VectorMask<Float> M20 = lanes(2, 0);
  private static final VectorMask<Float> M21 = lanes(2, 1);
  private static final VectorMask<Float> M22 = lanes(2, 2);
  private static final VectorMask<Float> M23 = lanes(2, 3);
  private static final VectorMask<Float> M30 = lanes(3, 0);
  private static final VectorMask<Float> M31 = lanes(3, 1);
  private static final VectorMask<Float> M32 = lanes(3, 2);
  private static final VectorMask<Float> M33 = lanes(3, 3);

  private TurnVector() {}

  /** Lane l gets what stands so many lanes before it in its group. */
  private static VectorShuffle<Float> turn(int by) {
    return VectorShuffle.fromOp(S, l -> TURNS ? l / N * N + Math.floorMod(l - by, N) : l);
  }

  /** The lane where an element stands, once its vector has turned. */
  private static int lane(int row, int column) {
    int element = row * N + column;
    int lane = element % L;
    return TURNS ? lane / N * N + (column + element / L) % N : lane;
  }

  private static VectorShuffle<Float> sort(int column, boolean inverse) {
    int[] source = new int[L];
    for (int row = 0; row < L; row++) {
      int lane = lane(row, column % N);
      source[inverse ? lane : row] = inverse ? row : lane;
    }
    return VectorShuffle.fromArray(S, source, 0);
  }

  private static VectorMask<Float> every(int remainder) {
    long lanes = 0;
    for (int lane = remainder; lane < L; lane += N) {
      lanes |= 1L << lane;
    }
    return VectorMask.fromLong(S, lanes);
  }

  private static VectorMask<Float> lanes(int column, int vector) {
    return switch (Math.floorMod(TURNS ? column + vector : column - vector * L, N)) {
      case 0 -> EVERY_0;
      case 1 -> EVERY_1;
      case 2 -> EVERY_2;
      default -> EVERY_3;
    };
  }

  @Override
  int in(float[] in, int offset, int rows, float[] out) {
    int r = 0;
    for (; r <= rows - L; r += L) {
      int at = offset + r * N;
      FloatVector v0 = FloatVector.fromArray(S, in, at);
      FloatVector v1 = FloatVector.fromArray(S, in, at + L);
      FloatVector v2 = N > 2 ? FloatVector.fromArray(S, in, at + 2 * L) : v1;
      FloatVector v3 = N > 3 ? FloatVector.fromArray(S, in, at + 3 * L) : v1;
      if (TURNS) {
        v1 = v1.rearrange(TURN_1);
        v2 = N > 2 ? v2.rearrange(TURN_2) : v2;
        v3 = N > 3 ? v3.rearrange(TURN_3) : v3;
      }
      FloatVector c0 = v0.blend(v1, M01);
      c0 = N > 2 ? c0.blend(v2, M02) : c0;
      c0 = N > 3 ? c0.blend(v3, M03) : c0;
      c0.rearrange(SORT_0).intoArray(out, r);
      FloatVector c1 = v0.blend(v1, M11);
      c1 = N > 2 ? c1.blend(v2, M12) : c1;
      c1 = N > 3 ? c1.blend(v3, M13) : c1;
      c1.rearrange(SORT_1).intoArray(out, R + r);
      if (N > 2) {
        FloatVector c2 = v0.blend(v1, M21).blend(v2, M22);
        c2 = N > 3 ? c2.blend(v3, M23) : c2;
        c2.rearrange(SORT_2).intoArray(out, 2 * R + r);
      }
      if (N > 3) {
        FloatVector c3 = v0.blend(v1, M31).blend(v2, M32).blend(v3, M33);
        c3.rearrange(SORT_3).intoArray(out, 3 * R + r);
      }
    }
    return r;
  }

  @Override
  int out(float[] in, int rows, float[] out, int offset) {
    int r = 0;
    for (; r <= rows - L; r += L) {
      int at = offset + r * N;
      FloatVector c0 = FloatVector.fromArray(S, in, r).rearrange(DEAL_0);
      FloatVector c1 = FloatVector.fromArray(S, in, R + r).rearrange(DEAL_1);
      FloatVector c2 = N > 2 ? FloatVector.fromArray(S, in, 2 * R + r).rearrange(DEAL_2) : c1;
      FloatVector c3 = N > 3 ? FloatVector.fromArray(S, in, 3 * R + r).rearrange(DEAL_3) : c1;
      FloatVector v0 = c0.blend(c1, M10);
      v0 = N > 2 ? v0.blend(c2, M20) : v0;
      v0 = N > 3 ? v0.blend(c3, M30) : v0;
      v0.intoArray(out, at);
      FloatVector v1 = c0.blend(c1, M11);
      v1 = N > 2 ? v1.blend(c2, M21) : v1;
      v1 = N > 3 ? v1.blend(c3, M31) : v1;
      v1 = TURNS ? v1.rearrange(BACK_1) : v1;
      v1.intoArray(out, at + L);
      if (N > 2) {
        FloatVector v2 = c0.blend(c1, M12).blend(c2, M22);
        v2 = N > 3 ? v2.blend(c3, M32) : v2;
        v2 = TURNS ? v2.rearrange(BACK_2) : v2;
        v2.intoArray(out, at + 2 * L);
      }
      if (N > 3) {
        FloatVector v3 = c0.blend(c1, M13).blend(c2, M23).blend(c3, M33);
        v3.rearrange(BACK_3).intoArray(out, at + 3 * L);
      }
    }
    return r;
  }
}
