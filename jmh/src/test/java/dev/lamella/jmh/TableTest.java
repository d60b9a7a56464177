package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table's arithmetic: medians, ratios, limits. */
class TableTest {

  private static final Limits LIMITS =
      new Limits(
          100, new TreeMap<>(Map.of(24, 400.0, 512, 100.0, 8192, 50.0, 262_144, 10.0)), 1, 8);

  private static Row row(Cost cost, Map<String, List<Double>> nanos) {
    return Row.of("sgemm NN 1x1x1", cost, nanos, Set.of(), LIMITS, "note");
  }

  @Test
  void ratioIsSpeedOverTheFastestOther() {
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    nanos.put("lamella", List.of(30.0, 20.0, 25.0));
    nanos.put("lamella-scalar", List.of(1.0));
    nanos.put("mkl", List.of(50.0, 60.0));
    nanos.put("openblas", List.of(100.0));
    Row more = row(new Cost(Cost.Unit.GFLOPS, 1000, 1000, 0), nanos);
    assertEquals("mkl", more.best());
    assertEquals(40, more.ours(), 1e-9);
    assertEquals(2.2, more.ratio(), 1e-9);
    assertEquals((50 - 100 / 3.0) / 2 / 40, more.spread("lamella"), 1e-9);
    assertEquals(0.4, more.ofLimit("lamella"), 1e-9);
    Row less = row(new Cost(Cost.Unit.MICROSECONDS, 1, 1000, 0), nanos);
    assertEquals(2.2, less.ratio(), 1e-9);
    assertEquals(0.4, less.ofLimit("lamella"), 1e-9);
    assertEquals(0.25, less.ratio("openblas"), 1e-9, "beside ours, but no variant of it");
    assertEquals(25.0 / 55, less.ratio("mkl"), 1e-9);
  }

  @Test
  void onlyTheSameInstructionsAreCompared() {
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    nanos.put("lamella", List.of(20.0));
    nanos.put("lamella (old)", List.of(30.0));
    nanos.put("onnxruntime", List.of(10.0));
    nanos.put("mkl", List.of(40.0));
    Cost cost = new Cost(Cost.Unit.ROWS, 1, 1000, 0);
    Row row = Row.of("predict 1-1 b1", cost, nanos, Set.of("onnxruntime"), LIMITS, "");
    assertEquals("mkl", row.best());
    assertEquals(2, row.ratio(), 1e-9);
    assertEquals(1.5, row.overOld(), 1e-9);
    Table table = new Table();
    table.add(row);
    String text = table.write(Table.Format.MARKDOWN);
    assertTrue(text.contains("onnxruntime (not held) | mkl | new / old | ours / best"), text);
    assertTrue(table.summary().startsWith("predict: new / old 1.50 (geometric"), table.summary());
  }

  @Test
  void limitsAreReadFromTheJvmThatMeasuresThem() {
    Limits limits =
        Limits.parse("lanes 0 8\nfma 24 107.5\nsomething else\nread 24 120\nread 512 90", 1);
    assertEquals(107.5, limits.peak());
    assertEquals(8, limits.lanes());
    assertEquals(new TreeMap<>(Map.of(24, 120.0, 512, 90.0)), limits.reads());
  }

  @Test
  void aLimitIsOperationsOrBytes() {
    assertEquals(10, LIMITS.nanos(new Cost(Cost.Unit.GFLOPS, 1, 1000, 100)), 1e-9);
    assertEquals(1000, LIMITS.nanos(new Cost(Cost.Unit.GFLOPS, 1, 10, 100_000)), 1e-9);
    assertEquals(1e8, LIMITS.nanos(new Cost(Cost.Unit.GFLOPS, 1, 10, 1e9)), 1e-3);
  }

  @Test
  void everyFormatHasALineForEachWork() {
    Table table = new Table();
    Map<String, List<Double>> nanos = Map.of("lamella", List.of(20.0));
    table.add(row(new Cost(Cost.Unit.GFLOPS, 1000, 1000, 0), nanos));
    for (Table.Format format : Table.Format.values()) {
      String text = table.write(format);
      assertEquals(format == Table.Format.MARKDOWN ? 3 : 2, text.lines().count(), text);
      assertTrue(text.contains("sgemm NN 1x1x1"), text);
    }
    assertEquals("", table.summary());
  }

  @Test
  void otherResultsAreNotTimed() {
    float[] ours = {1, 2, 3};
    Numbers.requireSame("it", "ours", ours, new float[] {1, 2, 3.0001f});
    assertThrows(
        IllegalStateException.class,
        () -> Numbers.requireSame("it", "ours", ours, new float[] {1, 2, 3.01f}));
    assertThrows(
        IllegalStateException.class,
        () -> Numbers.requireSame("it", "ours", ours, new float[] {1, 2, Float.NaN}));
  }
}
