package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NpyTest {
  /** A file with any header text. */
  static byte[] npy(int major, String header, byte... body) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length);
    out.write(length.array(), 0, major == 1 ? 2 : 4);
    out.writeBytes(text);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static String header(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
  }

  private static Npy read(byte[] content) {
    return Npy.read(TestFiles.write("x.npy", content));
  }

  @Property(tries = 100)
  void floatsComeBackBitForBit(
      @ForAll float[] values, @ForAll @IntRange(min = 1, max = 3) int columns) {
    int rows = values.length / columns;
    float[] whole = Arrays.copyOf(values, rows * columns);
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, whole, rows, columns);
    Npy read = Npy.read(file);
    assertEquals(List.of(rows, columns), read.shape());
    assertArrayEquals(bits(whole), bits(read.floats()));
    assertEquals(0, (TestFiles.read(file).length - 4 * whole.length) % 64);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Property(tries = 50)
  void doublesAndIntsComeBack(@ForAll double[] doubles, @ForAll int[] ints) {
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, doubles, doubles.length);
    assertArrayEquals(doubles, Npy.read(file).doubles());
    assertFalse(Npy.read(file).isInteger());
    Npy.write(file, ints, ints.length);
    assertArrayEquals(ints, Npy.read(file).ints());
    assertTrue(Npy.read(file).isInteger());
  }

  @Test
  void longArraysCrossTheBuffer() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, values, values.length);
    assertArrayEquals(values, Npy.read(file).floats());
  }

  @Test
  void writesWhatNumpyWrites() {
    // numpy.save(path, numpy.array([[1.5, -2]], dtype='<f4')) of NumPy 2.4
    String expected =
        "934e554d505901007600"
            + HexFormat.of()
                .formatHex(
                    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
                            + " ".repeat(58)
                            + "\n")
                        .getBytes(StandardCharsets.US_ASCII))
            + "0000c03f000000c0";
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, new float[] {1.5f, -2}, 1, 2);
    assertEquals(expected, HexFormat.of().formatHex(TestFiles.read(file)));
  }

  @Test
  void readsWhatNumpyWrote() {
    Npy x = Npy.read(TestFiles.resource("models/torch-012/input.npy"));
    assertEquals(List.of(32, 31), x.shape());
    assertEquals(32 * 31, x.floats().length);
  }

  @Test
  void readsEveryTypeAndVersion() {
    byte[] eight = {1, 0, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(new int[] {1}, read(npy(1, header("<i8", "1,"), eight)).ints());
    assertArrayEquals(new int[] {1, 0}, read(npy(2, header("<i4", "2,"), eight)).ints());
    assertArrayEquals(new int[] {200}, read(npy(3, header("|u1", "1,"), (byte) 200)).ints());
    assertArrayEquals(
        new int[] {1, 0}, read(npy(1, header("|b1", "2,"), (byte) 1, (byte) 0)).ints());
    assertArrayEquals(
        new double[] {Double.MIN_VALUE}, read(npy(1, header("<f8", "1,"), eight)).doubles());
    assertArrayEquals(
        new float[] {2},
        read(npy(1, header("<f4", "1, 1"), (byte) 0, (byte) 0, (byte) 0, (byte) 64)).floats());
    // Another order, other quotes and spaces mean the same.
    String odd = "{\"shape\":( 1 ,),'fortran_order' :False,'descr':'|u1'}   \n";
    assertArrayEquals(new float[] {7}, read(npy(1, odd, (byte) 7)).floats());
  }

  private static void assertRefused(String message, byte[] content) {
    Path file = TestFiles.write("x.npy", content);
    TestFiles.assertMessage(DataException.class, message, file, () -> Npy.read(file));
  }

  @Test
  void whatIsNotReadIsNamedWithTheWayOut() {
    for (String[] each :
        new String[][] {
          {
            "|O",
            "Python objects (|O), as rows of unequal length become; make one array of numbers of them before saving: numpy.save(path, numpy.stack(x).astype('f4'))"
          },
          {
            "<U3",
            "text (<U3), not numbers; save it as a table: pandas.DataFrame(x).to_csv(path, index=False)"
          },
          {
            "|S3",
            "text (|S3), not numbers; save it as a table: pandas.DataFrame(x).to_csv(path, index=False)"
          },
          {
            "<c8",
            "complex numbers (<c8); save the two parts as columns: numpy.save(path, numpy.concatenate([x.real, x.imag], -1))"
          },
          {
            "<M8[ns]",
            "dates or durations (<M8[ns]); save them as numbers: numpy.save(path, x.astype('i8'))"
          },
          {
            "<f16",
            "numbers of the type <f16, but integers of 8 to 64 bits, floats of 16 to 64 and bool are read; convert them: numpy.save(path, x.astype('f4'))"
          },
          {
            "|V2",
            "numbers of the type |V2, but integers of 8 to 64 bits, floats of 16 to 64 and bool are read; convert them: numpy.save(path, x.astype('f4'))"
          },
          {
            "|f4",
            "numbers of the type |f4, but integers of 8 to 64 bits, floats of 16 to 64 and bool are read; convert them: numpy.save(path, x.astype('f4'))"
          },
        }) {
      assertRefused("x.npy holds " + each[1], npy(1, header(each[0], "1,"), new byte[16]));
    }
    assertRefused(
        "x.npy holds rows with named fields; save them as a table: pandas.DataFrame(x).to_csv(path, index=False)",
        npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", new byte[4]));
    assertRefused(
        "x.npy has the shape (); an array of rows has 1 to 32 dimensions",
        npy(1, header("<f4", ""), new byte[4]));
    assertRefused(
        "x.npy has the version 4.0; 1.0, 2.0 and 3.0 are known",
        npy(4, header("<f4", "1,"), new byte[4]));
    assertRefused(
        "x.npy is not a .npy file: it does not start with NUMPY",
        "1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void damageIsNamed() {
    byte[] good = npy(1, header("<f4", "2, 3"), new byte[24]);
    assertRefused(
        "x.npy is truncated: 4 bytes of the numbers are missing; copy the file again",
        Arrays.copyOf(good, good.length - 4));
    assertRefused(
        "x.npy is damaged: bytes follow after the array of shape [2, 3]; its header does not tell its length",
        Arrays.copyOf(good, good.length + 1));
    assertRefused(
        "x.npy is truncated: 49 bytes of the header are missing; copy the file again",
        Arrays.copyOf(good, 20));
    assertRefused(
        "x.npy is truncated: it has not the 8000000000 bytes of an array of shape [500000000, 4]; copy the file again",
        npy(1, header("<f4", "500000000, 4"), new byte[24]));
    assertRefused(
        "x.npy claims the shape (4294967296, 4294967296), more numbers than one array can hold; split the file",
        npy(1, header("<f4", "4294967296, 4294967296"), new byte[24]));
    assertRefused(
        "x.npy claims a header of 10001 bytes; more than 10000 are not read",
        npy(2, " ".repeat(10001)));
    for (String header :
        List.of(
            "{}",
            "nonsense",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 'y'}",
            "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': open('/etc/passwd'), 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f4' 'fortran_order': False, 'shape': (1,)}")) {
      String message =
          assertThrows(DataException.class, () -> read(npy(1, header, new byte[4]))).getMessage();
      assertTrue(message.contains("x.npy has a damaged header: "), message);
    }
  }

  @Test
  void labelsAndNumbersAreTakenForWhatTheirTypeSays() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3, 4}, 2, 2);
    Npy.write(y, new int[] {3, 0}, 2);
    assertEquals("2 rows of 2 inputs, labels of 2 classes", Npy.read(x, y).toString());
    Npy.write(y, new float[] {3, 0}, 2, 1);
    assertEquals("2 rows of 2 inputs, 1 numbers as target", Npy.read(x, y).toString());
    Npy.write(y, new float[] {3, 0, 1}, 3);
    TestFiles.assertMessage(
        DataException.class,
        "x.npy has 2 rows, but y.npy has 3; each row needs one target",
        x,
        () -> Npy.read(x, y));
  }

  @Test
  void numbersThatAreNotFiniteAreNamedWithTheirPlace() {
    Path folder = TestFiles.newFolder();
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, new float[] {1, 2, 3, Float.NaN}, 2, 2);
    Npy.write(y, new double[] {1, 1e300}, 2);
    TestFiles.assertMessage(
        DataException.class,
        "row 1, column 1 of x.npy is NaN; every number must be finite",
        x,
        () -> Npy.read(x, y));
    Npy.write(x, new float[] {1, 2, 3, 4}, 2, 2);
    TestFiles.assertMessage(
        DataException.class,
        "row 1, column 0 of y.npy is 1.0E300, which no float can hold; every number must be finite",
        y,
        () -> Npy.read(x, y));
    assertEquals(
        "an array of shape [2, 2] has 4 numbers, not 3",
        assertThrows(IllegalArgumentException.class, () -> Npy.write(x, new float[3], 2, 2))
            .getMessage());
  }
}
