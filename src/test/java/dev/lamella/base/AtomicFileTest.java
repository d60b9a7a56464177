package dev.lamella.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
