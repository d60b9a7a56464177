package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that are something else are called by what they are, wherever data are opened. */
class OtherFilesTest {
  private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

  static {
    SENTENCES.put(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n",
        "a Git LFS pointer, which only stands for the file, not a table or array; run git lfs pull to get the file itself");
    SENTENCES.put(
        "<!DOCTYPE html>\n<html><head><title>data</title>",
        "a web page (HTML), not a table or array; download the file itself, not the page that shows it");
    SENTENCES.put(
        "\u0089HDF\r\n\u001a\n\0\0",
        "an HDF5 file, not a table or array; save the arrays in Python with numpy.save(path, h5py.File(name)[key][()])");
    SENTENCES.put(
        "PAR1\u0015\4\u0015",
        "a Parquet file, not a table or array; save it in Python with pandas.read_parquet(name).to_csv(path, index=False)");
    SENTENCES.put(
        "\u0080\4\u0095\u0010",
        "a Python pickle, which can hold code, not a table or array; save arrays in Python with numpy.save(path, x), and tables with to_csv(path, index=False)");
    SENTENCES.put(
        "`\0\0\0\0\0\0\0{\"0.weight\":",
        "a model file (safetensors), not a table or array; give the data here and the model in its own place");
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void everyDoorSaysWhatItIs() {
    SENTENCES.forEach((content, sentence) -> {
      for (String name : List.of("x.csv", "x.npy", "x.csv.gz")) {
        Path file = TestFiles.write(name, latin(content));
        Path good = file.resolveSibling("good.npy");
        Npy.write(good, new float[] {1}, 1);
        String message = name + " is " + sentence;
        for (String spec : List.of(file.toString(), good + "," + file)) {
          TestFiles.assertMessage(
              DataException.class,
              message,
              file,
              () -> DataFiles.open(spec, DataOptions.standard()));
        }
        TestFiles.assertMessage(DataException.class, message, file, () -> Npy.read(file));
        TestFiles.assertMessage(DataException.class, message, file, () -> Idx.readImages(file));
        TestFiles.assertMessage(
            DataException.class, message, file, () -> Csv.read(file, CsvOptions.detect()));
        TestFiles.assertMessage(
            DataException.class,
            message,
            file,
            () -> Npy.read(new ByteArrayInputStream(latin(content)), name));
      }
    });
  }

  @Test
  void whatIsCompressedIsLookedIntoOnce() {
    byte[] csv = latin("a,y\n1,2\n3,4\n");
    Path twice = TestFiles.write("x.csv.gz", TestFiles.gzip(TestFiles.gzip(csv)));
    TestFiles.assertMessage(
        DataException.class,
        "x.csv.gz is gzip data inside gzip data, not a table or array; uncompress the outer one with gunzip",
        twice,
        () -> DataFiles.open(twice.toString(), DataOptions.standard()));
    Path page = TestFiles.write("x.csv.gz", TestFiles.gzip(latin("<html><body>")));
    TestFiles.assertMessage(
        DataException.class,
        "x.csv.gz is a web page (HTML), not a table or array; download the file itself, not the page that shows it",
        page,
        () -> DataFiles.open(page.toString(), DataOptions.standard()));
  }

  @Test
  void archivesAreCalledByWhatIsInThem() {
    for (String[] each :
        new String[][] {
          {
            "m/data.pkl",
            "a file of torch.save, which can hold code, not a table or array; save arrays in Python with numpy.save(path, x.numpy())"
          },
          {
            "[Content_Types].xml",
            "a spreadsheet (such as XLSX), not a table or array; save the sheet as CSV in UTF-8"
          },
          {"iris.csv", "a ZIP archive, not a table or array; unpack it with unzip"}
        }) {
      Path file = TestFiles.write("x.csv", NpyArchiveTest.npz(Map.of(each[0], new byte[9])));
      TestFiles.assertMessage(
          DataException.class,
          "x.csv is " + each[1],
          file,
          () -> DataFiles.open(file.toString(), DataOptions.standard()));
    }
  }

  @Test
  void tablesThatOnlyLookSoAreRead() {
    for (String names : List.of("PAR1,y", "GGUF,y", "<a>,y", "version,y")) {
      Path file = TestFiles.write("x.csv", latin(names + "\n1,2\n3,4\n"));
      Dataset data = DataFiles.open(file.toString(), DataOptions.standard());
      assertEquals(2, data.rows(), names);
    }
    byte[] one = Arrays.copyOf(latin("a,y\n1,2\n3,4\n"), 12);
    assertEquals(
        2,
        DataFiles.open(DataInput.of(new ByteArrayInputStream(one), "x.csv"), DataOptions.standard())
            .rows());
  }
}
