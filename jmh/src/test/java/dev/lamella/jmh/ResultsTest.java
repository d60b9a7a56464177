package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of all figures, and the bytes it tells. */
class ResultsTest {

  private static final Limits LIMITS =
      new Limits(100, new TreeMap<>(Map.of(24, 400.0, 262_144, 10.0)), 1, 8);

  private static Results results(Path file) {
    return new Results(
        file,
        Options.parse(List.of("--quick", "--isa", "avx2")),
        new Machine("Some CPU, \"fast\"", 2, "A JVM 25"),
        Instant.parse("2030-01-02T03:04:05Z"),
        LIMITS);
  }

  private static Row row() {
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    nanos.put("lamella", List.of(20.0, 25.0, 40.0));
    nanos.put("mkl", List.of(50.0));
    Cost cost = new Cost(Cost.Unit.GFLOPS, 1000, 1000, 0);
    return Row.of("sgemm NN 1x1x1", cost, nanos, Set.of(), LIMITS, "");
  }

  @Test
  void eachSideOfAWorkIsALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new").resolve("results.csv");
    Results results = results(file);
    results.check();
    results.append(row(), "lamella", new Results.Side("0.1 abc", "-XX:UseAVX=2", 16));
    results.append(row(), "mkl", new Results.Side("MKL, \"1\"", "M=AVX2", Double.NaN));
    results.check();
    List<NamedCsvRecord> lines;
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      lines = reader.stream().toList();
    }
    assertEquals(2, lines.size());
    assertEquals(Results.HEADER, lines.getFirst().getHeader());
    assertEquals(
        List.of(
            "2030-01-02T03:04:05Z",
            "Some CPU, \"fast\"",
            "2",
            "A JVM 25",
            "avx2",
            "true",
            "1",
            "100.00",
            "sgemm NN 1x1x1",
            "lamella",
            "0.1 abc",
            "-XX:UseAVX=2",
            "3",
            "40.000",
            "25.000",
            "50.000",
            "0.31250",
            "GFLOP/s",
            "2.0000",
            "0.40000",
            "0.40000",
            "16.000"),
        lines.getFirst().getFields());
    assertEquals("MKL, \"1\"", lines.getLast().getField("version"));
    assertEquals("0.50000", lines.getLast().getField("ratio_to_best_other"));
    assertEquals("", lines.getLast().getField("bytes_allocated"));
  }

  @Test
  void anotherFileIsLeftAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "a,b\n1,2\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> results(file).check()).getMessage();
    assertTrue(message.contains("has the columns [a, b], not [date, cpu"), message);
    assertEquals("a,b\n1,2\n", Files.readString(file));
  }

  @Test
  void allocationIsThatOfTheWorkAlone() {
    assertEquals(0, Allocation.perRun(new Allocating(0)), 1);
    assertEquals(1016, Allocation.perRun(new Allocating(1000)), 1);
  }

  /** Makes an array of some bytes, which have a header of 16 more. */
  private static final class Allocating implements Work {
    private final int bytes;
    private byte[] last = {};

    Allocating(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public void run() {
      if (bytes > 0) {
        last = new byte[bytes];
      }
    }

    @Override
    public float[] result() {
      return new float[last.length];
    }
  }
}
