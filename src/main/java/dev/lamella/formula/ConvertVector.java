package dev.lamella.formula;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.lamella.machine.Lanes;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Conversions with the Vector API. */
public final class ConvertVector extends Convert {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final VectorSpecies<Integer> INTS =
      L == 16 ? IntVector.SPECIES_512 : L == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

  /** As many bytes as lanes; for 4 lanes 8, the smallest vector of bytes, in two parts. */
  private static final VectorSpecies<Byte> BYTES =
      L == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private static final int STEP = BYTES.length();

  private final ConvertScalar tail = new ConvertScalar();

  @Override
  public void bytes(
      byte[] source, int offset, float scale, float shift, float[] into, int intoOffset, int n) {
    int done = wholeVectors(source, offset, scale, shift, into, intoOffset, n);
    tail.bytes(source, offset + done, scale, shift, into, intoOffset + done, n - done);
  }

  private static int wholeVectors(
      byte[] source, int offset, float scale, float shift, float[] into, int intoOffset, int n) {
    FloatVector factor = FloatVector.broadcast(S, scale);
    FloatVector summand = FloatVector.broadcast(S, shift);
    int end = BYTES.loopBound(n);
    for (int i = 0; i < end; i += STEP) {
      ByteVector b = ByteVector.fromArray(BYTES, source, offset + i);
      floats(b, 0).fma(factor, summand).intoArray(into, intoOffset + i);
      if (L == 4) {
        floats(b, 1).fma(factor, summand).intoArray(into, intoOffset + i + L);
      }
    }
    return end;
  }

  private static FloatVector floats(ByteVector b, int part) {
    return (FloatVector) b.convertShape(ZERO_EXTEND_B2I, INTS, part).convert(I2F, 0);
  }
}
