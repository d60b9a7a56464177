package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static Table read(String text) {
    return Csv.read(TestFiles.write("t.csv", text), CsvOptions.detect());
  }

  private static List<List<String>> cells(Table table) {
    List<List<String>> cells = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> line = new ArrayList<>();
      for (int c = 0; c < table.names().size(); c++) {
        line.add(table.text(row, c));
      }
      cells.add(line);
    }
    return cells;
  }

  private static void assertRefused(String message, byte[] content, CsvOptions options) {
    Path file = TestFiles.write("t.csv", content);
    TestFiles.assertMessage(DataException.class, message, file, () -> Csv.read(file, options));
  }

  private static void assertRefused(String message, String content) {
    assertRefused(message, content.getBytes(StandardCharsets.UTF_8), CsvOptions.detect());
  }

  @Test
  void namesAreSeenInTheFirstLine() {
    Table table = read("age,color\n17, red \n4.5e1,\"dark \"\"blue\"\",\nor so\"\n\n-3,red\n");
    assertTrue(table.isNamed());
    assertEquals(List.of("age", "color"), table.names());
    assertEquals(
        List.of(
            List.of("17", "red"), List.of("4.5e1", "dark \"blue\",\nor so"), List.of("-3", "red")),
        cells(table));
    assertTrue(table.isNumber(0));
    assertFalse(table.isNumber(1));
    assertEquals(45, table.number(1, 0));
    assertEquals(Double.NaN, table.number(1, 1));
    assertEquals(List.of(2, 3, 6), List.of(table.line(0), table.line(1), table.line(2)));
    assertTrue(table.toString().endsWith("t.csv: 3 rows of 2 columns"));
  }

  @Test
  void aFirstLineWithNumbersIsARow() {
    Table table = read("5.1,red\n6,blue\n");
    assertFalse(table.isNamed());
    assertEquals(List.of("0", "1"), table.names());
    assertEquals(2, table.rows());
    assertEquals(1, table.line(0));
  }

  @Test
  void optionsOverrideWhatIsSeen() {
    Path file = TestFiles.write("t.csv", "a;b\nc;d\n");
    assertEquals(1, Csv.read(file, CsvOptions.detect()).rows());
    Table rows = Csv.read(file, CsvOptions.detect().withHeader(false));
    assertEquals(List.of(List.of("a", "b"), List.of("c", "d")), cells(rows));
    Table commas = Csv.read(file, CsvOptions.detect().withSeparator(','));
    assertEquals(List.of("a;b"), commas.names());
    Path numbers = TestFiles.write("t.csv", "1,2\n3,4\n");
    assertEquals(
        List.of("1", "2"), Csv.read(numbers, CsvOptions.detect().withHeader(true)).names());
    assertFalse(Csv.read(numbers, CsvOptions.detect().withText("1")).isNumber(1));
    assertRefused(
        "t.csv has no column \"zip\" that could be read as text",
        "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8),
        CsvOptions.detect().withText("zip"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|", " "})
  void separatorsAreSeen(String separator) {
    Table table = read("x#y#z\n1#2#3\n\"a,b;c|d e\"#5#6\n".replace("#", separator));
    assertEquals(List.of("x", "y", "z"), table.names());
    assertEquals("a,b;c|d e", table.text(1, 0));
  }

  @Test
  void aSeparatorIsSeenDespiteABrokenLine() {
    assertRefused(
        "t.csv:4 has 2 cells, but the lines before have 3; is a separator missing, or a quote not closed?",
        "x;y;z\n1;2;3\n4;5;6\n7;8\n9;1;2\n");
  }

  @Test
  void aSemicolonComesBeforeACommaThatMayBeTheDecimalSign() {
    assertEquals(List.of(List.of("1,5", "2,5")), cells(read("x;y\n1,5;2,5\n")));
  }

  @Test
  void aColumnAloneNeedsNoSeparator() {
    assertEquals(List.of(List.of("1.5"), List.of("2e3")), cells(read("1.5\r\n2e3\r\n")));
  }

  @Test
  void aByteOrderMarkAndGzipAreTakenOff() {
    byte[] text = "\ufeffname,x\nÄpfel,1\n".getBytes(StandardCharsets.UTF_8);
    Table table =
        Csv.read(new ByteArrayInputStream(TestFiles.gzip(text)), "t", CsvOptions.detect());
    assertEquals(List.of("name", "x"), table.names());
    assertEquals("Äpfel", table.text(0, 0));
    assertEquals("t", table.source());
  }

  @Test
  void theFirstLineOfScikitLearnIsRecognized() {
    Table iris = Csv.read(TestFiles.resource("data/iris.csv"), CsvOptions.detect());
    assertEquals(150, iris.rows());
    assertEquals(List.of("0", "1", "2", "3", "4"), iris.names());
    assertEquals(List.of("setosa", "versicolor", "virginica"), iris.classNames());
    assertEquals(2, iris.line(0));
    assertEquals(
        569, Csv.read(TestFiles.resource("data/breast_cancer.csv"), CsvOptions.detect()).rows());
    assertRefused(
        "t.csv says 3 rows in its first line, but has 2; copy the file again",
        "3,2,yes,no\n1,2,0\n3,4,1\n");
    // Not so if the second line belies it.
    assertEquals(2, read("3,1,yes,no\n1,2,a,b\n").rows());
  }

  @Test
  void whatIsNoTableIsNamed() {
    assertRefused("t.csv is empty; give a file with rows", "");
    assertRefused("t.csv is empty; give a file with rows", "\n\n");
    assertRefused("t.csv is empty; give a file with rows", "\"sep=;");
    assertRefused("t.csv has a first line but no rows; add at least one", "a,b\n");
    assertRefused(
        "t.csv:3 has 1 cells, but the lines before have 2; is a separator missing, or a quote not closed?",
        "a,b\n1,2\n3\n");
    assertRefused(
        "t.csv is not text in UTF-8; save it in that encoding",
        "a,b\nM\u00fcller,1\n".getBytes(StandardCharsets.ISO_8859_1),
        CsvOptions.detect());
    assertRefused(
        "t.csv is not a table in text: it has zero bytes; save it as CSV in UTF-8",
        "a,b\n\u0000,1\n");
    assertRefused(
        "t.csv:2 has 3 cells, but the lines before have 2; is a separator missing, or a quote not closed?",
        "a,b\n1,2,3\n");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = TestFiles.newFolder().resolve("t.csv");
    TestFiles.assertMessage(
        DataException.class,
        "t.csv does not exist",
        missing,
        () -> Csv.read(missing, CsvOptions.detect()));
    Path folder = missing.getParent();
    TestFiles.assertMessage(
        DataException.class,
        folder.getFileName() + " is a folder; give the name of a file",
        folder,
        () -> Csv.read(folder, CsvOptions.detect()));
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cell = Arbitraries.strings().withChars("ab\",;\n \t|é1.-").ofMaxLength(6);
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(columns -> cell.list().ofSize(columns).list().ofMinSize(1).ofMaxSize(20));
  }

  @Property(tries = 300)
  void everyQuotedTableComesBack(@ForAll("tables") List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      List<String> quoted =
          row.stream().map(cell -> '"' + cell.replace("\"", "\"\"") + '"').toList();
      text.append(String.join(",", quoted)).append("\r\n");
    }
    Path file = TestFiles.write("t.csv", text.toString());
    Table table = Csv.read(file, CsvOptions.detect().withHeader(false).withSeparator(','));
    List<List<String>> stripped =
        rows.stream().map(row -> row.stream().map(String::strip).toList()).toList();
    int width = stripped.getFirst().size(); // columns of nothing at the end are none
    while (width > 1 && hasNothing(stripped, width - 1)) {
      width--;
    }
    int columns = width;
    assertEquals(stripped.stream().map(row -> row.subList(0, columns)).toList(), cells(table));
  }

  private static boolean hasNothing(List<List<String>> rows, int column) {
    return rows.stream().allMatch(row -> row.get(column).isEmpty());
  }

  @Test
  void veryManyNumbersLoseNothing() {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(i == 7000 ? "NA" : i * 0.37).append(",").append(i % 3).append('\n');
    }
    Table table = read(text.toString());
    assertTrue(table.isNumber(0));
    for (int i = 0; i < 10_000; i++) {
      assertEquals(i == 7000 ? Double.NaN : i * 0.37, table.number(i, 0));
    }
    assertEquals("NA", table.text(7000, 0));
    assertEquals("1", table.text(7000, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "+2.5",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "-1.5e+10",
        "00012",
        "1e400",
        "4.9e-324"
      })
  void decimalNumbersAreNumbers(String cell) {
    assertEquals(Double.parseDouble(cell), Cells.number(cell));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".", "1f", "1d", "0x10", "0x1p3", "NaN", "inf", "1e", "e5", "1 000", "1,5", "--1",
        "1.2.3", "٣"
      })
  void nothingElseIsANumber(String cell) {
    assertEquals(Double.NaN, Cells.number(cell));
  }
}
