package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is held to which instructions, and how the table says so. */
class IsaTest {

  private static final Map<String, String> HELD =
      Map.of(
          "MKL_ENABLE_INSTRUCTIONS", "AVX2",
          "OPENBLAS_CORETYPE", "Zen",
          "ATEN_CPU_CAPABILITY", "avx2",
          "DNNL_MAX_CPU_ISA", "AVX2");

  @Test
  void everySideIsMarked() {
    for (String side : List.of("lamella", "lamella (old)", "lamella-scalar", "netlib")) {
      assertEquals("-XX:UseAVX=2", Isa.AVX2.held(side, HELD), side);
    }
    assertEquals("MKL_ENABLE_INSTRUCTIONS=AVX2", Isa.AVX2.held("mkl", HELD));
    assertEquals("OPENBLAS_CORETYPE=Zen", Isa.AVX2.held("openblas", HELD));
    assertEquals(
        "ATEN_CPU_CAPABILITY=avx2 DNNL_MAX_CPU_ISA=AVX2 MKL_ENABLE_INSTRUCTIONS=AVX2",
        Isa.AVX2.held("djl", HELD));
    assertEquals(Isa.NOT_HELD, Isa.AVX2.held("onnxruntime", HELD));
    assertEquals("", Isa.NATIVE.held("onnxruntime", HELD), "nobody is");
    assertEquals("; not held", Isa.words(Isa.NOT_HELD));
    assertEquals("; held by -XX:UseAVX=2", Isa.words("-XX:UseAVX=2"));
    assertEquals("", Isa.words(""));
  }

  @Test
  void flagsHoldEveryJvm() {
    assertEquals(List.of("-XX:UseAVX=2"), Isa.AVX2.flags());
    assertEquals(List.of(), Isa.NATIVE.flags());
  }

  @Test
  void aMissingVariableIsSaid() {
    Isa.AVX2.require("amd64", HELD);
    Isa.NATIVE.require("aarch64", Map.of());
    Map<String, String> missing = new HashMap<>(HELD);
    missing.put("OPENBLAS_CORETYPE", "SkylakeX");
    assertEquals(
        "--isa avx2 wants OPENBLAS_CORETYPE=Haswell or Zen in the environment, which has SkylakeX:"
            + " start with bin/bench, which sets it.",
        assertThrows(IllegalStateException.class, () -> Isa.AVX2.require("amd64", missing))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Isa.AVX2.require("aarch64", HELD))
            .getMessage()
            .contains("this is aarch64"));
  }

  @Test
  void sidesOfNoUseAreSkipped() {
    Cost large = new Cost(Cost.Unit.GFLOPS, 1, 2.0 * 2048 * 2048 * 2048, 1);
    Cost small = new Cost(Cost.Unit.GFLOPS, 1, 1000, 1);
    assertTrue(Scenario.skip("netlib", large, 1).contains("takes seconds"));
    assertEquals("it has one thread", Scenario.skip("netlib", small, 2));
    assertEquals("", Scenario.skip("netlib", small, 1));
    assertEquals("", Scenario.skip("mkl", large, 2));
  }
}
