package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;

/** A user's module needs {@code requires dev.lamella} and the two libraries, nothing else. */
class ModuleTest {
  private static final String SOURCE =
      """
      package shop;

      import dev.lamella.data.DataException;
      import dev.lamella.data.Dataset;
      import dev.lamella.data.Feature;
      import dev.lamella.data.Schema;
      import dev.lamella.data.Target;
      import dev.lamella.net.Activation;
      import dev.lamella.net.Network;
      import dev.lamella.net.Predictor;
      import dev.lamella.train.Adam;
      import dev.lamella.train.Callback;
      import dev.lamella.train.Epoch;
      import dev.lamella.train.Loss;
      import dev.lamella.train.Trainer;
      import dev.lamella.train.Training;
      import java.util.List;

      class Main {
        static class Quiet implements Callback {
          @Override
          public void epochEnded(Training training, Epoch epoch) {}
        }

        private record Point(double x) {}

        public static void main(String[] args) {
          Dataset data = Dataset.of(new float[] {0, 1, 2}, new float[] {1, 3, 5});
          Network blank = Network.builder(1).dense(4, Activation.RELU).dense(1).build(1);
          Network network =
              Trainer.of(blank, Loss.MSE, Adam.of(0.01)).callbacks(new Quiet()).fit(data).network();
          if (network.equals(null) || data.schema() != null) {
            throw new AssertionError();
          }
          Schema schema =
              Schema.ofColumns(
                  List.of(new Feature.Numeric("x", 0, 1)), 0, Target.numbers("y", 1));
          try {
            schema.rowEncoder().set(new Point(1));
            System.out.println("the record is read");
          } catch (DataException e) {
            System.out.println(e.getMessage());
          }
          try (Predictor predictor = network.predictor()) {
            System.out.println(predictor.predict(new float[] {1}).length + " answer");
          }
        }
      }
      """;

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void requiresDevLamellaIsEnough(@TempDir Path folder)
      throws IOException, URISyntaxException, InterruptedException {
    Path info = folder.resolve("module-info.java");
    Path main = Files.createDirectory(folder.resolve("shop")).resolve("Main.java");
    Files.writeString(info, "module shop {\n  requires dev.lamella;\n}\n");
    Files.writeString(main, SOURCE);
    String modules =
        Stream.of(home(Lamella.class), home(JsonParser.class), home(CsvReader.class))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path classes = folder.resolve("classes");

    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "-Xlint:all,-incubating",
                "-Werror",
                "--module-path",
                modules,
                "-d",
                classes.toString(),
                info.toString(),
                main.toString());
    assertEquals(0, code, said::toString);

    String path = modules + File.pathSeparator + classes;
    String printed = run(path, "--add-modules", "jdk.incubator.vector");
    assertTrue(printed.contains("1 answer"), printed);
    String refused =
        "record shop.Main$Point may not be read from here; make it public in an exported package, open its package to dev.lamella, or give a map\n";
    assertTrue(printed.contains(refused), printed);
    printed = run(path, "--add-opens", "shop/shop=dev.lamella");
    assertTrue(printed.contains("the record is read"), printed);
  }

  private static String run(String path, String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--module-path", path));
    command.addAll(List.of(flags));
    command.addAll(List.of("--module", "shop/shop.Main"));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), printed);
    return printed;
  }

  /** Nothing in an exported package shows a type of a hidden one. */
  @Test
  void whatIsHiddenStaysHidden() {
    assertEquals(List.of(), PublicApi.hiddenTypes());
  }
}
