package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The derivatives of {@link ElementwiseVector}: one loop a function, for whole vectors only. */
final class SlopesVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final Map<Function, MethodHandle> LOOPS = Apart.elements(SlopesVector.class);

  private SlopesVector() {}

  /**
   * Multiplies deltas by the derivative of f at {@code a}, f's input or output, and returns how
   * many it did.
   */
  static int multiply(Function f, float[] a, int ao, float[] delta, int o, int n) {
    return Apart.call(LOOPS, f, a, ao, delta, o, n);
  }

  static int linear(float[] a, int ao, float[] delta, int o, int n) {
    return n;
  }

  static int relu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.blend(0f, v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  static int leakyRelu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.blend(d.mul(Function.LEAK), v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  static int elu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.blend(d.fma(v, d), v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  static int selu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    FloatVector right = FloatVector.broadcast(S, Function.SELU_SCALE);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      FloatVector slope = right.blend(v.add(Function.SELU_LIMIT), v.compare(LE, 0f));
      d.mul(slope).intoArray(delta, o + i);
    }
    return end;
  }

  static int gelu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.mul(NormalVector.geluDerivative(v)).intoArray(delta, o + i);
    }
    return end;
  }

  static int silu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      FloatVector s = ExpVector.sigmoid(v);
      d.mul(v.fma(s.neg().fma(s, s), s)).intoArray(delta, o + i);
    }
    return end;
  }

  static int sigmoid(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.mul(v.neg().fma(v, v)).intoArray(delta, o + i);
    }
    return end;
  }

  static int tanh(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.mul(v.neg().fma(v, one)).intoArray(delta, o + i);
    }
    return end;
  }

  static int softplus(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, ao + i);
      FloatVector d = FloatVector.fromArray(S, delta, o + i);
      d.mul(ExpVector.expm1(v.neg()).neg()).intoArray(delta, o + i);
    }
    return end;
  }
}
