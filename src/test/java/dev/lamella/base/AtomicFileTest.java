package dev.lamella.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lamella.data.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @Test
  void writesANewFileAndReplacesAnOldOne() throws IOException {
    Path folder = TestFiles.newFolder();
    Path file = folder.resolve("a.bin");
    AtomicFile.write(
        file, IllegalStateException::new, out -> out.write("old".getBytes(StandardCharsets.UTF_8)));
    assertEquals("old", Files.readString(file));
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a.bin"), TestFiles.list(folder));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    UncheckedIOException full =
        assertThrows(
            UncheckedIOException.class,
            () ->
                AtomicFile.write(
                    file,
                    IllegalStateException::new,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        file
            + " could not be written (No space left on device); what was there before is unchanged",
        full.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                IllegalStateException::new,
                out -> {
                  out.write(NEW);
                  throw new IllegalStateException();
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.bin"), TestFiles.list(file.getParent()));
  }

  @Test
  void theOldFileIsCompleteUntilTheNewOneIs() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    AtomicFile.write(
        file,
        IllegalStateException::new,
        out -> {
          out.write(new byte[1 << 20]);
          assertEquals("old", Files.readString(file));
        });
    assertEquals(1 << 20, Files.size(file));
  }

  @Test
  void anInterruptDoesNotSpoilTheFile() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    assertTrue(Thread.interrupted());
    assertEquals("new", Files.readString(file));
  }

  @Test
  void permissionsStay() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    Path link = Files.createSymbolicLink(file.resolveSibling("link"), Path.of("a.bin"));
    AtomicFile.write(link, IllegalStateException::new, out -> out.write(NEW));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    Path dangling = Files.createSymbolicLink(file.resolveSibling("later"), Path.of("b.bin"));
    AtomicFile.write(dangling, IllegalStateException::new, out -> out.write(NEW));
    assertEquals(List.of("a.bin", "b.bin", "later", "link"), TestFiles.list(file.getParent()));
  }

  @Test
  void aLongNameIsNoProblem() {
    Path file = TestFiles.newFolder().resolve("n".repeat(250));
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    assertEquals(1, TestFiles.list(file.getParent()).size());
  }

  @Test
  void aFolderMustExistAndIsNoFile() {
    Path folder = TestFiles.newFolder();
    Path missing = folder.resolve("models").resolve("a.bin");
    assertEquals(
        missing
            + " cannot be written: the folder "
            + missing.getParent()
            + " does not exist; create it first",
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(missing, IllegalStateException::new, out -> out.write(NEW)))
            .getMessage());
    assertEquals(
        folder + " is a folder; give the name of a file",
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(folder, IllegalStateException::new, out -> out.write(NEW)))
            .getMessage());
    assertEquals(List.of(), TestFiles.list(folder));
  }

  @Test
  void aDeviceIsWrittenToDirectly() {
    AtomicFile.write(Path.of("/dev/null"), IllegalStateException::new, out -> out.write(NEW));
    assertTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void nobodyReadsTheTemporaryFileWhoMayNotReadTheResult() throws IOException {
    Path file = TestFiles.write("secret.bin", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    AtomicFile.write(
        file,
        IllegalStateException::new,
        out -> {
          assertEquals("rw-------", permissions(temporary(file)));
          out.write(NEW);
        });
    assertEquals("rw-------", permissions(file));
    Path shared = TestFiles.write("shared.bin", "old");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw-r--"));
    AtomicFile.write(
        shared,
        IllegalStateException::new,
        out -> assertEquals("rw-------", permissions(temporary(shared))));
    assertEquals("rw-rw-r--", permissions(shared));
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    Path file = TestFiles.newFolder().resolve("a.bin");
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    Path other = Files.createFile(file.resolveSibling("other"));
    assertEquals(permissions(other), permissions(file));
  }

  @Test
  void whatKilledProcessesLeftIsRemovedAndNothingElse() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    List<String> left = List.of(".a.bin.0123456789abcdef.tmp", ".a.bin.123456789abc.tmp");
    List<String> kept =
        List.of(
            ".a.bin.tmp",
            ".a.bin.backup.tmp",
            ".a.bin.0123456789abcdef.bak",
            ".a.bin.x.0123456789abcdef.tmp",
            ".b.bin.0123456789abcdef.tmp",
            "a.bin.0123456789abcdef.tmp");
    for (String name : Stream.concat(left.stream(), kept.stream()).toList()) {
      Files.setLastModifiedTime(Files.createFile(file.resolveSibling(name)), yesterday);
    }
    Files.createFile(file.resolveSibling(".a.bin.aaaaaaaaaaaaaaaa.tmp")); // a live one
    AtomicFile.write(file, IllegalStateException::new, out -> out.write(NEW));
    List<String> there = TestFiles.list(file.getParent());
    assertTrue(there.containsAll(kept), there.toString());
    assertTrue(there.contains(".a.bin.aaaaaaaaaaaaaaaa.tmp"), there.toString());
    assertEquals(kept.size() + 2, there.size(), there.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "ä", "木", "😀"})
  void namesMayHave255Bytes(String letter) {
    int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
    Path folder = TestFiles.newFolder();
    Path longest = folder.resolve(letter.repeat(255 / bytes));
    AtomicFile.requireWritable(longest, IllegalStateException::new);
    AtomicFile.write(longest, IllegalStateException::new, out -> out.write(NEW));
    assertEquals(List.of(longest.getFileName().toString()), TestFiles.list(folder));
    Path longer = folder.resolve(letter.repeat(255 / bytes + 1));
    String sentence =
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.requireWritable(longer, IllegalStateException::new))
            .getMessage();
    assertTrue(
        sentence.endsWith("cannot be written (File name too long); choose another name or folder"),
        sentence);
  }

  @Test
  void linksAreFollowedToTheEnd() throws IOException {
    Path folder = TestFiles.newFolder();
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("inner/second"));
    Files.createSymbolicLink(inner.resolve("second"), Path.of("../real.bin"));
    assertTrue(AtomicFile.requireWritable(first, IllegalStateException::new).endsWith("real.bin"));
    for (int i = 0; i < 2; i++) { // the file is made, then replaced
      AtomicFile.write(first, IllegalStateException::new, out -> out.write(NEW));
      assertEquals("new", Files.readString(folder.resolve("real.bin")));
      assertTrue(Files.isSymbolicLink(first) && Files.isSymbolicLink(inner.resolve("second")));
    }
    assertEquals(List.of("first", "inner", "real.bin"), TestFiles.list(folder));
  }

  @Test
  void aPlaceThatCannotBeIsFoundBeforeTheWork() throws IOException {
    Path folder = TestFiles.newFolder();
    Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
    Path file = Files.createFile(folder.resolve("file"));
    refused(a, a + " is a link that leads back to itself; remove it, or choose another name");
    refused(
        a.resolve("m"),
        "%s cannot be written: the folder %s is a link that leads nowhere; correct the link"
            .formatted(a.resolve("m"), a));
    refused(
        folder.resolve("nowhere/m"),
        "%s/nowhere/m cannot be written: the folder %1$s/nowhere is a link that leads nowhere; correct the link"
            .formatted(folder));
    refused(
        file.resolve("m"),
        "%s/m cannot be written: %1$s is a file and no folder; choose another folder"
            .formatted(file));
    refused(folder, folder + " is a folder; give the name of a file");
    refused(Path.of("/"), "/ is a folder; give the name of a file");
    Path proc = Path.of("/proc/m.safetensors"); // takes no file, whoever asks
    assertTrue(
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.requireWritable(proc, IllegalStateException::new))
            .getMessage()
            .startsWith("/proc/m.safetensors cannot be written ("));
    assertEquals(List.of("a", "b", "file", "nowhere"), TestFiles.list(folder));
  }

  @Test
  void aReadOnlyFileIsNotReplaced() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeFalse(Files.isWritable(file), "needs a user other than root");
    refused(
        file,
        file + " is read-only and was left as it is; make it writable, or choose another name");
    assertEquals("old", Files.readString(file));
  }

  @Test
  void askingLeavesNoTrace() throws IOException {
    Path file = TestFiles.write("a.bin", "old");
    FileTime time = Files.getLastModifiedTime(file);
    assertEquals(file, AtomicFile.requireWritable(file, IllegalStateException::new));
    Path other = file.resolveSibling("other");
    assertEquals(other, AtomicFile.requireWritable(other, IllegalStateException::new));
    assertEquals(
        Path.of("/dev/null"),
        AtomicFile.requireWritable(Path.of("/dev/null"), IllegalStateException::new));
    assertEquals("old", Files.readString(file));
    assertEquals(time, Files.getLastModifiedTime(file));
    assertEquals(List.of("a.bin"), TestFiles.list(file.getParent()));
  }

  /** Both doors say the same. */
  private static void refused(Path path, String sentence) {
    assertEquals(
        sentence,
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.requireWritable(path, IllegalStateException::new))
            .getMessage());
    assertEquals(
        sentence,
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(path, IllegalStateException::new, out -> out.write(NEW)))
            .getMessage());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Path temporary(Path file) {
    String name =
        TestFiles.list(file.getParent()).stream()
            .filter(each -> each.endsWith(".tmp"))
            .findFirst()
            .orElseThrow();
    return file.resolveSibling(name);
  }
}
