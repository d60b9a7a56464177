package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Adam and AdamW: g = g + l2 p; m = m + (1 - beta1) (g - m); v = beta2 v + (1 - beta2) g²; p =
 * shrink p - stepSize m / (√v scale + eps). Kingma and Ba 2015; Loshchilov and Hutter 2019.
 */
public final class AdamRule extends UpdateRule {

  private final double beta1;
  private final double beta2;
  private final double weightDecay;
  private final boolean decoupled;

  private final float rest1; // 1 - beta1, what the first moments take of a gradient
  private final float keep2; // beta2
  private final float rest2; // 1 - beta2, what the second moments take of a gradient's square
  private final float eps;
  private final float l2; // what the gradient gets of its parameter
  private float stepSize; // the learning rate divided by 1 - beta1ᵗ
  private float scale; // 1 / √(1 - beta2ᵗ)
  private float shrink; // what a parameter is multiplied by before the step

  /**
   * Takes the numbers that stay the same.
   *
   * @param decoupled whether the decay shrinks the parameters by 1 - lr · weightDecay (AdamW)
   *     instead of joining the gradient (Adam)
   */
  public AdamRule(double beta1, double beta2, double eps, double weightDecay, boolean decoupled) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.weightDecay = weightDecay;
    this.decoupled = decoupled;
    this.rest1 = (float) (1 - beta1);
    this.keep2 = (float) beta2;
    this.rest2 = (float) (1 - beta2);
    this.eps = (float) eps;
    this.l2 = decoupled ? 0f : (float) weightDecay;
  }

  @Override
  public void start(double lr, long step) {
    double bias1 = 1 - power(beta1, step);
    double bias2 = 1 - power(beta2, step);
    this.stepSize = (float) (lr / bias1);
    this.scale = 1f / (float) Math.sqrt(bias2);
    this.shrink = decoupled ? (float) (1 - lr * weightDecay) : 1f;
  }

  /**
   * Returns x to the power of n, rounded once, by squaring numbers of two doubles (Dekker 1971).
   * Math.pow may differ between platforms, and StrictMath.pow makes arrays until it is compiled,
   * which takes thousands of steps.
   */
  static double power(double x, long n) {
    double square = x;
    double squareLow = 0;
    double result = 1;
    double low = 0;
    for (long left = n; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        double product = result * square;
        low = Math.fma(result, square, -product) + (result * squareLow + low * square);
        result = product;
      }
      double product = square * square;
      squareLow = Math.fma(square, square, -product) + 2 * square * squareLow;
      square = product;
    }
    return result + low;
  }

  @Override
  void step(MemorySegment p, float[] g, MemorySegment[] state, int i) {
    MemorySegment m = state[0];
    MemorySegment v = state[1];
    float old = Memory.get(p, i);
    float d = Math.fma(l2, old, guard(g[i], TINY_GRADIENT));
    float mean = Memory.get(m, i);
    mean = guard(Math.fma(rest1, d - mean, mean), TINY_MOMENT);
    float square = Math.fma(rest2 * d, d, keep2 * Memory.get(v, i));
    square = square < TINY_SQUARE ? 0f : square;
    Memory.set(m, i, mean);
    Memory.set(v, i, square);
    // The square root in double, rounded, is the square root in float.
    float denominator = Math.fma((float) Math.sqrt(square), scale, eps);
    Memory.set(p, i, Math.fma(-stepSize, mean / denominator, old * shrink));
  }

  static final class Vector extends UpdateLoopVector {

    @Override
    void run(UpdateRule rule, MemorySegment p, float[] g, MemorySegment[] state, int from, int to) {
      Memory.checkNative(p);
      MemorySegment m = Memory.checkNative(state[0]);
      MemorySegment v = Memory.checkNative(state[1]);
      AdamRule r = (AdamRule) rule;
      FloatVector decay = FloatVector.broadcast(S, r.l2);
      FloatVector rest1 = FloatVector.broadcast(S, r.rest1);
      FloatVector scale = FloatVector.broadcast(S, r.scale);
      FloatVector eps = FloatVector.broadcast(S, r.eps);
      FloatVector stepSize = FloatVector.broadcast(S, -r.stepSize);
      float rest2 = r.rest2;
      float keep2 = r.keep2;
      float shrink = r.shrink;
      for (int i = from; i < to; i += L) {
        FloatVector old = load(p, i);
        FloatVector d = decay.fma(old, guard(FloatVector.fromArray(S, g, i), TINY_GRADIENT));
        FloatVector mean = load(m, i);
        mean = guard(rest1.fma(d.sub(mean), mean), TINY_MOMENT);
        FloatVector square = d.mul(rest2).fma(d, load(v, i).mul(keep2));
        square = square.blend(0f, square.compare(LT, TINY_SQUARE));
        store(mean, m, i);
        store(square, v, i);
        FloatVector step = mean.div(square.sqrt().fma(scale, eps));
        store(stepSize.fma(step, old.mul(shrink)), p, i);
      }
    }
  }
}
