package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that a spreadsheet would compute are written so that it does not, where one asks. */
class SpreadsheetTest {
  @TempDir private Path folder;

  @Test
  void formulasGetAnApostropheAndNumbersDoNot() {
    String[] names = {"=1+1", "+cmd", "-x", "@sum", "plain", "'quoted"};
    StringBuilder csv = new StringBuilder("x,kind\n");
    for (int r = 0; r < 60; r++) {
      csv.append(10 * (r % 6)).append(',').append(names[r % 6]).append('\n');
    }
    Path table = Samples.write(folder.resolve("t.csv"), csv.toString());
    Path model = folder.resolve("m.safetensors");
    Cli.run("train", table, "--layers", "6:softmax", "--model", model).ok();
    String plain = Cli.run("predict", model, table).ok().out();
    assertTrue(plain.startsWith("prediction,'quoted,+cmd,-x,=1+1,@sum,plain\n"), plain);
    List<String> safe =
        Cli.run("predict", model, table, "--spreadsheet-safe").ok().out().lines().toList();
    assertEquals("prediction,'quoted,'+cmd,'-x,'=1+1,'@sum,plain", safe.getFirst());
    assertTrue(
        safe.stream().noneMatch(line -> "=+-@".indexOf(line.charAt(0)) >= 0), safe.toString());
  }

  @Test
  void negativeNumbersStayNumbers() {
    Path table = Samples.write(folder.resolve("t.csv"), "x,sign\n" + "-3,-1\n4,1\n".repeat(20));
    Path model = folder.resolve("m.safetensors");
    Cli.run("train", table, "--layers", "2:softmax", "--model", model).ok();
    String safe = Cli.run("predict", model, table, "--spreadsheet-safe").ok().out();
    assertTrue(safe.startsWith("prediction,-1,1\n"), safe);
    Path numbers = Samples.write(folder.resolve("n.csv"), "x,y\n" + "1,-1\n2,-2\n".repeat(20));
    Cli.run("train", numbers, "--layers", "1", "--epochs", "200", "--model", model).ok();
    String values = Cli.run("predict", model, numbers, "--spreadsheet-safe").ok().out();
    assertTrue(values.lines().skip(1).noneMatch(line -> line.contains("'")), values);
  }
}
