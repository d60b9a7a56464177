package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.Lamella;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that are not understood end with 2 and say what would be; asking for help ends with 0. */
class UsageTest {
  @TempDir private Path folder;

  @Test
  void namesItsVersion() {
    assertEquals(
        "lamella " + Lamella.version() + System.lineSeparator(), Cli.run("--version").ok().out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "train", "predict", "evaluate", "inspect", "doctor"})
  void everyCommandExplainsItself(String command) {
    assertTrue(Cli.run("--help").ok().out().contains(command));
    String help = Cli.run(command, "--help").ok().out();
    assertTrue(help.startsWith("Usage: lamella " + command), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
  }

  @Test
  void withoutCommandShowsThem() {
    Cli none = Cli.run();
    assertEquals(2, none.code());
    assertTrue(none.err().contains("evaluate"), none.err());
    assertEquals("", none.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tran | Did you mean: lamella train",
        "train data.csv --layers 3 --modle m.safetensors | --model",
        "train data.csv --model m.safetensors | --layers",
        "train --layers 3 --model m.safetensors | DATA",
        "train data.csv --layers 3 | --model",
        "train data.csv --layers 3:rellu --model m.safetensors | relu",
        "train data.csv --layers 3:relu,,1 --model m.safetensors | layer 1",
        "train data.csv --layers 0 --model m.safetensors | at least 1 unit",
        "train data.csv --layers 3 --loss rmse --model m.safetensors | rmse",
        "train data.csv --layers 3 --loss crossentropy --model m | did you mean cross_entropy?",
        "train data.csv --layers 3 --metrics acuracy --model m | did you mean accuracy?",
        "train data.csv --layers 3 --optimizer adma --model m | did you mean adam?",
        "train data.csv --layers 3 --optimizer sgd:momentun=1 --model m | did you mean momentum?",
        "evaluate m.safetensors data.csv --metrics mea | did you mean mae?",
        "train data.csv --layers 3 --optimizer adam:learning=1 --model m.safetensors | learning",
        "train data.csv --layers 3 --metrics recall --model m.safetensors | recall",
        "train data.csv --layers 3 --validation 1.5 --model m.safetensors | 1.5",
        "train data.csv --layers 3 --epochs 0 --model m.safetensors | --epochs",
        "train data.csv --layers 3 --batch-size x --model m.safetensors | --batch-size",
        "train data.csv --layers 3 --threads -1 --model m.safetensors | --threads",
        "train data.csv --layers 3 --threads 3000 --model m.safetensors | 3000 threads, but it has at",
        "evaluate m.safetensors data.csv --threads 1025 | at most 1024",
        "train data.csv --layers 3 --seed x --model m.safetensors | --seed",
        "train data.csv --layers 3 --model m.safetensors --history m.safetensors | same file",
        "predict m.safetensors data.csv --output out.txt | out.txt",
        "train data.csv --layers 3 --validation 20% --model m.safetensors | such as 0.2",
        "train data.csv --layers 3 --metrics mae,mae --model m.safetensors | name each once",
        "train data.csv --layers 3 --standardize --no-standardize --model m | leave one of them out",
        "train data.csv --layers 3 --tensors a --model m.safetensors | give it with --init",
        "evaluate m.safetensors | DATA",
        "inspect | MODEL"
      })
  void saysWhatIsWrong(String words, String said) {
    Cli refused = Cli.run((Object[]) words.split(" "));
    assertEquals(2, refused.code(), refused.toString());
    assertTrue(refused.err().contains(said), refused.err());
    assertTrue(refused.err().lines().count() <= 4, refused.err());
    assertEquals("", refused.out());
  }

  @Test
  void doctorShowsJavaAndKernels() {
    String out = Cli.run("doctor").ok().out();
    assertTrue(out.startsWith(Lamella.report()), out);
    assertTrue(out.contains(Runtime.version().toString()), out);
  }

  /** Options that change nothing where they stand are not passed over. */
  @Test
  void optionsWithoutEffectAreRefused() {
    Path model = folder.resolve("m.safetensors");
    Path table = Samples.write(folder.resolve("t.csv"), "a,b,y\n1,2,1\n2,3,2\n3,1,3\n");
    Cli.run("train", table, "--layers", "1", "--epochs", "1", "--model", model).ok();
    for (String option :
        List.of(
            "--without=a",
            "--text=a",
            "--no-standardize",
            "--no-standardize-target",
            "--standardize",
            "--missing-words=x",
            "--missing=mean",
            "--target=a")) {
      Cli refused = Cli.run("train", table, "--init", model, "--model", model, option);
      assertEquals(1, refused.code(), refused.toString());
      String name = option.replaceFirst("=.*", "");
      assertTrue(refused.err().startsWith("lamella train: " + name + " "), refused.err());
      assertTrue(refused.err().contains("; leave " + name + " or --init out"), refused.err());
    }
    for (String command : List.of("predict", "evaluate")) {
      Cli refused = Cli.run(command, model, table, "--tensors", "a");
      assertEquals(2, refused.code(), refused.toString());
      assertTrue(refused.err().contains("leave the option out"), refused.err());
    }
    Cli layers = Cli.run("evaluate", model, table, "--layers", "3");
    assertTrue(layers.err().contains("holds the layers 1, but 3 were asked for; leave them out"));
  }

  /** Numbers have no classes whose right ones could be counted. */
  @Test
  void accuracyOfNumbersIsRefused() {
    Path model = folder.resolve("m.safetensors");
    Path table = Samples.write(folder.resolve("t.csv"), "a,y,z\n1,10,1\n2,20,2\n3,30,1\n");
    for (String target : List.of("y", "y,z")) {
      Object[] words = {"train", table, "--target", target, "--model", model};
      String layers = target.equals("y") ? "--layers=1" : "--layers=2";
      Cli refused = Cli.run(with(words, layers, "--metrics=accuracy"));
      assertEquals(2, refused.code(), refused.toString());
      assertTrue(refused.err().contains("use mae or mse"), refused.err());
      Cli.run(with(words, layers, "--metrics=mae,mse")).ok();
      assertEquals(2, Cli.run("evaluate", model, table, "--metrics", "accuracy").code());
    }
    Cli.run(
            "train",
            table,
            "--target",
            "z",
            "--layers",
            "2",
            "--metrics",
            "accuracy",
            "--model",
            model)
        .ok();
  }

  private static Object[] with(Object[] words, Object... more) {
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  /** What the virtual machine was told wrongly is one sentence too. */
  @Test
  void propertiesThatAreNotUnderstoodAreOneSentence() throws Exception {
    for (String property : List.of("-Dlamella.kernels=foo", "-Dlamella.lanes=3")) {
      Cli refused = Cli.process(List.of(property), folder, "doctor");
      assertEquals(1, refused.code(), refused.toString());
      assertTrue(refused.err().startsWith("lamella doctor: -Dlamella."), refused.err());
      assertEquals(1, refused.err().lines().count(), refused.err());
    }
  }

  @Test
  void debugShowsWhereItFailed() {
    Path missing = folder.resolve("missing.safetensors");
    assertEquals(1, Cli.run("inspect", missing).err().lines().count());
    assertTrue(Cli.run("inspect", missing, "--debug").err().contains("\tat dev.lamella."));
  }

  @Test
  void processesEndWithTheirCodes() throws Exception {
    Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");
    assertEquals(0, Cli.process(List.of(), folder, "doctor").code());
    Cli failed = Cli.process(List.of(), folder, "inspect", "x.csv");
    assertEquals(1, failed.code());
    assertTrue(failed.err().contains("x.csv"), failed.err());
    assertEquals(2, Cli.process(List.of(), folder, "trian").code());
  }
}
