package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamella.base.Permutation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Files that were cut off, changed or made up: they are read, or refused with a {@link
 * DataException}; anything else, an OutOfMemoryError above all, fails the test by itself.
 */
class HostileDataTest {
  private static final Path FOLDER = TestFiles.newFolder();
  private static final byte[] NPY =
      NpyTest.npy(
          1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }  \n", new byte[48]);
  private static final byte[] IDX = IdxTest.idx(new byte[24], 3, 2, 4);
  private static final byte[] CSV =
      "age,town,y\n17,Bonn,1\n18,\"Aa,chen\",2\n19,Bonn,3\n".getBytes(StandardCharsets.UTF_8);

  private static final List<byte[]> VALID = List.of(NPY, IDX, CSV);

  private static float[] read(byte[] content) {
    Path file = TestFiles.overwrite(FOLDER.resolve("f"), content);
    Preparation all = Preparation.standard().withKind(Target.Kind.NONE);
    Dataset data = DataFiles.open(file.toString(), DataOptions.standard().withPreparation(all));
    float[] inputs = new float[data.rows() * data.inputs()];
    data.copyInputs(Permutation.identity(data.rows()), 0, data.rows(), inputs, 0);
    return inputs;
  }

  private static void readOrRefuse(byte[] content) {
    try {
      for (float input : read(content)) {
        if (!Float.isFinite(input)) {
          throw new AssertionError(input);
        }
      }
    } catch (DataException e) {
      // The file is refused: that is the other good end.
    }
  }

  private static byte[] damaged(byte[] valid, long seed) {
    Random random = new Random(seed);
    byte[] bytes = valid.clone();
    for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = (byte) random.nextInt();
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  @Property(tries = 3000)
  void damagedFilesAreReadOrRefused(@ForAll @IntRange(max = 2) int format, @ForAll long seed) {
    readOrRefuse(damaged(VALID.get(format), seed));
  }

  @Property(tries = 1000)
  void damagedGzipGivesTheTruthOrIsRefused(
      @ForAll @IntRange(max = 2) int format, @ForAll long seed) {
    byte[] zipped = TestFiles.gzip(VALID.get(format));
    byte[] bytes = damaged(zipped, seed);
    float[] inputs;
    try {
      inputs = read(bytes);
    } catch (DataException e) {
      return;
    }
    // The checksum vouches for the content; without gzip's first bytes it is another file.
    if (bytes.length > 1 && bytes[0] == zipped[0] && bytes[1] == zipped[1]) {
      assertArrayEquals(read(VALID.get(format)), inputs);
    }
  }

  @Property(tries = 500)
  void madeUpFilesAreReadOrRefused(@ForAll byte[] bytes, @ForAll @IntRange(max = 3) int start) {
    List<Function<byte[], byte[]>> starts =
        List.of(
            b -> b,
            b -> NpyTest.npy(1, new String(b, StandardCharsets.ISO_8859_1), b),
            b -> IdxTest.idx(b, b.length, 1, 1),
            TestFiles::gzip);
    readOrRefuse(starts.get(start).apply(bytes));
  }

  @Property(tries = 200)
  void cutFilesAreRefused(@ForAll @IntRange(min = 1, max = 47) int missing) {
    for (byte[] valid : List.of(NPY, IDX)) {
      byte[] cut = Arrays.copyOf(valid, Math.max(4, valid.length - missing));
      assertThrows(DataException.class, () -> read(cut));
    }
    byte[] zipped = TestFiles.gzip(CSV);
    byte[] cut = Arrays.copyOf(zipped, zipped.length - missing);
    assertThrows(DataException.class, () -> read(cut));
  }
}
