package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LamellaTest {
  @Test
  void theBuildFillsInTheVersion() {
    assertTrue(Lamella.version().matches("\\d+\\.\\d+\\.\\d+.*"), Lamella.version());
  }

  @Test
  @Tag("kernels")
  void theReportNamesTheKernelsAndWhy() {
    boolean moduleThere = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String asked = System.getProperty("lamella.kernels", "");
    String lanes = System.getProperty("lamella.lanes", "");

    String report = Lamella.report();

    assertTrue(report.startsWith("Lamella     " + Lamella.version() + "\n"), report);
    if (!moduleThere) {
      assertTrue(report.contains("Kernels     scalar\n"), report);
      assertTrue(report.contains("start java with --add-modules jdk.incubator.vector\n"), report);
    } else if (asked.equals("scalar")) {
      assertTrue(report.contains("Kernels     scalar\n"), report);
      assertTrue(report.contains("because     -Dlamella.kernels=scalar asks for it\n"), report);
    } else if (!lanes.isEmpty()) {
      assertTrue(report.contains("vector, " + lanes + " lanes"), report);
    }
    assertTrue(report.contains("\nFamilies    matMul "), report);
    for (String family :
        "matMul pack gemm matVec elementwise reduce losses update convert".split(" ")) {
      assertTrue(report.matches("(?s).*[ ,]" + family + " (vector|scalar)[,\n].*"), report);
    }
    assertTrue(report.endsWith("\n"), report);
  }

  @Test
  void warnsOfTheJavaThatMovesPinnedArrays() {
    assertEquals(
        "Java 25.0.2 can move arrays that must stay in place under the G1 collector (JDK-8377811);"
            + " update to 25.0.3 or later",
        Lamella.warning(Runtime.Version.parse("25.0.2+10")));
    assertFalse(Lamella.warning(Runtime.Version.parse("25+36")).isEmpty());
    assertEquals("", Lamella.warning(Runtime.Version.parse("25.0.3+9-LTS")));
    assertEquals("", Lamella.warning(Runtime.Version.parse("26+35")));
  }
}
