package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.cli.ShellProject.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/lamella} builds what is missing, then starts the command line on the JDK it found. */
class LauncherTest {
  private static final String STARTED =
      "java of 25.0.3 [--add-modules] [jdk.incubator.vector]%s [-Dlamella.stderr=3] [--add-opens]"
          + " [java.base/java.io=ALL-UNNAMED] [-cp] [%s/cli/target/lamella-cli.jar:%2$s/cli/target/lib/*]"
          + " [dev.lamella.cli.Main]%s\n";

  private ShellProject project;

  @BeforeEach
  void layOut(@TempDir Path folder) throws IOException {
    project = new ShellProject(folder);
    for (String source :
        List.of(
            "pom.xml", "src/pom.xml", "src/main/A.java", "cli/pom.xml", "cli/src/main/B.java")) {
      Path file = project.root.resolve(source);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    mvnwIs("echo built >>\"$HOME/builds.txt\"");
  }

  @Test
  void saysInOneSentenceThatThereIsNoJdk() throws IOException {
    project.onPath("java", project.jdk("jvm/17", "17.0.15").resolve("bin/java"));
    Result result = project.run("project/bin/lamella", "doctor");
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertTrue(result.sentence().startsWith("lamella: no JDK 25 or later found ("), result.err());
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    Result first = project.run("project/bin/lamella", "train", "a b", "");
    assertEquals("lamella: building (a minute or two the first time)", first.sentence());
    assertEquals(STARTED.formatted("", project.root, " [train] [a b] []"), first.out());

    Result second = project.run("project/bin/lamella");
    assertEquals("", second.err());
    assertEquals(1, builds());

    Path source = project.root.resolve("src/main/A.java");
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
    assertEquals(0, project.run("project/bin/lamella").exit());
    assertEquals(2, builds());
  }

  @Test
  void startsFromAnyFolderThroughALink() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    Path bin = Files.createDirectories(project.home.resolve("other/bin"));
    Files.createSymbolicLink(bin.resolve("one"), Path.of("../../project/bin/lamella"));
    Files.createSymbolicLink(bin.resolve("two"), bin.resolve("one"));
    Result result = project.runIn(bin, List.of("./two", "-h"));
    assertEquals(STARTED.formatted("", project.root, " [-h]"), result.out());
  }

  @Test
  void showsWhyTheBuildFailedAndTriesAgainNextTime() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    mvnwIs("echo '[INFO] chatter'; echo '[ERROR] A.java: a semicolon is missing'; exit 1");
    Result result = project.run("project/bin/lamella");
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertTrue(
        result.err().contains("A.java: a semicolon is missing\nlamella: the build failed; "),
        result.err());
    assertTrue(!result.err().contains("chatter"), result.err());

    mvnwIs("exit 0");
    assertEquals(0, project.run("project/bin/lamella").exit());
  }

  @Test
  void addsJavaOpts() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    project.environment.put("JAVA_OPTS", "-Xmx1g -Dlamella.kernels=scalar");
    assertEquals(
        STARTED.formatted(" [-Xmx1g] [-Dlamella.kernels=scalar]", project.root, ""),
        project.run("project/bin/lamella").out());
  }

  @Test
  void hidesOneWarningAndNothingElseAndKeepsTheExitCode() throws IOException {
    Path jdk = project.jdk("jvm/25", "25.0.3");
    ShellProject.script(
        jdk.resolve("bin/java"),
        """
        echo 'Picked up JAVA_TOOL_OPTIONS: x' >&2
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        printf 'no line end' >&2
        sleep 0.2
        echo '; an error' >&3
        exit 2\
        """);
    project.run("project/bin/lamella");
    Result result = project.run("project/bin/lamella");
    assertEquals(2, result.exit());
    assertEquals("Picked up JAVA_TOOL_OPTIONS: x\nno line end; an error\n", result.err());
  }

  @Test
  void keepsTheLastWordsOfAJvmThatDoesNotStart() throws IOException {
    Path jdk = project.jdk("jvm/25", "25.0.3");
    ShellProject.script(jdk.resolve("bin/java"), "printf 'Unrecognized option: -x' >&2; exit 1");
    project.run("project/bin/lamella");
    // Through a pipe, as the filter may still be writing when java has ended.
    Result result = project.run("sh", "-c", "project/bin/lamella 2>&1 | cat");
    assertEquals("Unrecognized option: -x", result.out());
  }

  private void mvnwIs(String body) throws IOException {
    ShellProject.script(project.root.resolve("mvnw"), body);
  }

  private int builds() throws IOException {
    return Files.readAllLines(project.home.resolve("builds.txt")).size();
  }
}
