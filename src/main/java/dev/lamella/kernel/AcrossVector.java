package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of some units of a tiny layer for rows across the lanes, a copy for each number of
 * units and chains.
 *
 * <p>Sum i belongs to unit i / CHAINS and chain i % CHAINS. The rows are the outer loop: no sum
 * lives longer than one vector of them.
 */
final class AcrossVector extends AcrossTile {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int R = Across.ROWS;

  private static final Shape SHAPE = Clones.constant(MethodHandles.lookup(), Shape.class);

  private static final int CHAINS = SHAPE.chains();
  private static final boolean RECTIFIED = SHAPE.rectified();
  private static final int N = SHAPE.units() * CHAINS;

  /** What a sum holds that a shape does not have. */
  private static final FloatVector UNUSED = FloatVector.zero(S);

  private AcrossVector() {}

  @Override
  void run(Across layer, int unit, int rows, float[] x, float[] y) {
    float[] w = layer.parameters();
    int k = layer.inputs();
    int first = layer.weights() + unit * k;
    FloatVector zero = FloatVector.zero(S);
    float s0 = SHAPE.units() > 0 ? layer.bias(unit + 0) : 0f;
    float s1 = SHAPE.units() > 1 ? layer.bias(unit + 1) : 0f;
    float s2 = SHAPE.units() > 2 ? layer.bias(unit + 2) : 0f;
    float s3 = SHAPE.units() > 3 ? layer.bias(unit + 3) : 0f;
    float s4 = SHAPE.units() > 4 ? layer.bias(unit + 4) : 0f;
    float s5 = SHAPE.units() > 5 ? layer.bias(unit + 5) : 0f;
    float s6 = SHAPE.units() > 6 ? layer.bias(unit + 6) : 0f;
    float s7 = SHAPE.units() > 7 ? layer.bias(unit + 7) : 0f;
    float s8 = SHAPE.units() > 8 ? layer.bias(unit + 8) : 0f;
    float s9 = SHAPE.units() > 9 ? layer.bias(unit + 9) : 0f;
    float s10 = SHAPE.units() > 10 ? layer.bias(unit + 10) : 0f;
    float s11 = SHAPE.units() > 11 ? layer.bias(unit + 11) : 0f;
    int w1 = SHAPE.units() > 1 ? first + 1 * k : 0;
    int w2 = SHAPE.units() > 2 ? first + 2 * k : 0;
    int w3 = SHAPE.units() > 3 ? first + 3 * k : 0;
    int w4 = SHAPE.units() > 4 ? first + 4 * k : 0;
    int w5 = SHAPE.units() > 5 ? first + 5 * k : 0;
    int w6 = SHAPE.units() > 6 ? first + 6 * k : 0;
    int w7 = SHAPE.units() > 7 ? first + 7 * k : 0;
    int w8 = SHAPE.units() > 8 ? first + 8 * k : 0;
    int w9 = SHAPE.units() > 9 ? first + 9 * k : 0;
    int w10 = SHAPE.units() > 10 ? first + 10 * k : 0;
    int w11 = SHAPE.units() > 11 ? first + 11 * k : 0;
    for (int r = 0; r < rows; r += L) {
      FloatVector c0 = N > 0 ? FloatVector.zero(S) : UNUSED;
      FloatVector c1 = N > 1 ? FloatVector.zero(S) : UNUSED;
      FloatVector c2 = N > 2 ? FloatVector.zero(S) : UNUSED;
      FloatVector c3 = N > 3 ? FloatVector.zero(S) : UNUSED;
      FloatVector c4 = N > 4 ? FloatVector.zero(S) : UNUSED;
      FloatVector c5 = N > 5 ? FloatVector.zero(S) : UNUSED;
      FloatVector c6 = N > 6 ? FloatVector.zero(S) : UNUSED;
      FloatVector c7 = N > 7 ? FloatVector.zero(S) : UNUSED;
      FloatVector c8 = N > 8 ? FloatVector.zero(S) : UNUSED;
      FloatVector c9 = N > 9 ? FloatVector.zero(S) : UNUSED;
      FloatVector c10 = N > 10 ? FloatVector.zero(S) : UNUSED;
      FloatVector c11 = N > 11 ? FloatVector.zero(S) : UNUSED;
      int p = 0;
      for (; p <= k - CHAINS; p += CHAINS) {
        int at = p * R + r;
        FloatVector x0 = FloatVector.fromArray(S, x, at);
        FloatVector x1 = CHAINS > 1 ? FloatVector.fromArray(S, x, at + 1 * R) : x0;
        FloatVector x2 = CHAINS > 1 ? FloatVector.fromArray(S, x, at + 2 * R) : x0;
        FloatVector x3 = CHAINS > 1 ? FloatVector.fromArray(S, x, at + 3 * R) : x0;
        if (N > 0) {
          float f = w[CHAINS > 1 ? first + p + 0 : first + p];
          c0 = FloatVector.broadcast(S, f).fma(x0, c0);
        }
        if (N > 1) {
          float f = w[CHAINS > 1 ? first + p + 1 : w1 + p];
          c1 = FloatVector.broadcast(S, f).fma(x1, c1);
        }
        if (N > 2) {
          float f = w[CHAINS > 1 ? first + p + 2 : w2 + p];
          c2 = FloatVector.broadcast(S, f).fma(x2, c2);
        }
        if (N > 3) {
          float f = w[CHAINS > 1 ? first + p + 3 : w3 + p];
          c3 = FloatVector.broadcast(S, f).fma(x3, c3);
        }
        if (N > 4) {
          float f = w[CHAINS > 1 ? w1 + p + 0 : w4 + p];
          c4 = FloatVector.broadcast(S, f).fma(x0, c4);
        }
        if (N > 5) {
          float f = w[CHAINS > 1 ? w1 + p + 1 : w5 + p];
          c5 = FloatVector.broadcast(S, f).fma(x1, c5);
        }
        if (N > 6) {
          float f = w[CHAINS > 1 ? w1 + p + 2 : w6 + p];
          c6 = FloatVector.broadcast(S, f).fma(x2, c6);
        }
        if (N > 7) {
          float f = w[CHAINS > 1 ? w1 + p + 3 : w7 + p];
          c7 = FloatVector.broadcast(S, f).fma(x3, c7);
        }
        if (N > 8) {
          float f = w[CHAINS > 1 ? w2 + p + 0 : w8 + p];
          c8 = FloatVector.broadcast(S, f).fma(x0, c8);
        }
        if (N > 9) {
          float f = w[CHAINS > 1 ? w2 + p + 1 : w9 + p];
          c9 = FloatVector.broadcast(S, f).fma(x1, c9);
        }
        if (N > 10) {
          float f = w[CHAINS > 1 ? w2 + p + 2 : w10 + p];
          c10 = FloatVector.broadcast(S, f).fma(x2, c10);
        }
        if (N > 11) {
          float f = w[CHAINS > 1 ? w2 + p + 3 : w11 + p];
          c11 = FloatVector.broadcast(S, f).fma(x3, c11);
        }
      }
      if (CHAINS > 1 && p < k) {
        if (p + 0 < k) {
          FloatVector x0 = FloatVector.fromArray(S, x, (p + 0) * R + r);
          c0 = N > 0 ? FloatVector.broadcast(S, w[first + p + 0]).fma(x0, c0) : c0;
          c4 = N > 4 ? FloatVector.broadcast(S, w[w1 + p + 0]).fma(x0, c4) : c4;
          c8 = N > 8 ? FloatVector.broadcast(S, w[w2 + p + 0]).fma(x0, c8) : c8;
        }
        if (p + 1 < k) {
          FloatVector x1 = FloatVector.fromArray(S, x, (p + 1) * R + r);
          c1 = N > 1 ? FloatVector.broadcast(S, w[first + p + 1]).fma(x1, c1) : c1;
          c5 = N > 5 ? FloatVector.broadcast(S, w[w1 + p + 1]).fma(x1, c5) : c5;
          c9 = N > 9 ? FloatVector.broadcast(S, w[w2 + p + 1]).fma(x1, c9) : c9;
        }
        if (p + 2 < k) {
          FloatVector x2 = FloatVector.fromArray(S, x, (p + 2) * R + r);
          c2 = N > 2 ? FloatVector.broadcast(S, w[first + p + 2]).fma(x2, c2) : c2;
          c6 = N > 6 ? FloatVector.broadcast(S, w[w1 + p + 2]).fma(x2, c6) : c6;
          c10 = N > 10 ? FloatVector.broadcast(S, w[w2 + p + 2]).fma(x2, c10) : c10;
        }
      }
      if (CHAINS > 1) {
        c0 = N > 0 ? c0.add(c1).add(c2).add(c3) : c0;
        c1 = N > 4 ? c4.add(c5).add(c6).add(c7) : c1;
        c2 = N > 8 ? c8.add(c9).add(c10).add(c11) : c2;
      }
      int o = unit * R + r;
      if (SHAPE.units() > 0) {
        c0 = c0.add(s0);
        c0 = RECTIFIED ? c0.blend(zero, c0.compare(LE, zero)) : c0;
        c0.intoArray(y, o + 0 * R);
      }
      if (SHAPE.units() > 1) {
        c1 = c1.add(s1);
        c1 = RECTIFIED ? c1.blend(zero, c1.compare(LE, zero)) : c1;
        c1.intoArray(y, o + 1 * R);
      }
      if (SHAPE.units() > 2) {
        c2 = c2.add(s2);
        c2 = RECTIFIED ? c2.blend(zero, c2.compare(LE, zero)) : c2;
        c2.intoArray(y, o + 2 * R);
      }
      if (SHAPE.units() > 3) {
        c3 = c3.add(s3);
        c3 = RECTIFIED ? c3.blend(zero, c3.compare(LE, zero)) : c3;
        c3.intoArray(y, o + 3 * R);
      }
      if (SHAPE.units() > 4) {
        c4 = c4.add(s4);
        c4 = RECTIFIED ? c4.blend(zero, c4.compare(LE, zero)) : c4;
        c4.intoArray(y, o + 4 * R);
      }
      if (SHAPE.units() > 5) {
        c5 = c5.add(s5);
        c5 = RECTIFIED ? c5.blend(zero, c5.compare(LE, zero)) : c5;
        c5.intoArray(y, o + 5 * R);
      }
      if (SHAPE.units() > 6) {
        c6 = c6.add(s6);
        c6 = RECTIFIED ? c6.blend(zero, c6.compare(LE, zero)) : c6;
        c6.intoArray(y, o + 6 * R);
      }
      if (SHAPE.units() > 7) {
        c7 = c7.add(s7);
        c7 = RECTIFIED ? c7.blend(zero, c7.compare(LE, zero)) : c7;
        c7.intoArray(y, o + 7 * R);
      }
      if (SHAPE.units() > 8) {
        c8 = c8.add(s8);
        c8 = RECTIFIED ? c8.blend(zero, c8.compare(LE, zero)) : c8;
        c8.intoArray(y, o + 8 * R);
      }
      if (SHAPE.units() > 9) {
        c9 = c9.add(s9);
        c9 = RECTIFIED ? c9.blend(zero, c9.compare(LE, zero)) : c9;
        c9.intoArray(y, o + 9 * R);
      }
      if (SHAPE.units() > 10) {
        c10 = c10.add(s10);
        c10 = RECTIFIED ? c10.blend(zero, c10.compare(LE, zero)) : c10;
        c10.intoArray(y, o + 10 * R);
      }
      if (SHAPE.units() > 11) {
        c11 = c11.add(s11);
        c11 = RECTIFIED ? c11.blend(zero, c11.compare(LE, zero)) : c11;
        c11.intoArray(y, o + 11 * R);
      }
    }
  }
}
