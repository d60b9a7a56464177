package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Any text at all is a table or refused, in a time that grows as the text does. */
class CsvFuzzTest {
  private static final String[] PIECES = {
    ",",
    ";",
    "\t",
    "|",
    " ",
    "\n",
    "\r\n",
    "\"",
    "a",
    "NA",
    "1",
    "-2.5",
    "1,200",
    "5%",
    "$3",
    "€ 3",
    "(3)",
    "1e5",
    "1e999",
    "sep=;",
    "2019",
    "2020",
    "\ufeff",
    "\0",
    "é",
    "😀",
    "true",
    "TRUE",
    "inf",
    "'",
    "1.250,00",
    "3,5",
    "?",
    "-",
    "10000000000000000000000"
  };

  private static void readLearnAndApply(byte[] bytes) {
    for (Missing policy : new Missing[] {Missing.ERROR, Missing.DROP, Missing.MEDIAN}) {
      try {
        Table table =
            Csv.read(
                new ByteArrayInputStream(bytes), "t.csv", CsvOptions.detect().withMissing(policy));
        assertEquals(table.names().size(), table.names().stream().distinct().count());
        table.notes();
        Schema schema = Schema.learn(table, Preparation.standard());
        Dataset data = schema.apply(table);
        assertTrue(data.rows() <= table.rows());
        schema.applyInputs(table);
      } catch (DataException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> tables() {
    Arbitrary<String> cell = Arbitraries.of(PIECES).filter(piece -> !piece.contains("\n"));
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(columns -> cell.list().ofSize(columns).list().ofMinSize(1).ofMaxSize(8))
        .map(rows ->
            String.join(
                "\n",
                rows.stream()
                    .map(row ->
                        String.join(
                            ";",
                            row.stream().map(c -> '"' + c.replace("\"", "\"\"") + '"').toList()))
                    .toList()));
  }

  @Property(tries = 3000)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    readLearnAndApply(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 2000)
  void anyTableIsLearnedOrRefused(@ForAll("tables") String text) {
    readLearnAndApply(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    readLearnAndApply(bytes);
  }

  /** Eight times the text in far less than 64 times the time, which is what quadratic would be. */
  private static void assertLinear(IntFunction<String> text) {
    byte[] one = text.apply(100_000).getBytes(StandardCharsets.UTF_8);
    byte[] eight = text.apply(800_000).getBytes(StandardCharsets.UTF_8);
    readLearnAndApply(one); // compiled from here on
    long start = System.nanoTime();
    readLearnAndApply(one);
    long once = Math.max(System.nanoTime() - start, 50_000_000);
    assertTimeoutPreemptively(Duration.ofNanos(once * 60), () -> readLearnAndApply(eight));
  }

  @Test
  void longTextsTakeLinearTime() {
    assertLinear(n -> "a,b\n1,2\n" + "1".repeat(n) + "x,2\n");
    assertLinear(n -> "a,b\n1,2\n-" + "1,".repeat(n / 2) + "\n");
    assertLinear(n -> "a,b\n1,2\n\"" + "1,".repeat(n / 2) + "\",2\n");
    assertLinear(n -> "a,b\n\"" + " ".repeat(n) + "\n");
    assertLinear(n -> "\"".repeat(n));
    assertLinear(n -> "a,b\n" + "\"\"\n".repeat(n / 3));
    assertLinear(n -> "a,b,y\n" + "$1,€2,%\n".repeat(n / 8));
    assertLinear(n -> "a" + ",a".repeat(n / 2) + "\n1" + ",2".repeat(n / 2) + "\n");
    assertLinear(n -> ",".repeat(n) + "\n1" + ",2".repeat(n - 1) + ",\n");
    assertLinear(n -> "\n".repeat(n) + "a,b\n1,2\n");
  }

  @Test
  void theCaseOfOneLongCellIsRefusedAtOnce() {
    Table table =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> Csv.read(TestFiles.resource("cases/quadratic.csv"), CsvOptions.detect()));
    assertEquals(3, table.names().size());
  }
}
