package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the help advises works as it stands there. */
class HelpTest {
  @TempDir private Path folder;

  @BeforeEach
  void data() throws Exception {
    Path kinds = Samples.kinds(folder);
    Files.copy(kinds, folder.resolve("iris.csv"));
    Files.move(kinds, folder.resolve("new.csv"));
    Samples.houses(folder);
  }

  /** The examples of a command's help, continued lines joined, files in the folder. */
  private List<Object[]> examples(String command) {
    String help = Cli.run(command, "--help").ok().out().replaceAll("\\\\\\R *", " ");
    List<Object[]> examples = new ArrayList<>();
    for (String line : help.lines().filter(each -> each.startsWith("  lamella ")).toList()) {
      List<Object> words = new ArrayList<>();
      for (String word : line.strip().substring("lamella ".length()).split(" +")) {
        boolean file = word.matches("\\w+[.](csv|npy|safetensors)");
        words.add(file ? folder.resolve(word) : word);
      }
      examples.add(words.toArray());
    }
    return examples;
  }

  @Test
  void everyExampleRuns() {
    int count = 0;
    for (String command : List.of("train", "predict", "evaluate")) { // each needs those before it
      for (Object[] example : examples(command)) {
        Cli.run(example).ok();
        count++;
      }
    }
    assertEquals(4, count);
    assertTrue(Files.exists(folder.resolve("answers.csv")));
  }

  /** A word that was perhaps meant is one that is understood. */
  @Test
  void suggestionsAreUnderstood() {
    Path data = folder.resolve("houses.csv");
    Path model = folder.resolve("m.safetensors");
    for (String[] slip :
        new String[][] {
          {"--loss", "hubr"},
          {"--metrics", "mea"},
          {"--optimizer", "adma"},
          {"--optimizer", "sgd:momentun=0.5"}
        }) {
      List<Object> words =
          new ArrayList<>(List.of("train", data, "--layers", "1", "--epochs", "1"));
      words.addAll(List.of("--target", "price", "--model", model, slip[0], slip[1]));
      Cli refused = Cli.run(words.toArray());
      assertEquals(2, refused.code(), refused.toString());
      String meant = refused.err().replaceAll("(?s).*did you mean (\\w+)[?].*", "$1");
      words.set(words.size() - 1, slip[1].contains(":") ? "sgd:" + meant + "=0.5" : meant);
      Cli.run(words.toArray()).ok();
    }
  }
}
