package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes eight rows of sixteen floats at a time, in registers: three rounds that zip pairs of
 * vectors.
 *
 * <p>For sixteen lanes only: the processors that have them select from two vectors in one
 * instruction, the others do not.
 */
final class TransposeVector {

  /** The rows and columns of one transposed block. */
  static final int ROWS = 8;

  static final int COLUMNS = 16;

  private static final VectorSpecies<Float> WHOLE = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final VectorShuffle<Float> SWAP = VectorShuffle.iota(WHOLE, 8, 1, true);

  /**
   * Which lanes of two vectors a zip takes: a lane of the first, the same lane of the second, from
   * the lower or the upper half.
   */
  private static final float[] LOWER = zip(0);

  private static final float[] UPPER = zip(8);

  private TransposeVector() {}

  private static float[] zip(int first) {
    float[] lanes = new float[16];
    for (int i = 0; i < 8; i++) {
      lanes[2 * i] = first + i;
      lanes[2 * i + 1] = 16 + first + i;
    }
    return lanes;
  }

  /** Transposes a block of an array. */
  static void block(float[] s, int so, int ss, MemorySegment d, long to, long step) {
    FloatVector r0 = FloatVector.fromArray(WHOLE, s, so);
    FloatVector r1 = FloatVector.fromArray(WHOLE, s, so + 1 * ss);
    FloatVector r2 = FloatVector.fromArray(WHOLE, s, so + 2 * ss);
    FloatVector r3 = FloatVector.fromArray(WHOLE, s, so + 3 * ss);
    FloatVector r4 = FloatVector.fromArray(WHOLE, s, so + 4 * ss);
    FloatVector r5 = FloatVector.fromArray(WHOLE, s, so + 5 * ss);
    FloatVector r6 = FloatVector.fromArray(WHOLE, s, so + 6 * ss);
    FloatVector r7 = FloatVector.fromArray(WHOLE, s, so + 7 * ss);
    FloatVector lower = FloatVector.fromArray(WHOLE, LOWER, 0);
    FloatVector upper = FloatVector.fromArray(WHOLE, UPPER, 0);
    FloatVector a0 = lower.selectFrom(r0, r4);
    FloatVector a1 = lower.selectFrom(r1, r5);
    FloatVector a2 = lower.selectFrom(r2, r6);
    FloatVector a3 = lower.selectFrom(r3, r7);
    FloatVector a4 = upper.selectFrom(r0, r4);
    FloatVector a5 = upper.selectFrom(r1, r5);
    FloatVector a6 = upper.selectFrom(r2, r6);
    FloatVector a7 = upper.selectFrom(r3, r7);
    FloatVector b0 = lower.selectFrom(a0, a2);
    FloatVector b1 = lower.selectFrom(a1, a3);
    FloatVector b2 = upper.selectFrom(a0, a2);
    FloatVector b3 = upper.selectFrom(a1, a3);
    FloatVector b4 = lower.selectFrom(a4, a6);
    FloatVector b5 = lower.selectFrom(a5, a7);
    FloatVector b6 = upper.selectFrom(a4, a6);
    FloatVector b7 = upper.selectFrom(a5, a7);
    FloatVector c0 = lower.selectFrom(b0, b1);
    FloatVector c1 = upper.selectFrom(b0, b1);
    FloatVector c2 = lower.selectFrom(b2, b3);
    FloatVector c3 = upper.selectFrom(b2, b3);
    FloatVector c4 = lower.selectFrom(b4, b5);
    FloatVector c5 = upper.selectFrom(b4, b5);
    FloatVector c6 = lower.selectFrom(b6, b7);
    FloatVector c7 = upper.selectFrom(b6, b7);
    c0.reinterpretShape(HALF, 0).intoMemorySegment(d, to, NATIVE);
    c0.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 1 * step, NATIVE);
    c1.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 2 * step, NATIVE);
    c1.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 3 * step, NATIVE);
    c2.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 4 * step, NATIVE);
    c2.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 5 * step, NATIVE);
    c3.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 6 * step, NATIVE);
    c3.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 7 * step, NATIVE);
    c4.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 8 * step, NATIVE);
    c4.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 9 * step, NATIVE);
    c5.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 10 * step, NATIVE);
    c5.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 11 * step, NATIVE);
    c6.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 12 * step, NATIVE);
    c6.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 13 * step, NATIVE);
    c7.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 14 * step, NATIVE);
    c7.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 15 * step, NATIVE);
  }

  /** Transposes a block of memory whose rows are {@code ss} bytes apart. */
  static void block(MemorySegment s, long so, long ss, MemorySegment d, long to, long step) {
    FloatVector r0 = FloatVector.fromMemorySegment(WHOLE, s, so, NATIVE);
    FloatVector r1 = FloatVector.fromMemorySegment(WHOLE, s, so + 1 * ss, NATIVE);
    FloatVector r2 = FloatVector.fromMemorySegment(WHOLE, s, so + 2 * ss, NATIVE);
    FloatVector r3 = FloatVector.fromMemorySegment(WHOLE, s, so + 3 * ss, NATIVE);
    FloatVector r4 = FloatVector.fromMemorySegment(WHOLE, s, so + 4 * ss, NATIVE);
    FloatVector r5 = FloatVector.fromMemorySegment(WHOLE, s, so + 5 * ss, NATIVE);
    FloatVector r6 = FloatVector.fromMemorySegment(WHOLE, s, so + 6 * ss, NATIVE);
    FloatVector r7 = FloatVector.fromMemorySegment(WHOLE, s, so + 7 * ss, NATIVE);
    FloatVector lower = FloatVector.fromArray(WHOLE, LOWER, 0);
    FloatVector upper = FloatVector.fromArray(WHOLE, UPPER, 0);
    FloatVector a0 = lower.selectFrom(r0, r4);
    FloatVector a1 = lower.selectFrom(r1, r5);
    FloatVector a2 = lower.selectFrom(r2, r6);
    FloatVector a3 = lower.selectFrom(r3, r7);
    FloatVector a4 = upper.selectFrom(r0, r4);
    FloatVector a5 = upper.selectFrom(r1, r5);
    FloatVector a6 = upper.selectFrom(r2, r6);
    FloatVector a7 = upper.selectFrom(r3, r7);
    FloatVector b0 = lower.selectFrom(a0, a2);
    FloatVector b1 = lower.selectFrom(a1, a3);
    FloatVector b2 = upper.selectFrom(a0, a2);
    FloatVector b3 = upper.selectFrom(a1, a3);
    FloatVector b4 = lower.selectFrom(a4, a6);
    FloatVector b5 = lower.selectFrom(a5, a7);
    FloatVector b6 = upper.selectFrom(a4, a6);
    FloatVector b7 = upper.selectFrom(a5, a7);
    FloatVector c0 = lower.selectFrom(b0, b1);
    FloatVector c1 = upper.selectFrom(b0, b1);
    FloatVector c2 = lower.selectFrom(b2, b3);
    FloatVector c3 = upper.selectFrom(b2, b3);
    FloatVector c4 = lower.selectFrom(b4, b5);
    FloatVector c5 = upper.selectFrom(b4, b5);
    FloatVector c6 = lower.selectFrom(b6, b7);
    FloatVector c7 = upper.selectFrom(b6, b7);
    c0.reinterpretShape(HALF, 0).intoMemorySegment(d, to, NATIVE);
    c0.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 1 * step, NATIVE);
    c1.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 2 * step, NATIVE);
    c1.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 3 * step, NATIVE);
    c2.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 4 * step, NATIVE);
    c2.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 5 * step, NATIVE);
    c3.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 6 * step, NATIVE);
    c3.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 7 * step, NATIVE);
    c4.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 8 * step, NATIVE);
    c4.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 9 * step, NATIVE);
    c5.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 10 * step, NATIVE);
    c5.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 11 * step, NATIVE);
    c6.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 12 * step, NATIVE);
    c6.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 13 * step, NATIVE);
    c7.reinterpretShape(HALF, 0).intoMemorySegment(d, to + 14 * step, NATIVE);
    c7.rearrange(SWAP).reinterpretShape(HALF, 0).intoMemorySegment(d, to + 15 * step, NATIVE);
  }
}
