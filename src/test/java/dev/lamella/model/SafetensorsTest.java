package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.TestFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static Path file(byte[] content) {
    return TestFiles.write("m.safetensors", content);
  }

  private static void assertRefused(String message, byte[] content) {
    Path file = file(content);
    TestFiles.assertMessage(
        ModelException.class,
        message,
        file,
        () -> {
          try (Safetensors opened = Safetensors.open(file)) {
            for (TensorInfo tensor : opened.tensors()) {
              opened.floats(tensor.name());
            }
          }
        });
  }

  private static void assertHeaderRefused(String message, String header, int dataLength) {
    assertRefused(
        "m.safetensors has a damaged header: " + message,
        Foreign.file(header, new byte[dataLength]));
  }

  @Property(tries = 100)
  void tensorsAndMetadataComeBack(
      @ForAll @Size(max = 5) Map<@NotEmpty String, String> metadata,
      @ForAll @Size(max = 6) List<float[]> arrays,
      @ForAll @IntRange(min = 1, max = 3) int columns) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      float[] array = arrays.get(i);
      float[] finite = new float[array.length / columns * columns];
      for (int j = 0; j < finite.length; j++) {
        finite[j] = Float.isFinite(array[j]) ? array[j] : j;
      }
      long rows = finite.length / columns;
      tensors.add(new Tensor(i + ".weight", List.of(rows, (long) columns), finite));
    }
    Path path = TestFiles.newFolder().resolve("m.safetensors");
    Safetensors.write(path, metadata, tensors);
    try (Safetensors read = Safetensors.open(path)) {
      assertEquals(metadata, read.metadata());
      assertEquals(tensors.size(), read.tensors().size());
      for (Tensor tensor : tensors) {
        assertEquals(tensor.shape(), read.tensor(tensor.name()).shape());
        assertArrayEquals(tensor.values(), read.floats(tensor.name()));
      }
    }
  }

  @Test
  void writesWhatTheFormatSays() {
    Path path = TestFiles.newFolder().resolve("m.safetensors");
    Safetensors.write(
        path,
        Map.of("format", "pt", "a", "\"q\"\n"),
        List.of(
            new Tensor("0.weight", List.of(2L, 1L), new float[] {1, 2}),
            new Tensor("0.bias", List.of(2L), new float[] {3, 4})));
    byte[] bytes = TestFiles.read(path);
    String header =
        "{\"__metadata__\":{\"a\":\"\\\"q\\\"\\n\",\"format\":\"pt\"},"
            + "\"0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}";
    assertEquals(header, Foreign.header(bytes).stripTrailing());
    assertEquals(0, Foreign.header(bytes).length() % 8, "tensors start on a multiple of 8");
    assertEquals(
        Map.of("0.weight", "[2,1] 1.0 2.0", "0.bias", "[2] 3.0 4.0"), Foreign.tensors(bytes));
  }

  @Test
  void longTensorsCrossTheBuffer() {
    float[] values = new float[50_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = TestFiles.newFolder().resolve("m.safetensors");
    Safetensors.write(path, Map.of(), List.of(new Tensor("t", List.of(50_001L), values)));
    try (Safetensors read = Safetensors.open(path)) {
      assertArrayEquals(values, read.floats("t"));
    }
  }

  @Test
  void readsWhatPythonWrote() {
    try (Safetensors read =
        Safetensors.open(TestFiles.resource("models/torch-014/model.safetensors"))) {
      assertEquals(Map.of(), read.metadata());
      assertEquals(DType.I64, read.tensor("8.num_batches_tracked").dtype());
      assertEquals(List.of(), read.tensor("8.num_batches_tracked").shape());
      assertEquals(1, read.tensor("8.num_batches_tracked").elements());
      assertEquals(List.of(10L, 100L), read.tensor("0.weight").shape());
      assertEquals(1000, read.floats("0.weight").length);
      assertTrue(read.has("0.bias"));
      assertFalse(read.has("1.nothing"));
    }
  }

  @Test
  void otherFloatsAreConverted() {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putShort((short) 0x3c01).putShort((short) 0x3f81);
    String header =
        """
        {"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},
        "b":{"dtype":"BF16","shape":[1],"data_offsets":[10,12]},
        "h":{"dtype":"F16","shape":[1,1],"data_offsets":[8,10]}}\n\t \r\
        """;
    try (Safetensors read = Safetensors.open(file(Foreign.file(header, data.array())))) {
      assertArrayEquals(new float[] {0.1f}, read.floats("d"));
      assertArrayEquals(new float[] {1 + 1 / 1024f}, read.floats("h"));
      assertArrayEquals(new float[] {1 + 1 / 128f}, read.floats("b"));
    }
  }

  @Test
  void emptyTensorsTakeNoBytes() {
    String header =
        """
        {"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[4,4]},
        "b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}\
        """;
    try (Safetensors read = Safetensors.open(file(Foreign.file(header, new byte[4])))) {
      assertEquals(0, read.floats("a").length);
    }
  }

  @Test
  void whatIsNoSafetensorsFileIsNamed() {
    assertRefused(
        "m.safetensors has 0 bytes, fewer than the 8 that start a safetensors file", new byte[0]);
    assertRefused(
        "m.safetensors is not a safetensors file: it claims a header of 18446744073709551615 bytes, but 2 to 100000000 are possible",
        Foreign.file(-1, new byte[0]));
    assertRefused(
        "m.safetensors is not a safetensors file: it claims a header of 100000001 bytes, but 2 to 100000000 are possible",
        Foreign.file(100_000_001, new byte[0]));
    assertRefused(
        "m.safetensors is truncated: its header needs 100000000 bytes, but only 2 are there; copy the file again",
        Foreign.file(100_000_000, new byte[2]));
    assertRefused(
        "m.safetensors is text, perhaps a table, not a model in safetensors; give the model here and the data in their own place",
        "größe,preis\n1,2\n".getBytes(StandardCharsets.UTF_8));
    byte[] latin = "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(
        "m.safetensors has a damaged header: it is not UTF-8", Foreign.file(latin.length, latin));
    assertHeaderRefused("it does not start with {", " {}", 0);
    assertHeaderRefused("it does not start with {", "[]", 0);
    Path missing = TestFiles.newFolder().resolve("m.safetensors");
    TestFiles.assertMessage(
        ModelException.class,
        "m.safetensors does not exist",
        missing,
        () -> Safetensors.open(missing));
    Path folder = missing.getParent();
    TestFiles.assertMessage(
        ModelException.class,
        folder.getFileName() + " is a folder; give the name of a file",
        folder,
        () -> Safetensors.open(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # 4 # the tensors need 0 bytes, but 4 follow the header",
        "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} # 4 # tensor t of type F32 and shape [2] needs 8 bytes, but its data_offsets [0, 4] hold 4",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} # 3 # the tensors need 4 bytes, but 3 follow the header",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} # 5 # the tensors need 4 bytes, but 5 follow the header",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} # 8 # tensor t begins at byte 4, but the tensor before it ends at 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} # 8 # tensor b begins at byte 4, but the tensor before it ends at 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} # 12 # tensor b begins at byte 8, but the tensor before it ends at 4",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} # 4 # tensor t begins at 4, after its end at 0",
        "{'t':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} # 4 # tensor t.shape is -1, not a number from 0 to 2^63 - 1",
        "{'t':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} # 4 # tensor t.shape is not a whole number but VALUE_NUMBER_FLOAT",
        "{'t':{'dtype':'F32','shape':[4611686018427387905],'data_offsets':[0,4]}} # 4 # tensor t has the impossible shape [4611686018427387905]",
        "{'t':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,4]}} # 4 # tensor t.shape is 9223372036854775808, not a number from 0 to 2^63 - 1",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0]}} # 4 # tensor t has 1 data_offsets instead of 2",
        "{'t':{'dtype':'F32','shape':[1]}} # 4 # tensor t lacks one of dtype, shape and data_offsets",
        "{'t':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}} # 4 # tensor t has the unknown dtype \"f32\"",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}} # 4 # tensor t has an unknown member \"x\"",
        "{'t':4} # 4 # tensor t is not an object but VALUE_NUMBER_INT",
        "{'__metadata__':{'a':1}} # 0 # __metadata__.a is not a string but VALUE_NUMBER_INT",
        "{'__metadata__':null} # 0 # __metadata__ is not an object but VALUE_NULL",
        "{}{} # 0 # something follows the end",
      })
  void everyCheckOfTheFormatIsMade(String header, int dataLength, String message) {
    assertHeaderRefused(message, header.replace('\'', '"'), dataLength);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'t':{'dtype':'F32','shape':[0],'data_offsets':[4,4]}} # the header has the name \"t\" twice",
        "{'__metadata__':{'a':'1','a':'2'}} # __metadata__ has the name \"a\" twice",
        "{'__metadata__':{},'__metadata__':{}} # the header has the name \"__metadata__\" twice",
        "{'t':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} # tensor t has the name \"dtype\" twice",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]} # end-of-input",
        "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},} # Unexpected",
        "{'t':{'dtype':'F32','shape':[01],'data_offsets':[0,4]}} # zero",
        "{'t':{'dtype':'F32','shape':[NaN],'data_offsets':[0,4]}} # NaN",
        "{'t':[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]} # tensor t",
        "{t:1} # Unexpected",
      })
  void whatIsNoStrictJsonIsRefused(String header, String part) {
    Path file = file(Foreign.file(header.replace('\'', '"'), new byte[4]));
    ModelException e = assertThrows(ModelException.class, () -> Safetensors.open(file).close());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + " has a damaged header: "), message);
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void numbersThatAreNotFiniteAreNamedWithTheirPlace() {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(16, Float.NaN);
    assertRefused(
        "tensor t of m.safetensors is NaN at [1, 1]; a model needs finite numbers",
        Foreign.file(
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}", data.array()));
    ByteBuffer large = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e39);
    assertRefused(
        "tensor t of m.safetensors is Infinity at []; a model needs finite numbers",
        Foreign.file(
            "{\"t\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}", large.array()));
  }

  @Test
  void whatCannotBeReadAsFloatsIsNamed() {
    assertRefused(
        "tensor t of m.safetensors has the type I64; only F32, F64, F16 and BF16 can be read as floats",
        Foreign.file(
            "{\"t\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]));
    Path file =
        file(
            Foreign.file(
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]));
    TestFiles.assertMessage(
        ModelException.class,
        "m.safetensors has no tensor u; it has t",
        file,
        () -> {
          try (Safetensors opened = Safetensors.open(file)) {
            opened.floats("u");
          }
        });
  }

  @Test
  void whatIsWrongIsNotWritten() {
    Path path = TestFiles.write("m.safetensors", "old");
    Tensor nan = new Tensor("0.weight", List.of(2L, 2L), new float[] {0, 0, Float.NaN, 0});
    TestFiles.assertMessage(
        ModelException.class,
        "m.safetensors is not written: tensor 0.weight is NaN at [1, 0], so the model is of no use; an older file stays as it was",
        path,
        () -> Safetensors.write(path, Map.of(), List.of(nan)));
    Tensor one = new Tensor("a", List.of(1L), new float[1]);
    TestFiles.assertMessage(
        ModelException.class,
        "m.safetensors cannot be written: the name a is taken",
        path,
        () -> Safetensors.write(path, Map.of(), List.of(one, one)));
    assertEquals("old", new String(TestFiles.read(path), StandardCharsets.UTF_8));
    assertEquals(List.of("m.safetensors"), TestFiles.list(path.getParent()));
    assertEquals(
        "tensor t of shape [2] needs 2 values, not 3",
        assertThrows(
                IllegalArgumentException.class, () -> new Tensor("t", List.of(2L), new float[3]))
            .getMessage());
  }

  @Property(tries = 3000)
  void damagedFilesAreReadOrRefused(@ForAll long seed) {
    byte[] bytes = HostileFiles.damaged(VALID, seed);
    Path file = TestFiles.overwrite(FUZZED, bytes);
    try (Safetensors opened = Safetensors.open(file)) {
      for (TensorInfo tensor : opened.tensors()) {
        opened.floats(tensor.name());
      }
    } catch (ModelException e) {
      // Refused: the other good end.
    }
  }

  @Property(tries = 100)
  void cutFilesAreRefused(@ForAll @IntRange(min = 1, max = 400) int missing) {
    byte[] cut = Arrays.copyOf(VALID, Math.max(0, VALID.length - missing));
    Path file = TestFiles.overwrite(FUZZED, cut);
    assertThrows(ModelException.class, () -> Safetensors.open(file).close());
  }

  private static final Path FUZZED = TestFiles.newFolder().resolve("f");
  private static final byte[] VALID =
      Foreign.file(
          """
          {"__metadata__":{"format":"pt"},
          "a":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},
          "b":{"dtype":"F16","shape":[5],"data_offsets":[24,34]}}\
          """,
          new byte[34]);
}
