package dev.lamella.kernel;

import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The template of the transposition of eight rows in registers, a copy for sources on the heap and
 * one for those off it.
 *
 * <p>Three rounds. Processors with sixteen lanes select from two vectors in one instruction: each
 * round zips pairs of rows. Those with eight turn and blend: round h swaps the lanes with bit h of
 * one row with those without it of the row h further.
 */
final class TransposeVector extends Transpose {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final int L = Lanes.COUNT;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final boolean HEAP = Clones.constant(MethodHandles.lookup(), Boolean.class);
  private static final VectorShuffle<Float> SWAP = VectorShuffle.iota(S, L / 2, 1, true);

  /**
   * Which lanes of two vectors a zip takes: a lane of the first, the same lane of the second, from
   * the lower or the upper half.
   */
  private static final float[] LOWER = zip(0);

  private static final float[] UPPER = zip(8);

  private static final VectorShuffle<Float> TURN_4 = Lanes.partner(4);
  private static final VectorShuffle<Float> TURN_2 = Lanes.partner(2);
  private static final VectorShuffle<Float> TURN_1 = Lanes.partner(1);
  private static final VectorMask<Float> UPPER_4 = Lanes.upper(4);
  private static final VectorMask<Float> UPPER_2 = Lanes.upper(2);
  private static final VectorMask<Float> UPPER_1 = Lanes.upper(1);

  private TransposeVector() {}

  private static float[] zip(int first) {
    float[] lanes = new float[16];
    for (int i = 0; i < 8; i++) {
      lanes[2 * i] = first + i;
      lanes[2 * i + 1] = 16 + first + i;
    }
    return lanes;
  }

  @Override
  void block(
      float[] heap,
      MemorySegment memory,
      long from,
      long stride,
      MemorySegment into,
      long to,
      long step) {
    MemorySegment s = Memory.checkNative(memory);
    MemorySegment d = Memory.checkNative(into);
    int h = (int) from;
    int hs = (int) stride;
    long b = from * Float.BYTES;
    long bs = stride * Float.BYTES;
    FloatVector r0 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 0 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 0 * bs, NATIVE);
    FloatVector r1 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 1 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 1 * bs, NATIVE);
    FloatVector r2 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 2 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 2 * bs, NATIVE);
    FloatVector r3 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 3 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 3 * bs, NATIVE);
    FloatVector r4 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 4 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 4 * bs, NATIVE);
    FloatVector r5 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 5 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 5 * bs, NATIVE);
    FloatVector r6 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 6 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 6 * bs, NATIVE);
    FloatVector r7 =
        HEAP
            ? FloatVector.fromArray(S, heap, h + 7 * hs)
            : FloatVector.fromMemorySegment(S, s, b + 7 * bs, NATIVE);
    if (L == 16) {
      FloatVector lower = FloatVector.fromArray(S, LOWER, 0);
      FloatVector upper = FloatVector.fromArray(S, UPPER, 0);
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
      r0 = lower.selectFrom(b0, b1);
      r1 = upper.selectFrom(b0, b1);
      r2 = lower.selectFrom(b2, b3);
      r3 = upper.selectFrom(b2, b3);
      r4 = lower.selectFrom(b4, b5);
      r5 = upper.selectFrom(b4, b5);
      r6 = lower.selectFrom(b6, b7);
      r7 = upper.selectFrom(b6, b7);
      r0.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 0 * step, NATIVE);
      r0.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 1 * step, NATIVE);
      r1.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 2 * step, NATIVE);
      r1.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 3 * step, NATIVE);
      r2.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 4 * step, NATIVE);
      r2.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 5 * step, NATIVE);
      r3.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 6 * step, NATIVE);
      r3.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 7 * step, NATIVE);
      r4.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 8 * step, NATIVE);
      r4.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 9 * step, NATIVE);
      r5.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 10 * step, NATIVE);
      r5.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 11 * step, NATIVE);
      r6.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 12 * step, NATIVE);
      r6.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 13 * step, NATIVE);
      r7.reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 14 * step, NATIVE);
      r7.rearrange(SWAP).reinterpretShape(EIGHT, 0).intoMemorySegment(d, to + 15 * step, NATIVE);
    } else {
      FloatVector t;
      t = r0.blend(r4.rearrange(TURN_4), UPPER_4);
      r4 = r0.rearrange(TURN_4).blend(r4, UPPER_4);
      r0 = t;
      t = r1.blend(r5.rearrange(TURN_4), UPPER_4);
      r5 = r1.rearrange(TURN_4).blend(r5, UPPER_4);
      r1 = t;
      t = r2.blend(r6.rearrange(TURN_4), UPPER_4);
      r6 = r2.rearrange(TURN_4).blend(r6, UPPER_4);
      r2 = t;
      t = r3.blend(r7.rearrange(TURN_4), UPPER_4);
      r7 = r3.rearrange(TURN_4).blend(r7, UPPER_4);
      r3 = t;
      t = r0.blend(r2.rearrange(TURN_2), UPPER_2);
      r2 = r0.rearrange(TURN_2).blend(r2, UPPER_2);
      r0 = t;
      t = r1.blend(r3.rearrange(TURN_2), UPPER_2);
      r3 = r1.rearrange(TURN_2).blend(r3, UPPER_2);
      r1 = t;
      t = r4.blend(r6.rearrange(TURN_2), UPPER_2);
      r6 = r4.rearrange(TURN_2).blend(r6, UPPER_2);
      r4 = t;
      t = r5.blend(r7.rearrange(TURN_2), UPPER_2);
      r7 = r5.rearrange(TURN_2).blend(r7, UPPER_2);
      r5 = t;
      t = r0.blend(r1.rearrange(TURN_1), UPPER_1);
      r1 = r0.rearrange(TURN_1).blend(r1, UPPER_1);
      r0 = t;
      t = r2.blend(r3.rearrange(TURN_1), UPPER_1);
      r3 = r2.rearrange(TURN_1).blend(r3, UPPER_1);
      r2 = t;
      t = r4.blend(r5.rearrange(TURN_1), UPPER_1);
      r5 = r4.rearrange(TURN_1).blend(r5, UPPER_1);
      r4 = t;
      t = r6.blend(r7.rearrange(TURN_1), UPPER_1);
      r7 = r6.rearrange(TURN_1).blend(r7, UPPER_1);
      r6 = t;
      r0.intoMemorySegment(d, to + 0 * step, NATIVE);
      r1.intoMemorySegment(d, to + 1 * step, NATIVE);
      r2.intoMemorySegment(d, to + 2 * step, NATIVE);
      r3.intoMemorySegment(d, to + 3 * step, NATIVE);
      r4.intoMemorySegment(d, to + 4 * step, NATIVE);
      r5.intoMemorySegment(d, to + 5 * step, NATIVE);
      r6.intoMemorySegment(d, to + 6 * step, NATIVE);
      r7.intoMemorySegment(d, to + 7 * step, NATIVE);
    }
  }
}
