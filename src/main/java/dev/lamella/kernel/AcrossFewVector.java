package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of some units of a layer with at most four inputs for rows across the lanes, a copy
 * for each shape.
 *
 * <p>So few weights stay where they are, in registers as far as there are any, while all rows pass
 * by. A unit's sum is complete before the next one's starts.
 */
final class AcrossFewVector extends AcrossTile {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int R = Across.ROWS;

  private static final Shape SHAPE = Clones.constant(MethodHandles.lookup(), Shape.class);

  private static final int K = SHAPE.inputs();
  private static final boolean ONE_CHAIN = SHAPE.chains() == 1;
  private static final boolean RECTIFIED = SHAPE.rectified();

  private AcrossFewVector() {}

  @Override
  void run(Across layer, int unit, int rows, float[] x, float[] y) {
    float[] w = layer.parameters();
    int first = layer.weights() + unit * K;
    FloatVector zero = FloatVector.zero(S);
    FloatVector w00 = FloatVector.broadcast(S, w[first + 0]);
    FloatVector w01 = K > 1 ? FloatVector.broadcast(S, w[first + 1]) : zero;
    FloatVector w02 = K > 2 ? FloatVector.broadcast(S, w[first + 2]) : zero;
    FloatVector w03 = K > 3 ? FloatVector.broadcast(S, w[first + 3]) : zero;
    FloatVector b0 = FloatVector.broadcast(S, layer.bias(unit + 0));
    FloatVector w10 = SHAPE.units() > 1 ? FloatVector.broadcast(S, w[first + 1 * K + 0]) : zero;
    FloatVector w11 =
        SHAPE.units() > 1 && K > 1 ? FloatVector.broadcast(S, w[first + 1 * K + 1]) : zero;
    FloatVector w12 =
        SHAPE.units() > 1 && K > 2 ? FloatVector.broadcast(S, w[first + 1 * K + 2]) : zero;
    FloatVector w13 =
        SHAPE.units() > 1 && K > 3 ? FloatVector.broadcast(S, w[first + 1 * K + 3]) : zero;
    FloatVector b1 = SHAPE.units() > 1 ? FloatVector.broadcast(S, layer.bias(unit + 1)) : zero;
    FloatVector w20 = SHAPE.units() > 2 ? FloatVector.broadcast(S, w[first + 2 * K + 0]) : zero;
    FloatVector w21 =
        SHAPE.units() > 2 && K > 1 ? FloatVector.broadcast(S, w[first + 2 * K + 1]) : zero;
    FloatVector w22 =
        SHAPE.units() > 2 && K > 2 ? FloatVector.broadcast(S, w[first + 2 * K + 2]) : zero;
    FloatVector w23 =
        SHAPE.units() > 2 && K > 3 ? FloatVector.broadcast(S, w[first + 2 * K + 3]) : zero;
    FloatVector b2 = SHAPE.units() > 2 ? FloatVector.broadcast(S, layer.bias(unit + 2)) : zero;
    FloatVector w30 = SHAPE.units() > 3 ? FloatVector.broadcast(S, w[first + 3 * K + 0]) : zero;
    FloatVector w31 =
        SHAPE.units() > 3 && K > 1 ? FloatVector.broadcast(S, w[first + 3 * K + 1]) : zero;
    FloatVector w32 =
        SHAPE.units() > 3 && K > 2 ? FloatVector.broadcast(S, w[first + 3 * K + 2]) : zero;
    FloatVector w33 =
        SHAPE.units() > 3 && K > 3 ? FloatVector.broadcast(S, w[first + 3 * K + 3]) : zero;
    FloatVector b3 = SHAPE.units() > 3 ? FloatVector.broadcast(S, layer.bias(unit + 3)) : zero;
    int to = unit * R;
    for (int r = 0; r < rows; r += L) {
      FloatVector x0 = FloatVector.fromArray(S, x, r);
      FloatVector x1 = K > 1 ? FloatVector.fromArray(S, x, R + r) : x0;
      FloatVector x2 = K > 2 ? FloatVector.fromArray(S, x, 2 * R + r) : x0;
      FloatVector x3 = K > 3 ? FloatVector.fromArray(S, x, 3 * R + r) : x0;
      FloatVector c0 = w00.fma(x0, zero);
      if (ONE_CHAIN) {
        c0 = K > 1 ? w01.fma(x1, c0) : c0;
        c0 = K > 2 ? w02.fma(x2, c0) : c0;
        c0 = K > 3 ? w03.fma(x3, c0) : c0;
      } else {
        c0 = c0.add(K > 1 ? w01.fma(x1, zero) : zero);
        c0 = c0.add(K > 2 ? w02.fma(x2, zero) : zero);
        c0 = c0.add(K > 3 ? w03.fma(x3, zero) : zero);
      }
      c0 = c0.add(b0);
      c0 = RECTIFIED ? c0.blend(zero, c0.compare(LE, zero)) : c0;
      c0.intoArray(y, to + r);
      if (SHAPE.units() > 1) {
        FloatVector c1 = w10.fma(x0, zero);
        if (ONE_CHAIN) {
          c1 = K > 1 ? w11.fma(x1, c1) : c1;
          c1 = K > 2 ? w12.fma(x2, c1) : c1;
          c1 = K > 3 ? w13.fma(x3, c1) : c1;
        } else {
          c1 = c1.add(K > 1 ? w11.fma(x1, zero) : zero);
          c1 = c1.add(K > 2 ? w12.fma(x2, zero) : zero);
          c1 = c1.add(K > 3 ? w13.fma(x3, zero) : zero);
        }
        c1 = c1.add(b1);
        c1 = RECTIFIED ? c1.blend(zero, c1.compare(LE, zero)) : c1;
        c1.intoArray(y, to + 1 * R + r);
      }
      if (SHAPE.units() > 2) {
        FloatVector c2 = w20.fma(x0, zero);
        if (ONE_CHAIN) {
          c2 = K > 1 ? w21.fma(x1, c2) : c2;
          c2 = K > 2 ? w22.fma(x2, c2) : c2;
          c2 = K > 3 ? w23.fma(x3, c2) : c2;
        } else {
          c2 = c2.add(K > 1 ? w21.fma(x1, zero) : zero);
          c2 = c2.add(K > 2 ? w22.fma(x2, zero) : zero);
          c2 = c2.add(K > 3 ? w23.fma(x3, zero) : zero);
        }
        c2 = c2.add(b2);
        c2 = RECTIFIED ? c2.blend(zero, c2.compare(LE, zero)) : c2;
        c2.intoArray(y, to + 2 * R + r);
      }
      if (SHAPE.units() > 3) {
        FloatVector c3 = w30.fma(x0, zero);
        if (ONE_CHAIN) {
          c3 = K > 1 ? w31.fma(x1, c3) : c3;
          c3 = K > 2 ? w32.fma(x2, c3) : c3;
          c3 = K > 3 ? w33.fma(x3, c3) : c3;
        } else {
          c3 = c3.add(K > 1 ? w31.fma(x1, zero) : zero);
          c3 = c3.add(K > 2 ? w32.fma(x2, zero) : zero);
          c3 = c3.add(K > 3 ? w33.fma(x3, zero) : zero);
        }
        c3 = c3.add(b3);
        c3 = RECTIFIED ? c3.blend(zero, c3.compare(LE, zero)) : c3;
        c3.intoArray(y, to + 3 * R + r);
      }
    }
  }
}
