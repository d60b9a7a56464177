package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.math.Blas;
import dev.lamella.net.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A system property that asks for what there is not is what the user reads about, every time. */
class WrongPropertyTest {
  /** What computes in every way there is, twice. */
  static final class Computing {
    public static void main(String[] args) {
      Network network = Network.builder(2).dense(2).build(1);
      List<Runnable> ways =
          List.of(
              () -> network.predict(new float[][] {{1, 2}}),
              () ->
                  Blas.sgemm(
                      false,
                      false,
                      1,
                      1,
                      1,
                      1,
                      new float[1],
                      0,
                      1,
                      new float[1],
                      0,
                      1,
                      0,
                      new float[1],
                      0,
                      1),
              Kernels::active);
      for (int round = 0; round < 2; round++) {
        for (Runnable way : ways) {
          try {
            way.run();
            System.out.println("computed");
          } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lamella.kernels=foo | -Dlamella.kernels is \"foo\", but it can be scalar or vector; leave it out for the best choice",
        "lamella.lanes=3 | -Dlamella.lanes is \"3\", but a vector has 4, 8 or 16 lanes; give one of these or leave it out"
      })
  void isSaidInItsOwnSentence(String property, String sentence)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + property,
                "-cp",
                System.getProperty("java.class.path"),
                Computing.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), printed);
    assertEquals(Collections.nCopies(6, sentence), printed.lines().toList(), printed);
  }
}
