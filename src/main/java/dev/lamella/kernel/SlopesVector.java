package dev.lamella.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The derivatives of {@link ElementwiseVector}: one loop a function, for whole vectors only. */
final class SlopesVector {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private SlopesVector() {}

  /**
   * Multiplies deltas by the derivative of f at {@code a}, f's input or output, and returns how
   * many it did.
   */
  static int multiply(Function f, float[] a, int ao, float[] delta, int o, int n) {
    return switch (f) {
      case LINEAR -> n;
      case RELU -> relu(a, ao, delta, o, n);
      case LEAKY_RELU -> leakyRelu(a, ao, delta, o, n);
      case ELU -> elu(a, ao, delta, o, n);
      case SELU -> selu(a, ao, delta, o, n);
      case GELU -> gelu(a, ao, delta, o, n);
      case SILU -> silu(a, ao, delta, o, n);
      case SIGMOID -> sigmoid(a, ao, delta, o, n);
      case TANH -> tanh(a, ao, delta, o, n);
      case SOFTPLUS -> softplus(a, ao, delta, o, n);
    };
  }

  private static FloatVector load(float[] a, int i) {
    return FloatVector.fromArray(S, a, i);
  }

  private static int relu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.blend(0f, v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int leakyRelu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.blend(d.mul(Function.LEAK), v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int elu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.blend(d.fma(v, d), v.compare(LE, 0f)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int selu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    FloatVector right = FloatVector.broadcast(S, Function.SELU_SCALE);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      FloatVector slope = right.blend(v.add(Function.SELU_LIMIT), v.compare(LE, 0f));
      d.mul(slope).intoArray(delta, o + i);
    }
    return end;
  }

  private static int gelu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.mul(NormalVector.geluDerivative(v)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int silu(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      FloatVector s = ExpVector.sigmoid(v);
      d.mul(v.fma(s.neg().fma(s, s), s)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int sigmoid(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.mul(v.neg().fma(v, v)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int tanh(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.mul(v.neg().fma(v, one)).intoArray(delta, o + i);
    }
    return end;
  }

  private static int softplus(float[] a, int ao, float[] delta, int o, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      FloatVector v = load(a, ao + i);
      FloatVector d = load(delta, o + i);
      d.mul(ExpVector.expm1(v.neg()).neg()).intoArray(delta, o + i);
    }
    return end;
  }
}
