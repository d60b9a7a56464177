package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

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

  private final ElementwiseScalar tail = new ElementwiseScalar();

  @Override
  public void apply(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    int done = n < L ? 0 : vectors(f, z, zOffset, y, yOffset, n);
    tail.apply(f, z, zOffset + done, y, yOffset + done, n - done);
  }

  @Override
  public void derivative(
      Function f, float[] zOrY, int offset, float[] delta, int deltaOffset, int n) {
    int done = n < L ? 0 : SlopesVector.multiply(f, zOrY, offset, delta, deltaOffset, n);
    tail.derivative(f, zOrY, offset + done, delta, deltaOffset + done, n - done);
  }

  /** Does one vector at least: the compiler does not inline calls from loops that mostly rest. */
  private static int vectors(Function f, float[] z, int zOffset, float[] y, int yOffset, int n) {
    return switch (f) {
      case LINEAR -> linear(z, zOffset, y, yOffset, n);
      case RELU -> relu(z, zOffset, y, yOffset, n);
      case LEAKY_RELU -> leakyRelu(z, zOffset, y, yOffset, n);
      case ELU -> elu(z, zOffset, y, yOffset, n);
      case SELU -> selu(z, zOffset, y, yOffset, n);
      case GELU -> gelu(z, zOffset, y, yOffset, n);
      case SILU -> silu(z, zOffset, y, yOffset, n);
      case SIGMOID -> sigmoid(z, zOffset, y, yOffset, n);
      case TANH -> tanh(z, zOffset, y, yOffset, n);
      case SOFTPLUS -> softplus(z, zOffset, y, yOffset, n);
    };
  }

  private static FloatVector load(float[] a, int i) {
    return FloatVector.fromArray(S, a, i);
  }

  @SuppressWarnings("ReferenceEquality") // The same array, not an equal one: nothing to copy.
  private static int linear(float[] z, int zo, float[] y, int yo, int n) {
    if (z != y || zo != yo) {
      System.arraycopy(z, zo, y, yo, n);
    }
    return n;
  }

  private static int relu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      x.blend(0f, x.compare(LE, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  private static int leakyRelu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      x.blend(x.mul(Function.LEAK), x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  private static int elu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      x.blend(ExpVector.expm1(x), x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  private static int selu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      FloatVector left = ExpVector.expm1(x).mul(Function.SELU_LIMIT);
      FloatVector right = x.mul(Function.SELU_SCALE);
      right.blend(left, x.compare(LT, 0f)).intoArray(y, yo + i);
    }
    return end;
  }

  private static int gelu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      NormalVector.gelu(x).intoArray(y, yo + i);
    }
    return end;
  }

  private static int silu(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      x.mul(ExpVector.sigmoid(x)).intoArray(y, yo + i);
    }
    return end;
  }

  private static int sigmoid(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      ExpVector.sigmoid(x).intoArray(y, yo + i);
    }
    return end;
  }

  private static int tanh(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      ExpVector.tanh(x).intoArray(y, yo + i);
    }
    return end;
  }

  private static int softplus(float[] z, int zo, float[] y, int yo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector x = load(z, zo + i);
      LogVector.softplus(x).intoArray(y, yo + i);
    }
    return end;
  }
}
