package dev.lamella.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.Lamella;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kernels compute: decided from facts, so that each case can be told here. */
class VectorSupportTest {

  private static VectorSupport.Facts facts(
      String kernels, String lanesAsked, int lanes, String mode, String processor, boolean fma) {
    return new VectorSupport.Facts(
        kernels,
        lanesAsked,
        true,
        () -> lanes,
        mode,
        "OpenJDK 64-Bit Server VM",
        processor,
        () -> fma);
  }

  private static String objection(int lanes, String processor) {
    return VectorSupport.objection(facts("", "", lanes, "mixed mode", processor, true));
  }

  @ParameterizedTest
  @CsvSource({"8, amd64", "16, amd64", "8, x86_64", "4, aarch64", "8, aarch64", "16, riscv64"})
  void widthsThatTheKernelsKnowAreTaken(int lanes, String processor) {
    assertEquals("", objection(lanes, processor));
  }

  @ParameterizedTest
  @CsvSource({
    "1, amd64",
    "2, amd64",
    "2, aarch64",
    "2, riscv64",
    "3, s390x",
    "12, aarch64",
    "32, aarch64"
  })
  void everyOtherWidthIsRefusedOnEveryProcessor(int lanes, String processor) {
    assertEquals(
        "vectors have "
            + lanes
            + (lanes == 1 ? " lane" : " lanes")
            + " here, but the kernels compute with 4, 8 or 16; leave out -XX:MaxVectorSize",
        objection(lanes, processor));
    // Who asks for vectors gets the right numbers too.
    assertEquals(
        objection(lanes, processor),
        VectorSupport.objection(facts("vector", "", lanes, "mixed mode", processor, true)));
  }

  @Test
  void slowMachinesComputeWithoutVectorsUnlessAsked() {
    assertTrue(objection(4, "amd64").contains("the kernels want 256 (AVX2)"));
    assertEquals(
        "java runs in interpreted mode; leave out -Xint",
        VectorSupport.objection(facts("", "", 8, "interpreted mode", "amd64", true)));
    assertTrue(
        VectorSupport.objection(facts("", "", 8, "mixed mode", "amd64", false))
            .contains("leave out -XX:-UseFMA"));
    assertEquals("", VectorSupport.objection(facts("vector", "", 4, "mixed mode", "amd64", false)));
    assertEquals("", VectorSupport.objection(facts("", "4", 4, "mixed mode", "amd64", true)));
  }

  @Test
  void withoutTheModuleNothingIsAskedOfIt() {
    VectorSupport.Facts absent =
        new VectorSupport.Facts(
            "vector",
            "",
            false,
            () -> {
              throw new AssertionError("a vector class would be linked");
            },
            "",
            "",
            "",
            () -> true);
    assertEquals(
        "the module jdk.incubator.vector is not there; start java with --add-modules"
            + " jdk.incubator.vector",
        VectorSupport.objection(absent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "7", "32", "-8", "eight", " 8"})
  void aWidthThatNoVectorHasIsTold(String lanes) {
    assertEquals(
        "-Dlamella.lanes is \""
            + lanes
            + "\", but a vector has 4, 8 or 16 lanes; give one of these or leave it out",
        assertThrows(
                IllegalArgumentException.class,
                () -> VectorSupport.objection(facts("", lanes, 8, "mixed mode", "amd64", true)))
            .getMessage());
  }

  /** A virtual machine with vectors of two floats reports that it computes without them. */
  @Test
  void twoLanesFallBackToTheScalarKernels() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:MaxVectorSize=8",
                "-cp",
                System.getProperty("java.class.path"),
                Report.class.getName())
            .redirectErrorStream(true)
            .start();
    String report = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), report);
    assertTrue(report.contains("Kernels     scalar\n"), report);
    assertTrue(report.contains("vectors have 2 lanes here"), report);
  }

  /** What the child prints. */
  static final class Report {
    private Report() {}

    public static void main(String[] args) {
      System.out.print(Lamella.report());
    }
  }
}
