package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activations with the Vector API: one loop a function, so that each compiles to code of its own.
 *
 * <p>A loop returns how many elements it did, all whole vectors of them; the scalar kernel does the
 * rest.
 */
final class ElementwiseVector extends Elementwise {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final Map<Function, MethodHandle> LOOPS = Apart.elements(ElementwiseVector.class);

  private final ElementwiseScalar tail = new ElementwiseScalar();

  @Override
  public void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    // A loop that mostly stands still would not inline what it calls: not without a vector to do.
    int done = n < L ? 0 : Apart.call(LOOPS, f, z, zOffset, y, yOffset, n);
    tail.apply(f, z, zOffset + done, y, yOffset + done, n - done);
  }

  @Override
  public void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n) {
    int done = n < L ? 0 : SlopesVector.multiply(f, zOrY, offset, delta, deltaOffset, n);
    tail.derivative(f, zOrY, offset + done, delta, deltaOffset + done, n - done);
  }

  @SuppressWarnings("ReferenceEquality") // The same array, not an equal one: nothing to copy.
  static int linear(float[] z, int zo, float[] y, int yo, int n) {
    if (z != y || zo != yo) {
      System.arraycopy(z, zo, y, yo, n);
    }
    return n;
  }

  static int relu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      x.blend(0f, x.compare(LE, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  static int leakyRelu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      x.blend(x.mul(Function.LEAK), x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  static int elu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      x.blend(ExpVector.expm1(x), x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  static int selu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      FloatVector left = ExpVector.expm1(x).mul(Function.SELU_LIMIT);
      FloatVector right = x.mul(Function.SELU_SCALE);
      right.blend(left, x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  static int gelu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      NormalVector.gelu(x).intoArray(y, yo + i);
    }
    return end;
  }

  static int silu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      x.mul(ExpVector.sigmoid(x)).intoArray(y, yo + i);
    }
    return end;
  }

  static int sigmoid(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      ExpVector.sigmoid(x).intoArray(y, yo + i);
    }
    return end;
  }

  static int tanh(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      ExpVector.tanh(x).intoArray(y, yo + i);
    }
    return end;
  }

  static int softplus(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + i);
      LogVector.softplus(x).intoArray(y, yo + i);
    }
    return end;
  }
}
