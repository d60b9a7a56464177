package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.lamella.base.Permutation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdxTest {
  /** A file of unsigned bytes; as many of them as there are, whatever the dimensions say. */
  static byte[] idx(byte[] body, int... dimensions) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + body.length);
    buffer.put(new byte[] {0, 0, 8, (byte) dimensions.length});
    Arrays.stream(dimensions).forEach(buffer::putInt);
    return buffer.put(body).array();
  }

  private static final byte[] IMAGES =
      idx(new byte[] {0, 1, 127, -128, -1, 5, 6, 7, 8, 9, 10, 11}, 3, 2, 2);
  private static final byte[] LABELS = idx(new byte[] {2, 0, 4}, 3);

  @Test
  void imagesAndLabelsBecomeADataset() {
    Path images = TestFiles.write("images", IMAGES);
    Path labels = TestFiles.write("labels.gz", TestFiles.gzip(LABELS));
    Dataset data = Idx.read(images, labels);
    assertEquals("3 rows of 4 inputs, labels of 3 classes", data.toString());
    float[] rows = new float[8];
    data.copyInputs(new int[] {1, 0}, 0, 2, rows, 0);
    assertArrayEquals(new float[] {255, 5, 6, 7, 0, 1, 127, 128}, rows);
    int[] classes = new int[3];
    data.copyLabels(new int[] {0, 1, 2}, 0, 3, classes, 0);
    assertArrayEquals(new int[] {1, 0, 2}, classes, "places of the labels 2, 0, 4");
    assertEquals(
        Schema.ofArray(List.of(2, 2), Target.labels("label", List.of("0", "2", "4"))),
        data.schema());
    Schema scaled = data.scale(1 / 255f).schema();
    assertNotNull(scaled);
    assertEquals(1 / 255f, scaled.scale());
    assertFalse(Idx.readImages(images).hasTargets());
  }

  @Property(tries = 50)
  void compressedOrNotMakesNoDifference(
      @ForAll @Size(24) byte[] body, @ForAll @IntRange(min = 1, max = 4) int rows) {
    byte[] file = idx(body, 24 / rows, rows);
    if (24 % rows != 0) {
      return;
    }
    Dataset plain = Idx.readImages(TestFiles.write("a", file));
    Dataset zipped = Idx.readImages(TestFiles.write("b", TestFiles.gzip(file)));
    float[] one = new float[24];
    float[] other = new float[24];
    int[] order = Permutation.of(plain.rows(), rows);
    plain.copyInputs(order, 0, order.length, one, 0);
    zipped.copyInputs(order, 0, order.length, other, 0);
    assertArrayEquals(one, other);
  }

  private static void assertImagesRefused(String message, byte[] content) {
    Path file = TestFiles.write("images", content);
    TestFiles.assertMessage(DataException.class, message, file, () -> Idx.readImages(file));
  }

  @Test
  void damageIsNamed() {
    assertImagesRefused(
        "images is truncated: it has not the 300 bytes of 3 rows of 100 bytes; copy the file again",
        idx(new byte[4], 3, 10, 10));
    assertImagesRefused(
        "images is truncated: 1 bytes of 3 rows of 4 bytes are missing; copy the file again",
        Arrays.copyOf(IMAGES, IMAGES.length - 1));
    assertImagesRefused(
        "images is truncated: 1 bytes of the dimensions are missing; copy the file again",
        Arrays.copyOf(IMAGES, 15));
    assertImagesRefused(
        "images is damaged: bytes follow after its 3 rows; its header does not tell its length",
        Arrays.copyOf(IMAGES, IMAGES.length + 1));
    assertImagesRefused(
        "images is not an IDX file: it does not start with 0, 0 and a known type", new byte[] {1});
    assertImagesRefused(
        "images is not an IDX file: it does not start with 0, 0 and a known type", new byte[0]);
    byte[] floats = IMAGES.clone();
    floats[2] = 13;
    assertImagesRefused(
        "images holds floats; only unsigned bytes are read; convert it to .npy", floats);
    byte[] many = IMAGES.clone();
    many[3] = (byte) 200;
    assertImagesRefused("images claims 200 dimensions; 1 to 8 are possible", many);
    assertImagesRefused(
        "images claims dimensions that cannot be: [0, 28, 28]", idx(new byte[0], 0, 28, 28));
    assertImagesRefused(
        "images claims dimensions that cannot be: [4294967295, 28]", idx(new byte[0], -1, 28));
    assertImagesRefused(
        "images claims dimensions that cannot be: [65536, 65536, 65536]",
        idx(new byte[0], 1 << 16, 1 << 16, 1 << 16));
    assertImagesRefused(
        "images has 1 dimension and so holds labels; images need 2 or more; are the two files in the wrong order?",
        LABELS);
  }

  @Test
  void damageInsideGzipIsNamed() {
    byte[] zipped = TestFiles.gzip(IMAGES);
    assertImagesRefused(
        "images is truncated: its compressed data end early; copy the file again",
        Arrays.copyOf(zipped, zipped.length - 3));
    byte[] wrongSum = zipped.clone();
    wrongSum[zipped.length - 6] ^= 1;
    assertImagesRefused("images has damaged compressed data (Corrupt GZIP trailer)", wrongSum);
    assertImagesRefused(
        "images is truncated: it has not the 2000000000 bytes of 2000000000 rows of 1 bytes; copy the file again",
        TestFiles.gzip(idx(new byte[100], 2_000_000_000, 1)));
  }

  @Test
  void labelsMustBeThoseOfTheImages() {
    Path images = TestFiles.write("images", IMAGES);
    Path labels = TestFiles.overwrite(images.resolveSibling("labels"), idx(new byte[2], 2));
    TestFiles.assertMessage(
        DataException.class,
        "images has 3 rows, but labels has 2; each row needs one target",
        images,
        () -> Idx.read(images, labels));
    TestFiles.assertMessage(
        DataException.class,
        "images has 3 dimensions, but labels have 1; are the two files in the wrong order?",
        images,
        () -> Idx.read(images, images));
    Path missing = images.resolveSibling("missing");
    TestFiles.assertMessage(
        DataException.class, "missing does not exist", missing, () -> Idx.read(missing, labels));
  }
}
