package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles whose sums would be too few to hide the latency of an fma: one row, and narrow
 * layers.
 *
 * <p>Otherwise as {@link RowTilesVector}.
 */
@SuppressWarnings("NarrowCalculation") // constants, all smaller than a panel is wide
final class FewSumsVector {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final long VECTOR = (long) L * Float.BYTES;
  private static final long WIDE = (long) Panels.WIDTH * Float.BYTES;
  private static final long NARROW = (long) Panels.NARROW * Float.BYTES;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** What the first chain adds to: adding -0 changes no float. */
  private static final float[] NEGATIVE_ZEROS = negativeZeros();

  private FewSumsVector() {}

  private static float[] negativeZeros() {
    float[] zeros = new float[L];
    Arrays.fill(zeros, -0f);
    return zeros;
  }

  /**
   * One row, eight vectors side by side: four wide panels at 16 lanes, two at 8, one at 4. Eight
   * sums hide the latency of an fma, and four streams keep the cache busy.
   */
  static void wide(
      float[] a,
      int ao,
      int k,
      MemorySegment b,
      long bo,
      long panel,
      MemorySegment bias,
      long biasOffset,
      float floor,
      float[] c,
      int co) {
    long b0 = bo + 0 * L / Panels.WIDTH * panel + 0 * L % Panels.WIDTH * Float.BYTES;
    long b1 = bo + 1 * L / Panels.WIDTH * panel + 1 * L % Panels.WIDTH * Float.BYTES;
    long b2 = bo + 2 * L / Panels.WIDTH * panel + 2 * L % Panels.WIDTH * Float.BYTES;
    long b3 = bo + 3 * L / Panels.WIDTH * panel + 3 * L % Panels.WIDTH * Float.BYTES;
    long b4 = bo + 4 * L / Panels.WIDTH * panel + 4 * L % Panels.WIDTH * Float.BYTES;
    long b5 = bo + 5 * L / Panels.WIDTH * panel + 5 * L % Panels.WIDTH * Float.BYTES;
    long b6 = bo + 6 * L / Panels.WIDTH * panel + 6 * L % Panels.WIDTH * Float.BYTES;
    long b7 = bo + 7 * L / Panels.WIDTH * panel + 7 * L % Panels.WIDTH * Float.BYTES;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      long w = (long) p * WIDE;
      FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b0 + w, NATIVE), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b1 + w, NATIVE), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b2 + w, NATIVE), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b3 + w, NATIVE), c3);
      c4 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b4 + w, NATIVE), c4);
      c5 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b5 + w, NATIVE), c5);
      c6 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b6 + w, NATIVE), c6);
      c7 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b7 + w, NATIVE), c7);
    }
    c0.intoArray(c, co + 0 * L);
    c1.intoArray(c, co + 1 * L);
    c2.intoArray(c, co + 2 * L);
    c3.intoArray(c, co + 3 * L);
    c4.intoArray(c, co + 4 * L);
    c5.intoArray(c, co + 5 * L);
    c6.intoArray(c, co + 6 * L);
    c7.intoArray(c, co + 7 * L);
    finish(c, co, L, 8, bias, biasOffset, VECTOR, floor);
  }

  /** One row, four vectors side by side: two wide panels at 16 lanes, one at 8. */
  static void half(
      float[] a,
      int ao,
      int k,
      MemorySegment b,
      long bo,
      long panel,
      MemorySegment bias,
      long biasOffset,
      float floor,
      float[] c,
      int co) {
    long b0 = bo + 0 * L / Panels.WIDTH * panel + 0 * L % Panels.WIDTH * Float.BYTES;
    long b1 = bo + 1 * L / Panels.WIDTH * panel + 1 * L % Panels.WIDTH * Float.BYTES;
    long b2 = bo + 2 * L / Panels.WIDTH * panel + 2 * L % Panels.WIDTH * Float.BYTES;
    long b3 = bo + 3 * L / Panels.WIDTH * panel + 3 * L % Panels.WIDTH * Float.BYTES;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      long w = (long) p * WIDE;
      FloatVector x = FloatVector.broadcast(SPECIES, a[ao + p]);
      c0 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b0 + w, NATIVE), c0);
      c1 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b1 + w, NATIVE), c1);
      c2 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b2 + w, NATIVE), c2);
      c3 = x.fma(FloatVector.fromMemorySegment(SPECIES, b, b3 + w, NATIVE), c3);
    }
    c0.intoArray(c, co + 0 * L);
    c1.intoArray(c, co + 1 * L);
    c2.intoArray(c, co + 2 * L);
    c3.intoArray(c, co + 3 * L);
    finish(c, co, L, 4, bias, biasOffset, VECTOR, floor);
  }

  /**
   * Eight rows, one vector of a narrow panel, one of the four chains by k mod 4: the chains come
   * one after the other, as eight rows are sums enough. The first writes c, the others add to it,
   * and {@link #finish} ends the sums.
   */
  static void oneOfFourChains8(
      int chain,
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      float[] c,
      int co,
      int cs) {
    int a1 = ao + 1 * as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int a4 = ao + 4 * as;
    int a5 = ao + 5 * as;
    int a6 = ao + 6 * as;
    int a7 = ao + 7 * as;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    for (int p = chain; p < k; p += 4) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * NARROW, NATIVE);
      c0 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    float[] sums = chain == 0 ? NEGATIVE_ZEROS : c;
    int so = chain == 0 ? 0 : co;
    int ss = chain == 0 ? 0 : cs;
    FloatVector.fromArray(SPECIES, sums, so).add(c0).intoArray(c, co);
    FloatVector.fromArray(SPECIES, sums, so + 1 * ss).add(c1).intoArray(c, co + 1 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 2 * ss).add(c2).intoArray(c, co + 2 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 3 * ss).add(c3).intoArray(c, co + 3 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 4 * ss).add(c4).intoArray(c, co + 4 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 5 * ss).add(c5).intoArray(c, co + 5 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 6 * ss).add(c6).intoArray(c, co + 6 * cs);
    FloatVector.fromArray(SPECIES, sums, so + 7 * ss).add(c7).intoArray(c, co + 7 * cs);
  }

  /** One row, one vector of a narrow panel, four chains by k mod 4. */
  static void fourChains1(
      float[] a,
      int ao,
      int as,
      int k,
      MemorySegment b,
      long bo,
      MemorySegment bias,
      long biasOffset,
      float floor,
      float[] c,
      int co,
      int cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    int p = 0;
    for (; p < k - 3; p += 4) {
      long w = bo + (long) p * NARROW;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      c00 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c00);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + 1 * NARROW, NATIVE);
      c01 = FloatVector.broadcast(SPECIES, a[ao + p + 1]).fma(b1, c01);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, w + 2 * NARROW, NATIVE);
      c02 = FloatVector.broadcast(SPECIES, a[ao + p + 2]).fma(b2, c02);
      FloatVector b3 = FloatVector.fromMemorySegment(SPECIES, b, w + 3 * NARROW, NATIVE);
      c03 = FloatVector.broadcast(SPECIES, a[ao + p + 3]).fma(b3, c03);
    }
    long w = bo + (long) p * NARROW;
    if (p < k) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, w, NATIVE);
      c00 = FloatVector.broadcast(SPECIES, a[ao + p]).fma(b0, c00);
    }
    if (p + 1 < k) {
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, w + 1 * NARROW, NATIVE);
      c01 = FloatVector.broadcast(SPECIES, a[ao + p + 1]).fma(b1, c01);
    }
    if (p + 2 < k) {
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, b, w + 2 * NARROW, NATIVE);
      c02 = FloatVector.broadcast(SPECIES, a[ao + p + 2]).fma(b2, c02);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, bias, biasOffset, NATIVE);
    c00.add(c01).add(c02).add(c03).add(s0).max(floor).intoArray(c, co);
  }

  /**
   * Adds the bias to some vectors of c and cuts them off at the floor. A pass of its own: a vector
   * that is handed to a method which the compiler does not inline becomes an object, and a method
   * that does all this for eight sums is too large for it.
   */
  static void finish(
      float[] c,
      int co,
      int step,
      int vectors,
      MemorySegment bias,
      long biasOffset,
      long biasStep,
      float floor) {
    for (int i = 0; i < vectors; i++) {
      int at = co + i * step;
      FloatVector s =
          FloatVector.fromMemorySegment(SPECIES, bias, biasOffset + i * biasStep, NATIVE);
      FloatVector.fromArray(SPECIES, c, at).add(s).max(floor).intoArray(c, at);
    }
  }
}
