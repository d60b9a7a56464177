package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line of names, as pandas and spreadsheets write it. */
class CsvNamesTest {
  private static Table read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8), CsvOptions.detect());
  }

  private static Table read(byte[] bytes, CsvOptions options) {
    return Csv.read(new ByteArrayInputStream(bytes), "t.csv", options);
  }

  private static Table resource(String name) {
    return Csv.read(TestFiles.resource("cases/" + name), CsvOptions.detect());
  }

  @Test
  void yearsAreNames() {
    Table years = resource("years.csv");
    assertEquals(List.of("country", "2019", "2020", "2021"), years.names());
    assertTrue(years.notes().getFirst().contains("taken for the names"), years.notes().toString());
    assertTrue(years.notes().getFirst().contains("--no-header"), years.notes().toString());
    assertEquals(List.of("a", "2020", "y"), resource("mixedheader.csv").names());
    assertEquals(3, resource("mixedheader.csv").column("y") + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,1,2\n0.5,1.5,2.5\n3.5,0.25,7.5\n", // as pandas names columns by itself
        ",0,1,2\n0,0.5,1.5,2.5\n1,3.5,0.25,7.5\n",
        "2019,2020\n1.5,7\n3.25,8\n",
        "1stFlrSF,2ndFlrSF,y\n856,854,1\n1262,0,2\n",
        "a,a,a\n1,2,3\n4,5,6\n",
        "a,,b\n1,2,3\n4,5,6\n",
        "a,0.25,0.5,b,c,d\n1,2,3,4,5,6\n4,5,6,7,8,9\n",
        "town,price\nBonn,\"1,200\"\nAachen,\"1,300\"\n",
        "NA,b\n1,2\n3,4\n"
      })
  void aFirstLineUnlikeTheColumnsBelowHasNames(String text) {
    assertTrue(read(text).isNamed(), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2,3\n4,5,6\n",
        "0,1\n0.5,0.25\n1.5,0.125\n",
        "0,1,2\n3,4,5\n6,7,8\n",
        "2019,7\n2020,8\n2021,9\n",
        "Austria,2019\nBelgium,2020\nChile,2021\n",
        "Austria,50.6,61\nBelgium,41,66.9\nAustria,40,60\n",
        "red,blue\nblue,blue\nred,red\n",
        "5,x\n6,y\n",
        "$3,$4\n$5,$6\n",
        "1O,2,3\n4,5,6\n7,8,9\n",
        "yes,yes\nno,yes\n"
      })
  void aFirstLineLikeTheColumnsBelowIsARow(String text) {
    assertFalse(read(text).isNamed(), text);
  }

  @ParameterizedTest
  @CsvSource({
    "'0,1,2\n3,4,5\n',taken for a row,--header",
    "'red,blue\nblue,red\nred,red\n',taken for a row,--header",
    "'town,color\nBonn,red\nAachen,blue\n',taken for the names,--no-header"
  })
  void aChoiceIsSaid(String text, String taken, String otherwise) {
    String note = String.join("\n", read(text).notes());
    assertTrue(note.contains(taken) && note.contains(otherwise), note);
    assertFalse(note.contains("\n"), note);
    boolean header = otherwise.equals("--header");
    Table told =
        read(text.getBytes(StandardCharsets.UTF_8), CsvOptions.detect().withHeader(header));
    assertEquals(header, told.isNamed());
    assertEquals(List.of(), told.notes());
  }

  @Test
  void whereThereIsNoChoiceNothingIsSaid() {
    assertEquals(List.of(), read("a,b\n1,2\n3,4\n").notes());
    assertEquals(List.of(), read("1.5,2.5\n3.5,4.5\n").notes());
  }

  @Test
  void repeatedAndEmptyNamesAreThoseOfPandas() {
    assertEquals(List.of("a", "a.1", "y"), resource("dup.csv").names());
    assertEquals(List.of("a", "a.2", "a.1", "a.3"), read("a,a,a.1,a\n1,2,3,4\n").names());
    assertEquals(List.of("a", "Unnamed: 1", "b"), read("a,,b\n1,2,3\n").names());
    Table index = resource("pandas_index.csv");
    assertEquals(List.of("Unnamed: 0", "a", "b", "y"), index.names());
    assertTrue(index.notes().getFirst().contains("--without"), index.notes().toString());
    Schema schema = Schema.learn(index, Preparation.standard().without("Unnamed: 0"));
    assertEquals(List.of("a", "b"), schema.inputNames());
    Schema dup = Schema.learn(resource("dup.csv"), Preparation.standard().without("a.1"));
    assertEquals(List.of("a"), dup.inputNames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,\n1,2,\n3,4,\n",
        "a,b,,\n1,2,,\n3,4,,\n",
        "a,b\n1,2,\n3,4,\n",
        "a,b,\n1,2\n3,4\n"
      })
  void separatorsAtTheEndMakeNoColumn(String text) {
    Table table = read(text);
    assertEquals(List.of("a", "b"), table.names());
    assertEquals(4, table.number(1, 1));
    assertEquals(2, read("1,2,\n3,4,\n").names().size());
  }

  @Test
  void whatLooksLikeASeparatorAtTheEndMayBeMore() {
    assertEquals(3, read("a,b,\n1,2,\n3,4,5\n").names().size());
    assertEquals(3, read("a,b,c\n1,2,\n3,4,\n").names().size());
    assertThrows(DataException.class, () -> read("a,b\n1,2,\n3,4\n"));
    assertThrows(DataException.class, () -> read("a,b\n1,2\n3,4,\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\r\n", "SEP=;\n", "\"sep=;\"\n"})
  void theFirstLineOfSpreadsheetsTellsTheSeparator(String line) {
    Table table = read(line + "a,b;c\n1,5;2\n2,5;3\n");
    assertEquals(List.of("a,b", "c"), table.names());
    assertEquals(3, table.line(0));
    assertEquals(1.5, table.number(0, 0));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8,efbbbf", "UTF-16LE,fffe", "UTF-16BE,feff"})
  void byteOrderMarksTellTheEncoding(String charset, String mark) {
    byte[] text = "Ort;Größe\nKöln;1,5\nTōkyō 😀;2,25\n".getBytes(Charset.forName(charset));
    byte[] bytes =
        java.util.HexFormat.of().parseHex(mark + java.util.HexFormat.of().formatHex(text));
    for (byte[] each : List.of(bytes, TestFiles.gzip(bytes))) {
      Table table = read(each, CsvOptions.detect());
      assertEquals(List.of("Ort", "Größe"), table.names());
      assertEquals("Tōkyō 😀", table.text(1, 0));
      assertEquals(2.25, table.number(1, 1));
    }
    byte[] told = "sep=;\nx;y\n1;2\n".getBytes(Charset.forName(charset));
    byte[] all = java.util.HexFormat.of().parseHex(mark + java.util.HexFormat.of().formatHex(told));
    assertEquals(List.of("x", "y"), read(all, CsvOptions.detect()).names());
  }

  @Test
  void utf16WithoutAMarkIsRefused() {
    byte[] text = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
    String message =
        assertThrows(DataException.class, () -> read(text, CsvOptions.detect())).getMessage();
    assertTrue(message.contains("save it as CSV in UTF-8"), message);
  }

  @Test
  void joinedNamesStayDistinct() {
    Table left = read("a,b\n1,2\n");
    assertEquals(List.of("a", "b", "a.1"), left.join(read("a\n5\n")).names());
  }
}
