package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table's arithmetic: medians, ratios, limits; what the command line may say. */
class TableTest {

  private static final Limits LIMITS =
      new Limits(100, new TreeMap<>(Map.of(24, 400.0, 512, 100.0, 8192, 50.0, 262_144, 10.0)), 1);

  private static Row row(Cost cost, Map<String, List<Double>> nanos) {
    return Row.of("sgemm NN 1x1x1", cost, nanos, LIMITS.nanos(cost), "note");
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
    assertEquals(0.2, more.spread(), 1e-9);
    assertEquals(0.4, more.ofLimit(), 1e-9);
    Row less = row(new Cost(Cost.Unit.MICROSECONDS, 1, 1000, 0), nanos);
    assertEquals(2.2, less.ratio(), 1e-9);
    assertEquals(0.4, less.ofLimit(), 1e-9);
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
  void optionsAreRead() {
    Options options =
        Options.parse(List.of("--peers", "--threads", "2", "--forks", "3", "sgemm", "--csv"));
    assertTrue(options.peers());
    assertEquals(2, options.threads());
    assertEquals(3, options.forks());
    assertEquals(Table.Format.CSV, options.format());
    assertTrue(options.turn("mkl", 2) && options.turn("lamella", 1) && !options.turn("mkl", 1));
    assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--threads", "0")));
    assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--fast")));
    assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("(")));
  }

  @Test
  void otherResultsAreNotTimed() {
    float[] ours = {1, 2, 3};
    Numbers.requireSame("it", ours, new float[] {1, 2, 3.0001f});
    assertThrows(
        IllegalStateException.class,
        () -> Numbers.requireSame("it", ours, new float[] {1, 2, 3.01f}));
    assertThrows(
        IllegalStateException.class,
        () -> Numbers.requireSame("it", ours, new float[] {1, 2, Float.NaN}));
  }
}
