package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.TestFiles;
import dev.lamella.net.LayerSpec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that are no models are called by what they are, and their text cannot pretend. */
class OtherModelFilesTest {
  private static final List<LayerSpec> LAYERS = LayerSpec.parseAll("1");

  private static void assertNoModel(String sentence, byte[] content) {
    Path file = TestFiles.write("m.safetensors", content);
    String message = "m.safetensors is " + sentence;
    TestFiles.assertMessage(ModelException.class, message, file, () -> ModelFile.open(file));
    TestFiles.assertMessage(
        ModelException.class, message, file, () -> ModelFile.load(file, LAYERS));
    assertEquals(
        message.replace("m.safetensors is", "the stream is"),
        assertThrows(ModelException.class, () -> ModelFile.open(new ByteArrayInputStream(content)))
            .getMessage());
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsNoModelIsCalledByWhatItIs() {
    assertNoModel(
        "a Git LFS pointer, which only stands for the file, not a model in safetensors; run git lfs pull to get the file itself",
        TestFiles.resourceBytes("cases/lfs.safetensors"));
    assertNoModel(
        "a file of torch.save, which can hold code, not a model in safetensors; save it in Python with safetensors.torch.save_file(model.state_dict(), path)",
        latin("PK\3\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u0010\0\0\0archive/data.pkl.."));
    assertNoModel(
        "a Python pickle, which can hold code, not a model in safetensors; save it in Python with safetensors.torch.save_file(model.state_dict(), path)",
        latin("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."));
    assertNoModel(
        "a web page (HTML), not a model in safetensors; download the file itself, not the page that shows it",
        latin("<!doctype html><html><body>404"));
    assertNoModel(
        "an HDF5 file, not a model in safetensors; save the weights in Python with safetensors.numpy.save_file",
        latin("\u0089HDF\r\n\u001a\n\0\0\0"));
    assertNoModel(
        "gzip data, not a model in safetensors; uncompress it with gunzip",
        TestFiles.gzip(TestFiles.resourceBytes("cases/fc.safetensors")));
    assertNoModel(
        "a NumPy array, not a model in safetensors; give a model in safetensors",
        TestFiles.resourceBytes("cases/state_x.npy"));
    assertNoModel(
        "an archive of NumPy arrays, not a model in safetensors; give a model in safetensors, not its data",
        TestFiles.resourceBytes("cases/arrays.npz"));
    assertNoModel(
        "a Parquet file, not a model in safetensors; give a model in safetensors, not its data",
        latin("PAR1\u0015\4\u0015\0\0\0"));
  }

  /** Every sentence is one line and shows nothing that a terminal obeys. */
  @Test
  void textFromAFileIsEscapedInEverySentence() {
    String evil = "a\\n\\u001b[31m\\u009b2J\\u202e" + "x".repeat(100_000);
    for (String header :
        List.of(
            "{'%s':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}",
            "{'%s':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
            "{'%s':{'dtype':'%s','shape':[1],'data_offsets':[0,4]}}",
            "{'t':{'dtype':'F32','shape':[1],'%s':[0,4]}}",
            "{'%s':{'dtype':'F32'},'%s':{}}",
            "{'__metadata__':{'%s':1}}",
            "{'__metadata__':{'lamella.format':'%s'}}",
            "{'__metadata__':{'lamella.architecture':'%s'}}",
            "{'__metadata__':{'lamella.architecture':'{\\\"%s\\\":1}'}}",
            "{'__metadata__':{'lamella.architecture':'{\\\"layers\\\":[{\\\"dense\\\":1,\\\"activation\\\":\\\"%s\\\"}]}'}}",
            "{'%s.weight':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
            "{'%s.weight':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]}}",
            "{'%s.weight':{'dtype':'I32','shape':[1,1],'data_offsets':[0,4]}}",
            "{'%s':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}")) {
      boolean nested = header.contains("\\\"");
      String text =
          header.replace('\'', '"').replace("%s", nested ? evil.replace("\\", "\\\\") : evil);
      byte[] content =
          Foreign.file(text, text.contains("data_offsets") ? new byte[4] : new byte[0]);
      for (int door = 0; door < 2; door++) {
        int which = door;
        String message =
            String.valueOf(
                assertThrows(
                        ModelException.class,
                        () -> {
                          ByteArrayInputStream stream = new ByteArrayInputStream(content);
                          if (which == 0) {
                            ModelFile.open(stream);
                          } else {
                            ModelFile.load(stream, LAYERS);
                          }
                        },
                        header)
                    .getMessage());
        assertFalse(message.chars().anyMatch(Character::isISOControl), message);
        assertFalse(message.contains("\u202e"), message);
        assertTrue(message.length() < 3_000, header);
      }
    }
  }
}
