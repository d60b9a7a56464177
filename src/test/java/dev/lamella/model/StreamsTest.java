package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.Allocations;
import dev.lamella.data.CsvOptions;
import dev.lamella.data.DataFiles;
import dev.lamella.data.DataInput;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Npy;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.data.TestFiles;
import dev.lamella.net.Activation;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models and data from streams, byte arrays, class-path resources and other file systems. */
class StreamsTest {
  private static final Network NETWORK =
      Network.builder(2).dense(3, Activation.RELU).dense(1).build(1);
  private static final Schema SCHEMA = Schema.ofArray(List.of(2), Target.numbers("y", 1));

  private static byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.save(NETWORK, out, SCHEMA, Map.of("loss", "mse"));
    return out.toByteArray();
  }

  @Test
  void bytesComeBackAndAreThoseOfTheFile() {
    Path file = TestFiles.newFolder().resolve("m.safetensors");
    ModelFile.save(NETWORK, file, SCHEMA, Map.of("loss", "mse"));
    assertArrayEquals(TestFiles.read(file), bytes());
    Model model = ModelFile.open(new ByteArrayInputStream(bytes()));
    assertEquals(NETWORK, model.network());
    assertEquals(SCHEMA, model.schema());
    assertEquals("mse", model.metadata().get("loss"));
    assertEquals(NETWORK, ModelFile.load(new ByteArrayInputStream(bytes())));
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ModelFile.save(NETWORK, plain);
    assertEquals(NETWORK, ModelFile.load(new ByteArrayInputStream(plain.toByteArray())));
  }

  @Test
  void resourcesOfTheClassPathAreRead() throws IOException {
    try (InputStream model = getClass().getResourceAsStream("/cases/fc.safetensors")) {
      assertNotNull(model);
      Network network = ModelFile.load(model, LayerSpec.parseAll("8:relu,3:softmax"));
      assertEquals(4, network.inputs());
    }
    try (InputStream iris = getClass().getResourceAsStream("/data/iris.csv")) {
      assertNotNull(iris);
      Dataset data = DataFiles.open(DataInput.of(iris, "iris.csv"), DataOptions.standard());
      assertEquals("150 rows of 4 inputs, labels of 3 classes", data.toString());
    }
  }

  @Test
  void aFileSystemInAZipFileIsReadAndWritten() throws IOException {
    Path zip = TestFiles.newFolder().resolve("all.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path model = files.getPath("/m.safetensors");
      ModelFile.save(NETWORK, model, SCHEMA);
      assertEquals(NETWORK, ModelFile.load(model));
      ModelFile.save(NETWORK, model); // replaces it
      assertEquals(NETWORK, ModelFile.open(model).network());
      Path x = files.getPath("/x.npy");
      Npy.write(x, new float[] {1, 2, 3, 4}, 2, 2);
      Npy.write(files.getPath("/y.npy"), new int[] {5, 7}, 2);
      DataInput both = DataInput.of(x).withTargets(DataInput.of(files.getPath("/y.npy")));
      assertEquals(
          "2 rows of 2 inputs, labels of 2 classes",
          DataFiles.open(both, DataOptions.standard()).toString());
      try (Stream<Path> all = Files.list(files.getPath("/"))) {
        assertEquals(3, all.count(), "no temporary file is left");
      }
      Path nowhere = files.getPath("/nowhere/m.safetensors");
      assertThrows(ModelException.class, () -> ModelFile.save(NETWORK, nowhere));
      assertThrows(ModelException.class, () -> ModelFile.load(nowhere));
    }
    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      assertEquals(NETWORK, ModelFile.load(files.getPath("/m.safetensors")), "opened again");
      Dataset rows =
          DataFiles.openInputs(DataInput.of(files.getPath("/x.npy")), CsvOptions.detect(), SCHEMA);
      assertEquals("2 rows of 2 inputs, no targets", rows.toString());
    }
  }

  @Test
  void whatIsWrongWithAStreamIsNamed() {
    byte[] whole = bytes();
    assertStreamRefused(
        "the stream is truncated: it ends after 48 of 52 bytes of the tensors; copy the file again",
        Arrays.copyOf(whole, whole.length - 4));
    assertStreamRefused(
        "the stream has a damaged header: the tensors need 52 bytes, but more follow the header",
        Arrays.copyOf(whole, whole.length + 1));
    assertStreamRefused(
        "the stream has 3 bytes, fewer than the 8 that start a safetensors file", new byte[3]);
    assertStreamRefused(
        "the stream is truncated: its header needs 100000000 bytes, but only 2 are there; copy the file again",
        Foreign.file(100_000_000, new byte[2]));
    assertStreamRefused(
        "the stream is truncated: it ends after 4 of 2000000000 bytes of the tensors; copy the file again",
        Foreign.file(
            "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,500000000],\"data_offsets\":[0,2000000000]}}",
            new byte[4]));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    assertEquals(
        "the stream does not take the model",
        assertThrows(UncheckedIOException.class, () -> ModelFile.save(NETWORK, full)).getMessage());
  }

  private static void assertStreamRefused(String message, byte[] content) {
    long before = Allocations.soFar();
    assertEquals(
        message,
        assertThrows(ModelException.class, () -> ModelFile.load(new ByteArrayInputStream(content)))
            .getMessage());
    assertTrue(Allocations.soFar() - before < 20_000_000, "memory follows what arrives");
  }
}
