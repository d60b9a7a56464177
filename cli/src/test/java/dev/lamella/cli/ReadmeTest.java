package dev.lamella.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
  @TempDir private Path folder;

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void showsTheExampleThatIsCompiledAndRun() throws IOException {
    requireShown("ReadmeExample");
    String model = folder.resolve("line.safetensors").toString();
    assertEquals(11, Float.parseFloat(said(() -> ReadmeExample.main(new String[] {model}))), 0.01);
  }

  @Test
  void showsNumbersOfATable() throws IOException {
    requireShown("ReadmePrices");
    Path houses = ROOT.resolve("src/test/resources/cases/houses.csv");
    String[] said = said(() -> ReadmePrices.main(new String[] {houses.toString()})).split("\n");
    assertTrue(Float.parseFloat(said[0].split(" ")[2]) < 12_000, said[0]);
    float price = Float.parseFloat(said[1].split(" ")[0]);
    assertTrue(price > 100_000 && price < 1_000_000, said[1]);
  }

  @Test
  void showsRowsThatComeFromNoFile() throws IOException {
    requireShown("ReadmeRows");
    Path houses = ROOT.resolve("src/test/resources/cases/houses.csv");
    String[] said = said(() -> ReadmeRows.main(new String[] {houses.toString()})).split("\n");
    float small = Float.parseFloat(said[0].split(" ")[0]);
    float large = Float.parseFloat(said[1].split(" ")[0]);
    assertTrue(small > 100_000 && small < large, said[0]);
    assertEquals(587_828, large, 40_000); // the first row of the file
  }

  private static void requireShown(String example) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/lamella/cli/" + example + ".java"), UTF_8);
    String shown = source.substring(source.indexOf("import "));
    assertTrue(readme().contains("```java\n" + shown + "```"), "README.md lacks\n" + shown);
    assertTrue(shown.lines().count() <= 30, "an example of " + shown.lines().count() + " lines");
  }

  private static String said(Runnable main) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      main.run();
    } finally {
      System.setOut(before);
    }
    return said.toString(UTF_8);
  }

  @Test
  void showsTheQuickstartAsItIs() throws IOException {
    String out = Cli.run("quickstart", "--model", folder.resolve("digits.safetensors")).ok().out();
    // Bits are the same on every machine; speeds and times are not.
    assertTrue(
        withoutSpeeds(readme()).contains(withoutSpeeds(out.replace(folder + "/", ""))),
        withoutSpeeds(out));
  }

  private static String withoutSpeeds(String text) {
    return text.lines()
        .filter(line -> !line.contains("rows/s"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
    int count = 0;
    while (links.find()) {
      count++;
      assertTrue(Files.exists(ROOT.resolve(links.group(1))), links.group(1));
    }
    assertTrue(count > 0);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"), UTF_8);
  }
}
