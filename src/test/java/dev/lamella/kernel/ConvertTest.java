package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.formula.Convert;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The contract of {@link Convert}. */
@Tag("kernels")
class ConvertTest {

  private static final Convert ACTIVE = Kernels.active().convert();

  @Property
  void bytesGiveTheReferencesBits(
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll @IntRange(max = 9) int intoOffset,
      @ForAll float scale,
      @ForAll float shift,
      @ForAll long seed) {
    byte[] source = new byte[offset + n + 2];
    new Random(seed).nextBytes(source);
    float[] expected = Numbers.ordinary(intoOffset + n + 2, seed);
    float[] actual = expected.clone();
    Kernels.scalar().convert().bytes(source, offset, scale, shift, expected, intoOffset, n);
    ACTIVE.bytes(source, offset, scale, shift, actual, intoOffset, n);
    Numbers.assertSameBits(expected, actual, "bytes");
  }

  @Example
  void bytesAreUnsignedAndRoundedOnce() {
    byte[] source = new byte[256];
    for (int i = 0; i < 256; i++) {
      source[i] = (byte) i;
    }
    float[] into = new float[256];
    float scale = 1 / 255f;
    ACTIVE.bytes(source, 0, scale, -0.5f, into, 0, 256);
    for (int i = 0; i < 256; i++) {
      assertEquals((float) ((double) i * scale - 0.5), into[i]);
    }
  }
}
