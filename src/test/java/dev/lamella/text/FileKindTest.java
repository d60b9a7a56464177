package dev.lamella.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FileKindTest {
  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(String... names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void archivesAreToldApartByWhatIsInThem() {
    assertEquals(FileKind.NPZ, FileKind.of(zip("x.npy", "y.npy")));
    assertEquals(FileKind.TORCH, FileKind.of(zip("archive/data.pkl", "archive/version")));
    assertEquals(FileKind.TORCH, FileKind.of(zip("m/.format_version", "m/data.pkl")));
    assertEquals(FileKind.SPREADSHEET, FileKind.of(zip("[Content_Types].xml", "xl/workbook.xml")));
    assertEquals(FileKind.ZIP, FileKind.of(zip("iris.csv")));
    assertEquals(FileKind.NPZ, FileKind.of(zip("readme.txt", "x.npy")));
    assertEquals(FileKind.TORCH, FileKind.of(zip("m/x.npy", "m/data.pkl")));
    assertEquals(
        FileKind.SPREADSHEET, FileKind.of(zip("[Content_Types].xml", "xl/media/x.npy.png")));
    assertEquals(FileKind.ZIP, FileKind.of(zip("see x.npy or data.pkl.txt")));
    assertEquals(FileKind.NPZ, FileKind.of(zip()), "numpy.savez without an array");
    assertEquals(FileKind.ZIP, FileKind.of(latin("PK\3\4")));
  }

  @Test
  void filesAreKnownByTheirFirstBytes() {
    assertEquals(
        FileKind.GIT_LFS, FileKind.of(latin("version https://git-lfs.github.com/spec/v1\n")));
    for (String page :
        new String[] {
          "<!DOCTYPE html>", "\n  <html lang=en>", "<HTML><head>", "\u00ef\u00bb\u00bf<html>"
        }) {
      assertEquals(FileKind.WEB_PAGE, FileKind.of(latin(page)), page);
    }
    assertEquals(FileKind.PICKLE, FileKind.of(latin("\u0080\2\u008a\nl")));
    assertEquals(FileKind.PICKLE, FileKind.of(latin("\u0080\4\u0095")));
    assertEquals(FileKind.HDF5, FileKind.of(latin("\u0089HDF\r\n\u001a\n\0\0")));
    assertEquals(FileKind.PARQUET, FileKind.of(latin("PAR1\25\4")));
    assertEquals(FileKind.NPY, FileKind.of(latin("\u0093NUMPY\1\0")));
    assertEquals(FileKind.SAFETENSORS, FileKind.of(latin("\50\1\0\0\0\0\0\0{\"a\"")));
    assertEquals(FileKind.COMPRESSED, FileKind.of(latin("BZh91AY&SY\1")));
  }

  @Test
  void textIsText() {
    for (String text :
        new String[] {
          "",
          "a,b\n1,2\n",
          "<a>,b\n1,2",
          "PAR1,b\n",
          "GGUF\n",
          "version,x\n",
          "BZh,c\n",
          "{\"a\":1}"
        }) {
      assertNull(FileKind.of(latin(text)), text);
    }
  }

  @Test
  void sentencesSayWhatItIsAndWhatHelps() {
    assertEquals(
        "x.csv is a web page (HTML), not a table or array; download the file itself, not the page that shows it",
        FileKind.WEB_PAGE.noData("x.csv"));
    assertEquals(
        "m.pt is a file of torch.save, which can hold code, not a model in safetensors; save it in Python with safetensors.torch.save_file(model.state_dict(), path)",
        FileKind.TORCH.noModel("m.pt"));
    assertEquals(
        "x.csv.gz is gzip data inside gzip data, not a table or array; uncompress the outer one with gunzip",
        FileKind.GZIP.noData("x.csv.gz"));
  }

  @Property
  void anyBytesAreTaken(@ForAll byte[] bytes) {
    FileKind.of(bytes);
    FileKind.of(latin("PK\3\4" + new String(bytes, StandardCharsets.ISO_8859_1)));
  }
}
