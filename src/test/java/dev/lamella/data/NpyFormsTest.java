package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.Allocations;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type, both orders of bytes, both orders of dimensions, all versions. */
class NpyFormsTest {
  private static String header(String type, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
        .formatted(type, fortran ? "True" : "False", shape);
  }

  private static Npy read(byte[] content) {
    return Npy.read(new ByteArrayInputStream(content), "x.npy");
  }

  /** The number in the type's bytes, by the words of the format alone. */
  private static byte[] bytes(String type, double value, ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(order);
    switch (type) {
      case "f2" -> buffer.putShort(Float.floatToFloat16((float) value));
      case "f4" -> buffer.putFloat((float) value);
      case "f8" -> buffer.putDouble(value);
      case "i1", "u1", "b1" -> buffer.put((byte) (int) value);
      case "i2", "u2" -> buffer.putShort((short) (int) value);
      case "i4", "u4" -> buffer.putInt((int) (long) value);
      default ->
          buffer.putLong(value >= 0x1p63 ? (long) (value - 0x1p63) | 1L << 63 : (long) value);
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  @ParameterizedTest
  @CsvSource({
    "f2, -1.5",
    "f4, 1.25",
    "f8, -1e300",
    "i1, -128",
    "i2, -32768",
    "i4, -2147483648",
    "i8, -9223372036854775808",
    "u1, 255",
    "u2, 65535",
    "u4, 4294967295",
    "u8, 18446744073709549568",
    "b1, 1"
  })
  void everyTypeInBothOrdersOfBytes(String type, double value) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      String sign = order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
      byte[] body = bytes(type, value, order);
      String name = (body.length == 1 ? "|" : sign) + type;
      for (int version = 1; version <= 3; version++) {
        Npy read = read(NpyTest.npy(version, header(name, false, "1,"), body));
        assertArrayEquals(new double[] {value}, read.doubles(), name);
        assertEquals(!type.startsWith("f"), read.isInteger(), name);
      }
    }
  }

  @Test
  void unsignedNumbersOf64BitsAreRoundedOnce() {
    long halfway = (1L << 63) + (1L << 10); // between two doubles, to the even one
    byte[] body = ByteBuffer.allocate(16).putLong(halfway).putLong(halfway + 1).array();
    assertArrayEquals(
        new double[] {0x1p63, 0x1p63 + 2048},
        read(NpyTest.npy(1, header(">u8", false, "2,"), body)).doubles());
  }

  @Test
  void columnsFirstIsTheSameArray() {
    Path file = TestFiles.resource("cases/fortran.npy");
    Npy rows = Npy.read(TestFiles.resource("cases/c_order.npy"));
    assertEquals(rows.shape(), Npy.read(file).shape());
    assertArrayEquals(rows.floats(), Npy.read(file).floats());
    // x[i][j][k] = 100 i + 10 j + k, the first index fastest.
    byte[] body = new byte[24];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          body[i + 2 * (j + 3 * k)] = (byte) (100 * i + 10 * j + k);
        }
      }
    }
    Npy cube = read(NpyTest.npy(1, header("|u1", true, "2, 3, 4"), body));
    assertEquals(List.of(2, 3, 4), cube.shape());
    int[] numbers = cube.ints();
    for (int at = 0; at < 24; at++) {
      assertEquals(100 * (at / 12) + 10 * (at / 4 % 3) + at % 4, numbers[at]);
    }
    assertArrayEquals(
        new int[] {1, 2},
        read(NpyTest.npy(1, header("|u1", true, "2,"), (byte) 1, (byte) 2)).ints());
  }

  @Test
  void halvesAreRead() {
    Npy half = Npy.read(TestFiles.resource("cases/half.npy"));
    float[] whole = Npy.read(TestFiles.resource("cases/c_order.npy")).floats();
    assertEquals(List.of(50, 4), half.shape());
    for (int i = 0; i < whole.length; i++) {
      assertEquals(whole[i], half.floats()[i], Math.abs(whole[i]) * 0x1p-10f + 1e-7f);
    }
  }

  @Test
  void truthValuesAreNoPixels() {
    byte[] x = NpyTest.npy(1, header("|b1", false, "2, 2"), (byte) 1, (byte) 0, (byte) 1, (byte) 1);
    byte[] y = NpyTest.npy(1, header("<f4", false, "2,"), new byte[8]);
    DataInput input =
        DataInput.of(new ByteArrayInputStream(x), "x.npy")
            .withTargets(DataInput.of(new ByteArrayInputStream(y), "y.npy"));
    Dataset data = DataFiles.open(input, DataOptions.standard());
    float[] inputs = new float[4];
    data.copyInputs(new int[] {0, 1}, 0, 2, inputs, 0);
    assertArrayEquals(new float[] {1, 0, 1, 1}, inputs);
  }

  @Test
  void columnsOfATableModelStayFinite() {
    // A deviation of 1e-300 makes infinities of ordinary numbers.
    Schema schema =
        Schema.ofColumns(
            List.of(new Feature.Numeric("a\nb", 0, 1e-300), new Feature.Numeric("c", 0, 1)),
            0,
            Target.none());
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, new float[] {0, 1, 2, 3}, 2, 2);
    TestFiles.assertMessage(
        DataException.class,
        "row 1 of x.npy holds 2.0 for column \"a\\nb\", too large for a float once standardized by mean 0.0 and deviation 1.0E-300; correct it, or leave the row out",
        file,
        () -> DataFiles.openInputs(file.toString(), CsvOptions.detect(), schema));
  }

  /** A stream that says nothing of its length, as a pipe. */
  @Test
  void aPipeTakesMemoryForWhatArrives() {
    byte[] hostile = NpyTest.npy(1, header("<f8", false, "100000000,"), new byte[64]);
    long before = Allocations.soFar();
    TestFiles.assertMessage(
        DataException.class,
        "x.npy is truncated: 65472 bytes of the numbers are missing; copy the file again",
        Path.of("/x"),
        () -> read(hostile));
    assertTrue(Allocations.soFar() - before < 10_000_000, "800 MB were promised");
    byte[] images = IdxTest.idx(new byte[8], 100_000, 1000);
    long idx = Allocations.soFar();
    TestFiles.assertMessage(
        DataException.class,
        "images is truncated: 99999992 bytes of 100000 rows of 1000 bytes are missing; copy the file again",
        Path.of("/x"),
        () ->
            DataFiles.open(
                DataInput.of(new ByteArrayInputStream(images), "images"), DataOptions.standard()));
    assertTrue(Allocations.soFar() - idx < 10_000_000, "100 MB were promised");
    // What does arrive is read, however long.
    float[] values = new float[300_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, values, values.length);
    assertArrayEquals(values, read(TestFiles.read(file)).floats());
    assertArrayEquals(values, read(TestFiles.gzip(TestFiles.read(file))).floats());
  }
}
