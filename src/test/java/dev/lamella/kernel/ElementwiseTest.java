package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.formula.Elementwise;
import dev.lamella.formula.Function;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Elementwise}. */
@Tag("kernels")
class ElementwiseTest {

  private static final Elementwise ACTIVE = Kernels.active().elementwise();
  private static final Elementwise SCALAR = Kernels.scalar().elementwise();

  /** Prime, so that the samples meet all exponents and all low bits. */
  private static final int STRIDE = 16381;

  private static final int BLOCK = 1 << 14;

  @Property
  void activeKernelsGiveTheReferencesBits(
      @ForAll Function f,
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 20) int zOffset,
      @ForAll @IntRange(max = 20) int yOffset,
      @ForAll long seed) {
    float[] z = Numbers.wild(zOffset + n + 3, seed);
    float[] expected = Numbers.wild(yOffset + n + 3, ~seed);
    float[] actual = expected.clone();
    SCALAR.apply(f, z, zOffset, expected, yOffset, n);
    ACTIVE.apply(f, z, zOffset, actual, yOffset, n);
    Numbers.assertSameBits(expected, actual, f + " of " + n);
    SCALAR.derivative(f, z, zOffset, expected, yOffset, n);
    ACTIVE.derivative(f, z, zOffset, actual, yOffset, n);
    Numbers.assertSameBits(expected, actual, "derivative of " + f + " of " + n);
  }

  @Property(tries = 100)
  void inPlaceIsAllowed(@ForAll Function f, @ForAll @IntRange(max = 70) int n, @ForAll long seed) {
    float[] z = Numbers.wild(n, seed);
    float[] expected = new float[n];
    ACTIVE.apply(f, z, 0, expected, 0, n);
    ACTIVE.apply(f, z, 0, z, 0, n);
    Numbers.assertSameBits(expected, z, f.name());
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void allFloatsGiveTheReferencesBits(@ForAll Function f) {
    float[] z = new float[BLOCK];
    float[] expected = new float[BLOCK];
    float[] actual = new float[BLOCK];
    for (long first = 0; first < 1L << 32; first += (long) BLOCK * STRIDE) {
      sample(first, z);
      SCALAR.apply(f, z, 0, expected, 0, BLOCK);
      ACTIVE.apply(f, z, 0, actual, 0, BLOCK);
      Numbers.assertSameBits(expected, actual, f.name());
      Arrays.fill(expected, 0.7f);
      Arrays.fill(actual, 0.7f);
      SCALAR.derivative(f, z, 0, expected, 0, BLOCK);
      ACTIVE.derivative(f, z, 0, actual, 0, BLOCK);
      Numbers.assertSameBits(expected, actual, "derivative of " + f);
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void allFloatsAreWithinTheirUlps(@ForAll Function f) {
    double allowed =
        switch (f) {
          case LINEAR, RELU -> 0;
          case LEAKY_RELU -> 0.5;
          case SIGMOID, TANH, SOFTPLUS -> 2;
          case ELU -> 1;
          case SELU, SILU -> 2.5;
          case GELU -> 5;
        };
    float[] z = new float[BLOCK];
    float[] y = new float[BLOCK];
    for (long first = 0; first < 1L << 32; first += (long) BLOCK * STRIDE) {
      sample(first, z);
      ACTIVE.apply(f, z, 0, y, 0, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        if (f.needsInput() && Float.isInfinite(z[i])) {
          continue;
        }
        double expected = FunctionOracle.value(f, z[i]);
        // Far out x is multiplied by a subnormal number, which has few bits.
        boolean far = f.needsInput() && z[i] < -12 && Math.abs(y[i] - expected) <= 2e-43;
        if (!far && !(Numbers.ulps(y[i], expected) <= allowed)) {
          assertEquals((float) expected, y[i], f + " of " + z[i]);
        }
      }
    }
  }

  private static void sample(long first, float[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = Float.intBitsToFloat((int) (first + (long) i * STRIDE));
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void derivativesAreTheFunctionsSlopes(@ForAll Function f) {
    // The kinks of the rectifiers are left out: no sample within the step of the differences.
    for (float x = -12.005f; x < 12; x += 0.0625f) {
      float[] z = {x};
      float[] y = new float[1];
      float[] delta = {1f};
      ACTIVE.apply(f, z, 0, y, 0, 1);
      ACTIVE.derivative(f, f.needsInput() ? z : y, 0, delta, 0, 1);
      double expected = Numbers.slope(v -> FunctionOracle.value(f, v), x);
      // The output's rounding, twice, and the derivative's own; the differences are good to 1e-10.
      assertEquals(expected, delta[0], 4e-7 * Math.max(1, Math.abs(expected)), f + " at " + x);
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void nanStaysAndPaddingStays(@ForAll Function f) {
    float[] y = new float[40];
    float[] z = new float[40];
    Arrays.fill(z, Float.NaN);
    ACTIVE.apply(f, z, 0, y, 0, 40);
    for (float v : y) {
      assertTrue(Float.isNaN(v), f.name());
    }
    float[] delta = new float[40];
    ACTIVE.derivative(f, Numbers.ordinary(40, 1), 0, delta, 0, 40);
    for (float d : delta) {
      assertEquals(0f, d + 0f, f.name());
    }
  }

  @Example
  void zerosKeepTheirSigns() {
    float[] z = {0f, -0f};
    float[] y = new float[2];
    for (Function f :
        new Function[] {Function.TANH, Function.ELU, Function.LEAKY_RELU, Function.GELU}) {
      ACTIVE.apply(f, z, 0, y, 0, 2);
      Numbers.assertSameBits(z, y, f.name());
    }
    // As Math.max(x, 0), which is what the products' epilogue computes.
    ACTIVE.apply(Function.RELU, z, 0, y, 0, 2);
    Numbers.assertSameBits(new float[2], y, "RELU");
  }
}
