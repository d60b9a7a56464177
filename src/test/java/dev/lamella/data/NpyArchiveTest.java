package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class NpyArchiveTest {
  static byte[] npz(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] bytes(String type, String shape, byte... body) {
    return NpyTest.npy(
        1, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape), body);
  }

  private static void assertRefused(String message, byte[] content, String array) {
    Path file = TestFiles.write("a.npz", content);
    TestFiles.assertMessage(DataException.class, message, file, () -> Npy.read(file, array));
  }

  @Test
  void arraysAreFoundByName() {
    Path file = TestFiles.resource("cases/arrays.npz");
    assertArrayEquals(
        Npy.read(TestFiles.resource("cases/c_order.npy")).floats(), Npy.read(file, "x").floats());
    assertArrayEquals(
        Npy.read(TestFiles.resource("cases/arrays_y.npy")).floats(), Npy.read(file, "y").floats());
    TestFiles.assertMessage(
        DataException.class,
        "arrays.npz holds 2 arrays: x, y; name one, as in arrays.npz:x",
        file,
        () -> Npy.read(file));
    TestFiles.assertMessage(
        DataException.class,
        "arrays.npz has no array \"z\"; it has x, y",
        file,
        () -> Npy.read(file, "z"));
  }

  @Test
  void dataAreNamedWithAColon() {
    Path file = TestFiles.resource("cases/arrays.npz");
    Dataset data = DataFiles.open(file + ":x," + file + ":y", DataOptions.standard());
    assertEquals("50 rows of 4 inputs, 1 numbers as target", data.toString());
    Path plain = TestFiles.resource("cases/c_order.npy");
    Dataset mixed = DataFiles.open(plain + ", " + file + ":y", DataOptions.standard());
    assertEquals("50 rows of 4 inputs, 1 numbers as target", mixed.toString());
    Dataset streams =
        DataFiles.open(
            DataInput.of(new ByteArrayInputStream(TestFiles.read(file)), "a.npz")
                .array("x")
                .withTargets(
                    DataInput.of(new ByteArrayInputStream(TestFiles.read(file)), "a.npz")
                        .array("y")),
            DataOptions.standard());
    assertEquals("50 rows of 4 inputs, 1 numbers as target", streams.toString());
    TestFiles.assertMessage(
        DataException.class,
        "c_order.npy is no archive of arrays, so it has no array \"x\"; leave :x out",
        plain,
        () -> DataFiles.open(plain + ":x", DataOptions.standard()));
    Path csv = TestFiles.write("t.csv", "a,y\n1,2\n");
    TestFiles.assertMessage(
        DataException.class,
        "t.csv is no archive of arrays, so it has no array \"a\"; leave :a out",
        csv,
        () -> DataFiles.open(csv + ":a", DataOptions.standard()));
    // A file whose name has a colon is that file.
    Path odd =
        TestFiles.overwrite(
            csv.resolveSibling("t.csv:a"), "a,y\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(2, DataFiles.open(odd.toString(), DataOptions.standard()).rows());
  }

  @Test
  void theOnlyArrayNeedsNoNameAndCompressionIsRead() {
    byte[] one =
        npz(Map.of("x.npy", bytes("|u1", "2, 1", (byte) 1, (byte) 2), "readme.txt", new byte[3]));
    Npy read = Npy.read(new ByteArrayInputStream(one), "a.npz");
    assertEquals(List.of(2, 1), read.shape());
    assertArrayEquals(new int[] {1, 2}, read.ints());
    assertArrayEquals(
        new int[] {1, 2},
        Npy.read(new ByteArrayInputStream(TestFiles.gzip(one)), "a.npz.gz").ints());
  }

  @Test
  void damageAndHostilityAreNamed() {
    byte[] one = npz(Map.of("x.npy", bytes("|u1", "2, 1", (byte) 1, (byte) 2)));
    byte[] changed = one.clone();
    changed[60] ^= 1;
    String message =
        assertThrows(
                DataException.class, () -> Npy.read(new ByteArrayInputStream(changed), "a.npz"))
            .getMessage();
    assertTrue(message.startsWith("a.npz"), message);
    assertRefused(
        "a.npz is an archive without arrays; save some in Python with numpy.savez",
        npz(Map.of()),
        "x");
    assertRefused(
        "a.npz has no array \"y\"; it has \\u001b[2Jx", npz(Map.of("\u001b[2Jx.npy", one)), "y");
    assertThrows(
        DataException.class,
        () -> Npy.read(new ByteArrayInputStream(Arrays.copyOf(one, 70)), "a.npz"));
    // 10 MB of zeros behind a header that promises 800 MB: more than deflate could make of it.
    byte[] bomb = npz(Map.of("x.npy", bytes("<f8", "100000000,", new byte[100])));
    assertRefused(
        "a.npz:x is truncated: it has not the 800000000 bytes of an array of shape [100000000]; copy the file again",
        bomb,
        "x");
  }
}
