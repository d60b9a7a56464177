package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.cli.ShellProject.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvnw} finds a JDK and a Maven by itself, or says in one sentence what it needs. */
class MvnwTest {
  private static final String PINNED = "3.9.11";

  private ShellProject project;

  @BeforeEach
  void layOut(@TempDir Path folder) throws IOException {
    project = new ShellProject(folder);
  }

  // The JDK

  @Test
  void takesTheOneOfJavaHome() throws IOException {
    project.onPath("java", project.jdk("jvm/17", "17.0.15").resolve("bin/java"));
    project.environment.put("JAVA_HOME", project.jdk("elsewhere/jdk 25", "25.0.3").toString());
    assertRunsOn("elsewhere/jdk 25");
  }

  @Test
  void takesTheOneOnThePath() throws IOException {
    project.environment.put("JAVA_HOME", project.jdk("jvm/17", "17.0.15").toString());
    project.jdk("jvm/25", "25.0.3");
    project.onPath("java", project.jdk("elsewhere/26", "26").resolve("bin/java"));
    assertRunsOn("elsewhere/26");
  }

  @Test
  void findsOneBesideAnOldOneOnThePath() throws IOException {
    project.onPath("java", project.jdk("jvm/17", "17.0.15").resolve("bin/java"));
    project.jdk("jvm/25", "25.0.3");
    assertRunsOn("jvm/25");
  }

  @Test
  void findsOneWithoutAnyJavaOnThePath() throws IOException {
    project.jdk("jvm/25", "25");
    assertRunsOn("jvm/25");
  }

  @Test
  void looksIntoTheFoldersOfMacBundles() throws IOException {
    project.jdk("jvm/temurin-25.jdk/Contents/Home", "25.0.3");
    assertRunsOn("jvm/temurin-25.jdk/Contents/Home");
  }

  @Test
  void asksAShim() throws IOException {
    Path jdk = project.jdk("elsewhere/25", "25.0.3");
    project.onPath(
        "java",
        ShellProject.script(
            project.home.resolve("shims/java"), "echo '    java.home = " + jdk + "' >&2"));
    assertRunsOn("elsewhere/25");
  }

  @Test
  void prefersTheLowestMajorAndItsLatestUpdate() throws IOException {
    project.jdk("jvm/a", "25.0.2");
    project.jdk("jvm/b", "25.0.10");
    project.jdk("jvm/c", "25.0.3");
    project.jdk("jvm/d", "26.0.1");
    project.jdk("jvm/e", "17.0.15");
    assertRunsOn("jvm/b");
  }

  @Test
  void passesOverARuntimeWithoutCompiler() throws IOException {
    Files.delete(project.jdk("jvm/jre", "25.0.9").resolve("bin/javac"));
    project.jdk("jvm/jdk", "25.0.3");
    assertRunsOn("jvm/jdk");
  }

  @Test
  void saysInOneSentenceThatEveryJdkIsTooOld() throws IOException {
    project.onPath("java", project.jdk("jvm/17", "17.0.15").resolve("bin/java"));
    project.environment.put("JAVA_HOME", project.jdk("jvm/21", "21.0.7").toString());
    Result result = mvnw("verify");
    assertEquals(1, result.exit());
    assertEquals(
        "mvnw: no JDK 25 or later found (JAVA_HOME is 21.0.7, the java on the PATH is 17.0.15, none in the usual"
            + " folders): install one, or set JAVA_HOME to it.",
        result.sentence());
  }

  @Test
  void saysInOneSentenceThatThereIsNoJavaAtAll() {
    project.environment.put("JAVA_HOME", "/does/not/exist");
    Result result = mvnw("verify");
    assertEquals(1, result.exit());
    assertTrue(
        result.sentence().contains("(JAVA_HOME is no JDK, there is no java on the PATH, none in"),
        result.err());
  }

  // Maven

  @Test
  void takesMavenFromThePathAndHandsOverArgumentsAndExitCode() throws IOException {
    Path jdk = project.jdk("jvm/25", "25.0.3");
    project.onPath("mvn", project.maven("maven", "3.8.6"));
    project.environment.put("MAVEN_EXIT", "7");
    Result result = mvnw("-B", "verify", "-Dx=a b");
    assertEquals(7, result.exit());
    assertEquals("maven 3.8.6 on " + jdk + ": [-B] [verify] [-Dx=a b]\n", result.out());
    assertEquals("", result.err());
  }

  @Test
  void comparesVersionsAsNumbers() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    project.onPath("mvn", project.maven("maven", "3.10.0"));
    assertTrue(mvnw("verify").out().startsWith("maven 3.10.0 "));
  }

  @Test
  void prefersThePinnedMavenThatAStockWrapperLeft() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    project.onPath("mvn", project.maven("maven", "3.8.7"));
    project.maven(".m2/wrapper/dists/apache-maven-" + PINNED + "/1a2b3c", PINNED);
    assertTrue(mvnw("verify").out().startsWith("maven " + PINNED + " "));
  }

  @Test
  void downloadsOnceWhereMavenIsMissingOrTooOld() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    project.onPath("mvn", project.maven("old", "3.6.3"));
    offerDownload(true);
    Result first = mvnw("verify");
    assertEquals("mvnw: downloading Maven " + PINNED + " (once)", first.sentence());
    assertTrue(first.out().startsWith("maven " + PINNED + " "), first.out());
    Result second = mvnw("verify");
    assertEquals("", second.err());
    assertEquals(first.out(), second.out());
    assertEquals(1, Files.readAllLines(project.home.resolve("downloads.txt")).size());
  }

  @Test
  void downloadsFromTheRepositoryOfMvnwRepourl() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    offerDownload(true);
    project.environment.put("MVNW_REPOURL", "https://repository.example/maven/");
    assertEquals(0, mvnw("verify").exit());
    assertEquals(
        "https://repository.example/maven/org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.tar.gz\n",
        Files.readString(project.home.resolve("downloads.txt")));
  }

  @Test
  void refusesADownloadWithAnotherChecksum() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    offerDownload(false);
    Result result = mvnw("verify");
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertTrue(
        result.err().lines().toList().getLast().contains("has the wrong SHA-512"), result.err());
    assertNothingIsLeft();
  }

  @Test
  void saysWhereADownloadFailed() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    project.onPath("curl", ShellProject.script(project.home.resolve("curl"), "exit 22"));
    Result result = mvnw("verify");
    assertEquals(1, result.exit());
    String last = result.err().lines().toList().getLast();
    assertTrue(last.startsWith("mvnw: could not download Maven from https://"), last);
    assertTrue(last.contains("MVNW_REPOURL"), last);
    assertNothingIsLeft();
  }

  @Test
  void saysThatNothingHereCanDownload() throws IOException {
    project.jdk("jvm/25", "25.0.3");
    Result result = mvnw("verify");
    assertEquals(1, result.exit());
    assertEquals(
        "mvnw: no Maven 3.8.6 or later on the PATH, and neither curl nor wget to download it: install one of them.",
        result.err().lines().toList().getLast());
  }

  private Result mvnw(String... arguments) {
    return project.run(
        Stream.concat(Stream.of("project/mvnw"), Stream.of(arguments)).toArray(String[]::new));
  }

  private void assertRunsOn(String folder) throws IOException {
    project.onPath("mvn", project.maven("maven", "3.8.7"));
    Result result = mvnw("-q");
    assertEquals("", result.err());
    assertEquals("maven 3.8.7 on " + project.home.resolve(folder) + ": [-q]\n", result.out());
  }

  /**
   * A curl that brings a small archive with Maven's layout, of which mvnw knows the checksum or
   * not.
   */
  private void offerDownload(boolean rightChecksum) throws IOException {
    String name = "apache-maven-" + PINNED;
    project.maven("packed/" + name, PINNED);
    Path archive = project.home.resolve("maven.tar.gz");
    assertEquals(0, project.run("tar", "-czf", archive.toString(), "-C", "packed", name).exit());
    project.onPath(
        "curl",
        ShellProject.script(
            project.home.resolve("curl"),
            "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && to=$2; shift; done\n"
                + "echo \"$1\" >>\"$HOME/downloads.txt\"; cp \"$HOME/maven.tar.gz\" \"$to\""));
    if (rightChecksum) {
      String sum = project.run("sha512sum", archive.toString()).out().split(" ", 2)[0];
      Path mvnw = project.root.resolve("mvnw");
      String script = Files.readString(mvnw);
      assertTrue(script.matches("(?s).*\nmaven_sha512=[0-9a-f]{128}\n.*"), "a pinned checksum");
      Files.writeString(
          mvnw, script.replaceFirst("maven_sha512=[0-9a-f]{128}", "maven_sha512=" + sum));
    }
  }

  private void assertNothingIsLeft() throws IOException {
    Path dists = project.home.resolve(".m2/wrapper/dists");
    try (Stream<Path> all = Files.walk(dists)) {
      assertFalse(all.anyMatch(Files::isRegularFile), "files under " + dists);
    }
  }
}
