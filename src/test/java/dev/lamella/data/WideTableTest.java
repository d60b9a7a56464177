package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A million columns, of which each is small. */
class WideTableTest {
  private static final int COLUMNS = 1_000_000;

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aMillionColumnsTakeAFewTimesTheirBytes() {
    byte[] text =
        ("0.25" + ",0.25".repeat(COLUMNS - 1) + "\n").repeat(8).getBytes(StandardCharsets.UTF_8);
    long before = used();
    Table table = Csv.read(new ByteArrayInputStream(text), "wide.csv", CsvOptions.detect());
    long taken = used() - before;
    assertEquals(COLUMNS, table.names().size());
    assertEquals(8, table.rows());
    assertEquals(0.25, table.number(7, COLUMNS - 1));
    assertTrue(taken < 8L * text.length, taken + " bytes for " + text.length);
  }

  @Test
  void aMillionEmptyColumnsAreSmall() {
    byte[] text = (",".repeat(COLUMNS) + "\n").getBytes(StandardCharsets.UTF_8);
    long before = used();
    CsvOptions rows = CsvOptions.detect().withHeader(false);
    Table table = Csv.read(new ByteArrayInputStream(text), "wide.csv", rows);
    assertTrue(used() - before < 400L * COLUMNS, "too much memory");
    assertEquals(1, table.rows());
  }
}
