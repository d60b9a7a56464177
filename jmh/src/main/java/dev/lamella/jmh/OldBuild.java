package dev.lamella.jmh;

import dev.lamella.Lamella;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another build of the library, to run the same works as the one that was just built. */
final class OldBuild {

  private static final String CLASS = "dev/lamella/Lamella.class";

  /** Where a checkout has its library once built, the plain jar and no other. */
  private static final List<String> PLACES = List.of("jmh/target/lib", "target", ".");

  private OldBuild() {}

  /**
   * Finds the library.
   *
   * @param text a jar, a folder with its classes, or a checkout that has been built
   * @return the jar or the folder of classes
   * @throws IllegalArgumentException if there is none
   */
  static Path find(String text) {
    Path path = Path.of(text);
    if (Files.isRegularFile(path) || Files.exists(path.resolve(CLASS))) {
      return path;
    }
    for (String place : PLACES) {
      Path folder = path.resolve(place);
      if (Files.exists(folder.resolve("lamella.jar"))) {
        return folder.resolve("lamella.jar");
      }
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "lamella-[0-9]*.jar")) {
          for (Path jar : jars) {
            if (!jar.toString().matches(".*-(sources|javadoc|tests)\\.jar")) {
              return jar;
            }
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalArgumentException(
        "--old %s is neither a jar nor a folder with %s or a built lamella.jar: build it there with bin/bench."
            .formatted(text, CLASS));
  }

  /** The class path with the library replaced: ours must not fill gaps of the old one. */
  static String classPath(String classPath, Path ours, Path old) {
    List<String> entries = new ArrayList<>();
    boolean found = false;
    for (String entry : classPath.split(File.pathSeparator)) {
      boolean library = Path.of(entry).toAbsolutePath().normalize().equals(ours);
      entries.add(library ? old.toAbsolutePath().toString() : entry);
      found |= library;
    }
    if (!found) {
      throw new IllegalStateException(
          "%s is not on the class path %s: start with bin/bench.".formatted(ours, classPath));
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Where the library that was just built is. */
  static Path ours() {
    try {
      return Path.of(Lamella.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The library's place is no path.", e);
    }
  }
}
