package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.DataException;
import dev.lamella.data.DataFiles;
import dev.lamella.data.DataInput;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Npy;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.data.TestFiles;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The parsers of binary files, given valid files with random damage: each is read, or refused with
 * the documented exception, in no time. Some thousand tries a run; {@code -Dlamella.fuzz=1000000}
 * makes more.
 */
class FuzzTest {
  private static final int TRIES = Integer.getInteger("lamella.fuzz", 3000);
  private static final long SLOW = 5_000_000_000L; // nanoseconds for less than a kilobyte

  private static final DataOptions INPUTS =
      DataOptions.standard().withPreparation(Preparation.standard().withKind(Target.Kind.NONE));

  private static void fuzz(byte[] valid, Consumer<byte[]> reader) {
    reader.accept(valid);
    int refused = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      byte[] damaged = HostileFiles.damaged(valid, seed);
      long start = System.nanoTime();
      try {
        reader.accept(damaged);
      } catch (DataException | ModelException e) {
        refused++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("damage number " + seed, e);
      }
      assertTrue(System.nanoTime() - start < SLOW, "damage number " + seed);
    }
    assertTrue(refused > TRIES / 20, refused + " of " + TRIES + " refused");
  }

  private static void data(byte[] content) {
    DataFiles.open(DataInput.of(new ByteArrayInputStream(content), "f"), INPUTS);
  }

  private static byte[] npy() {
    Path file = TestFiles.newFolder().resolve("x.npy");
    Npy.write(file, new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    return TestFiles.read(file);
  }

  @Test
  void npyFiles() {
    fuzz(npy(), FuzzTest::data);
  }

  @Test
  void npzFiles() throws IOException {
    for (int method : List.of(ZipOutputStream.DEFLATED, ZipOutputStream.STORED)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        ZipEntry entry = new ZipEntry("x.npy");
        byte[] content = npy();
        entry.setMethod(method);
        entry.setSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
      fuzz(out.toByteArray(), FuzzTest::data);
    }
  }

  @Test
  void idxFiles() {
    byte[] images =
        ByteBuffer.allocate(16 + 12).putInt(0x0803).putInt(3).putInt(2).putInt(2).array();
    fuzz(images, FuzzTest::data);
    fuzz(TestFiles.gzip(images), FuzzTest::data);
  }

  @Test
  void safetensorsFiles() {
    Network network = Network.builder(2).dense(3, Activation.RELU).dense(1).build(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Schema schema = Schema.ofArray(List.of(2), Target.numbers("y", 1));
    ModelFile.save(network, out, schema, Map.of("loss", "mse"));
    assertEquals(network, ModelFile.load(new ByteArrayInputStream(out.toByteArray())));
    fuzz(out.toByteArray(), content -> ModelFile.open(new ByteArrayInputStream(content)));
  }
}
