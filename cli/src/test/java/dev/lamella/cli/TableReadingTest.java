package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a table is read, decided and said on the command line, and remembered by the model. */
class TableReadingTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void theModelIsNew() {
    model = folder.resolve("m.safetensors");
  }

  private Path write(String text) {
    return Samples.write(folder.resolve("t.csv"), text);
  }

  private Cli train(Path data, Object... more) {
    Object[] words = new Object[more.length + 8];
    System.arraycopy(
        new Object[] {"train", data, "--layers", "1", "--model", model, "--epochs", "1"},
        0,
        words,
        0,
        8);
    System.arraycopy(more, 0, words, 8, more.length);
    return Cli.run(words);
  }

  private Cli predict(String text) {
    return Cli.run("predict", model, Samples.write(folder.resolve("new.csv"), text));
  }

  /** A model goes on with words that it has not seen, if it is told to, and says so afterwards. */
  @Test
  void unknownWordsAreAllowedWhereATrainingGoesOn() {
    train(write("w,y\nred,1\nblue,2\nred,3\n")).ok();
    Path more = write("w,y\nred,1\ngreen,2\nblue,3\n");
    Cli refused = Cli.run("train", more, "--init", model, "--model", model);
    assertTrue(refused.err().contains("--allow-unknown"), refused.err());
    Cli.run("train", more, "--init", model, "--model", model, "--allow-unknown").ok();
    assertTrue(Cli.run("inspect", model).ok().out().contains("unknown   words count as no word"));
    predict("w\ngreen\n").ok();
  }

  /** No advice names an option that the command does not have. */
  @Test
  void onlyTrainIsToldOfItsOptions() {
    train(write("a,y\n1,1\n2,2\n3,3\n")).ok();
    Cli refused = predict("a\n1%\n2%\n7\n");
    assertEquals(1, refused.code());
    assertFalse(refused.err().contains("--"), refused.err());
    Cli learning = train(write("a,y\n1%,1\n2%,2\n7,3\n"));
    assertTrue(learning.err().contains("--text \"a\""), learning.err());
    train(write("a,y\n1%,1\n2%,2\n7,3\n"), "--text", "a").ok();
    train(write("a,b,y\n1%,1,1\n2%,2,2\n7,3,3\n"), "--without", "a").ok();
  }

  /** A softmax over a column of numbers makes a class of each, which is not passed over. */
  @Test
  void aClassForEveryRowIsSaid() {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int r = 0; r < 30; r++) {
      text.append(r).append(',').append(100 * r).append('\n');
    }
    Path data = write(text.toString());
    Cli classes =
        Cli.run("train", data, "--layers", "30:softmax", "--epochs", "1", "--model", model);
    String said = classes.ok().err();
    assertTrue(said.contains("30 different values in 30 rows"), said);
    assertTrue(said.contains("end --layers with 1"), said);
    assertFalse(train(data).ok().err().contains("different values"));
    Path names = write(text.toString().replaceAll("(?m),(\\d)", ",id$1"));
    said =
        Cli.run("train", names, "--layers", "30:softmax", "--epochs", "1", "--model", model)
            .ok()
            .err();
    assertTrue(said.contains("learn another column"), said);
  }

  @Test
  void missingCellsAreRefusedWithAWayOutThatWorks() {
    Path data = write("a,w,y\n1,red,1\nNA,blue,2\n3,?,3\n4,red,\n");
    Cli refused = train(data);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("3 missing cells in 3 of 4 rows"), refused.err());
    assertFalse(Files.exists(model));
    for (String policy : List.of("mean", "median", "most_frequent", "drop")) {
      assertTrue(refused.err().contains(policy), refused.err());
      Path rows = policy.equals("drop") ? write("a,w,y\n1,red,1\n2,blue,2\nNA,red,3\n") : data;
      Cli trained = train(rows, "--missing", policy).ok();
      assertTrue(trained.err().startsWith("note: "), trained.err());
      assertTrue(trained.err().contains("left out"), trained.err());
      assertTrue(Cli.run("inspect", model).ok().out().contains("missing   " + policy));
    }
  }

  @Test
  void theModelFillsAtPrediction() {
    train(write("a,w,y\n1,red,1\nNA,blue,2\n5,?,3\n3,red,4\n"), "--missing", "mean").ok();
    String known = predict("a,w\n3,red\n").ok().out();
    Cli filled = predict("a,w\n,-\n").ok();
    assertEquals(known, filled.out());
    assertTrue(filled.err().contains("note: 2 missing cells in 1 rows"), filled.err());
    assertEquals(
        1, Cli.run("evaluate", model, write("a,w,y\n?,red,1\n")).ok().err().lines().count());
    Cli other =
        Cli.run(
            "train",
            folder.resolve("t.csv"),
            "--init",
            model,
            "--model",
            model,
            "--missing",
            "drop");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("--missing is drop, but"), other.err());
  }

  @Test
  void aDroppedRowIsNeverAnAnswerLost() {
    train(write("a,y\n1,1\nNA,2\n5,3\n"), "--missing", "drop").ok();
    Cli refused = predict("a\n1\nNA\n");
    assertEquals(1, refused.code());
    assertEquals("", refused.out());
    assertTrue(refused.err().contains("every row needs an answer"), refused.err());
  }

  @Test
  void otherWordsMeanMissing() {
    Path data = write("c,a,y\nNA,1,1\nDE,-999,2\nNA,3,3\n");
    train(data, "--missing-words", "-999", "--missing", "median").ok();
    String out = Cli.run("inspect", model).ok().out();
    assertTrue(out.contains("one of 2 words: DE, NA"), out);
    assertTrue(out.contains("meant by \"\", \"-999\""), out);
    train(write("c,y\nNA,1\nDE,2\n"), "--missing-words=").ok();
    assertEquals(2, train(data, "--missing", "mode").code());
  }

  @Test
  void choicesAreSaidOnceOnStandardError() {
    Path years = write("country,2019,2020\nChile,50.5,60\nChile,40,61.5\nChile,41,52\n");
    Cli trained = train(years, "--validation", "0.34").ok();
    assertEquals(1, trained.err().lines().count(), trained.err());
    assertTrue(trained.err().contains("--no-header"), trained.err());
    assertFalse(trained.out().contains("note:"), trained.out());
    // Said otherwise, it is a row, and its year one number among others.
    assertTrue(train(years, "--no-header", "--text", "0").ok().out().contains("4 rows"));
  }

  @Test
  void unnamedAndRepeatedColumnsAreLeftOutByName() {
    Path data = write(",a,a,y\n0,1,2,3\n1,4,5,6\n2,7,8,8\n");
    Cli trained = train(data, "--without", "Unnamed: 0,a.1").ok();
    assertTrue(trained.out().contains("3 rows of 1 inputs"), trained.out());
    assertTrue(trained.err().contains("\"Unnamed: 0\""), trained.err());
  }

  @Test
  void numbersInClothesKeepTheirScale() {
    train(write("rate,price,y\n5%,\"$1,200\",1\n7%,$950,2\n"), "--no-standardize").ok();
    String percent = predict("rate,price\n5%,$1200\n").ok().out();
    assertEquals(percent, predict("rate,price\n5%,\"1,200\"\n").ok().out());
    Cli refused = predict("rate,price\n5,1200\n");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("such as 1%"), refused.err());
    String out = Cli.run("inspect", model).ok().out();
    assertTrue(out.contains("rate as in 1%") && out.contains("price as in 1,000$"), out);
  }
}
