package dev.lamella.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line may say, and what comes of it. */
class OptionsTest {

  private static String failure(String... arguments) {
    return assertThrows(
            IllegalArgumentException.class, () -> Options.parse(Arrays.asList(arguments)))
        .getMessage();
  }

  @Test
  void everyOptionIsRead() {
    Options options =
        Options.parse(
            List.of(
                "--peers",
                "--isa",
                "avx2",
                "--threads",
                "2",
                "--rounds",
                "3",
                "sgemm",
                "--csv",
                "some.csv"));
    assertTrue(options.peers());
    assertEquals(Isa.AVX2, options.isa());
    assertEquals(2, options.threads());
    assertEquals(Path.of("some.csv"), options.csv());
    assertEquals(3, options.allRounds());
    assertTrue(options.turn("mkl", 1), "every side has as many as were asked for");
    assertFalse(options.hurries());
  }

  @Test
  void withoutOptionsPeersHaveEverySecondRound() {
    Options options = Options.parse(List.of());
    assertEquals(Isa.NATIVE, options.isa());
    assertNull(options.old());
    assertEquals(5, options.allRounds());
    assertTrue(options.turn("mkl", 2) && options.turn("lamella (old)", 1));
    assertFalse(options.turn("mkl", 1));
    assertTrue(options.csv().endsWith("results.csv"));
  }

  @Test
  void aQuickLookHasPeersOnce() {
    Options options = Options.parse(List.of("--quick"));
    assertTrue(options.hurries());
    assertTrue(options.turn("mkl", 0) && options.turn("lamella", 2));
    assertFalse(options.turn("mkl", 2));
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertEquals("--threads wants a number from 1 to 9999, not 0.", failure("--threads", "0"));
    assertEquals("--isa wants one of native, avx2, not sse.", failure("--isa", "sse"));
    assertEquals("--isa wants avx2 or native, not --quick.", failure("--isa", "--quick"));
    assertEquals("--csv wants a file, not nothing.", failure("--csv"));
    assertTrue(failure("--fast").startsWith("'--fast' is not understood."));
    assertTrue(failure("(").startsWith("'(' is no regular expression"));
    assertTrue(failure("--old", "nowhere").contains("nowhere is neither a jar nor a folder"));
  }

  @Test
  void anOldBuildTakesThePlaceOfOurs(@TempDir Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.createFile(target.resolve("lamella-0.1.0-sources.jar"));
    Path jar = Files.createFile(target.resolve("lamella-0.1.0.jar"));
    assertEquals(jar, OldBuild.find(folder.toString()));
    assertEquals(jar, OldBuild.find(jar.toString()));
    Path lib = Files.createDirectories(folder.resolve("jmh/target/lib"));
    Path ours = Files.createFile(lib.resolve("lamella.jar")).toAbsolutePath().normalize();
    assertEquals(lib.resolve("lamella.jar"), OldBuild.find(folder.toString()));
    assertEquals(
        String.join(File.pathSeparator, "a.jar", jar.toAbsolutePath().toString(), "b.jar"),
        OldBuild.classPath(
            String.join(File.pathSeparator, "a.jar", ours.toString(), "b.jar"), ours, jar));
    assertThrows(IllegalStateException.class, () -> OldBuild.classPath("a.jar", ours, jar));
    assertEquals("lamella-0.1.0.jar", Machine.version(jar));
  }
}
