package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the floors of ARCHITECTURE.md: a class uses its own package and the floors below, never one
 * beside or above. Read from the class files, which name every type that is used, and from the
 * imports, which also name constants that the compiler copies.
 */
class FloorsTest {
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("dev.lamella.base", 0),
          Map.entry("dev.lamella.text", 0),
          Map.entry("dev.lamella.machine", 0),
          Map.entry("dev.lamella.formula", 1),
          Map.entry("dev.lamella.kernel", 2),
          Map.entry("dev.lamella.parallel", 2),
          Map.entry("dev.lamella", 3),
          Map.entry("dev.lamella.math", 3),
          Map.entry("dev.lamella.net", 4),
          Map.entry("dev.lamella.data", 3),
          Map.entry("dev.lamella.model", 5),
          Map.entry("dev.lamella.train", 6),
          Map.entry("dev.lamella.search", 7));

  /** The packages that know what a vector is. */
  private static final Set<String> VECTORS =
      Set.of("dev.lamella.machine", "dev.lamella.formula", "dev.lamella.kernel");

  /** Who may name a species of floats; the last one stores halves of sixteen lanes. */
  private static final List<String> SPECIES =
      List.of("machine/Lanes.java", "kernel/TransposeVector.java");

  private static final int MOST_LINES = 400;

  // Surefire starts every module in its own folder and says which.
  private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final Path SOURCES = MODULE.resolve("main/java");
  private static final Path REPOSITORY = MODULE.normalize().getParent();
  private static final Path CLASSES = REPOSITORY.resolve("target/classes");

  /** Binary names, such as {@code dev/lamella/net/Dense}, alone or inside a descriptor. */
  private static final Pattern BINARY =
      Pattern.compile("(?<![\\w/])L?((?:dev/lamella|jdk/incubator/vector)(?:/[\\w$-]+)+)");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?((?:dev\\.lamella|jdk\\.incubator)[\\w.]*)");

  @Test
  void noFloorLeaks() throws IOException {
    List<String> leaks = new ArrayList<>();
    for (Path file : files(CLASSES, ".class")) {
      String user = CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.');
      for (String used : usedBy(file)) {
        if (breaks(user, used)) {
          leaks.add(user + " uses " + used);
        }
      }
    }
    for (Path file : files(SOURCES, ".java")) {
      String user = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
      String text = Files.readString(file);
      // Whether only the nested class uses what the file imports, its class file has told.
      String importer = text.contains(" class Vector ") ? user + "$Vector" : user;
      Matcher imports = IMPORT.matcher(text);
      while (imports.find()) {
        if (breaks(importer, imports.group(1))) {
          leaks.add(user + " imports " + imports.group(1));
        }
      }
    }
    assertEquals(List.of(), leaks, "see the table of floors in ARCHITECTURE.md");
  }

  @Test
  void noMainSourceIsLongerThan400Lines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : files(REPOSITORY, ".java")) {
      if (!file.toString().contains("/main/java/")) {
        continue;
      }
      long lines;
      try (Stream<String> all = Files.lines(file)) {
        lines = all.count();
      }
      if (lines > MOST_LINES) {
        tooLong.add(REPOSITORY.relativize(file) + ": " + lines + " lines");
      }
    }
    assertEquals(List.of(), tooLong, "one idea a file");
  }

  /**
   * Floats have one species in a process, but for one store of halves of sixteen lanes. Of a second
   * one the profiles of the Vector API's own methods learn, and in some processes vectors of any
   * kernel become arrays.
   */
  @Test
  void floatsHaveOneSpecies() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path file : files(SOURCES, ".java")) {
      boolean may = SPECIES.stream().anyMatch(name -> file.endsWith(name));
      if (!may && namesASpeciesOfFloats(Files.readString(file))) {
        others.add(SOURCES.relativize(file).toString());
      }
    }
    assertEquals(
        List.of(), others, "only Lanes chooses the species of floats, see ARCHITECTURE.md");
    assertTrue(namesASpeciesOfFloats("S = FloatVector.SPECIES_256;"));
    assertTrue(namesASpeciesOfFloats("S = VectorSpecies.of(float.class, shape);"));
    assertTrue(namesASpeciesOfFloats("S = ints.withLanes(float.class);"));
    assertFalse(namesASpeciesOfFloats("S = LongVector.SPECIES_256;"));
  }

  private static boolean namesASpeciesOfFloats(String source) {
    return Pattern.compile("FloatVector\\.SPECIES_|\\.(of|withLanes)\\(\\s*float\\.class")
        .matcher(source)
        .find();
  }

  @Test
  void theRuleItself() {
    assertFalse(breaks("dev.lamella.net.Dense", "dev.lamella.net.Layer"), "own package");
    assertFalse(breaks("dev.lamella.train.Trainer", "dev.lamella.kernel.MatMul"), "far below");
    assertTrue(breaks("dev.lamella.math.Blas", "dev.lamella.data.Dataset"), "beside");
    assertTrue(breaks("dev.lamella.kernel.MatMul", "dev.lamella.net.Dense"), "above");
    assertTrue(
        breaks("dev.lamella.kernel.MatMul", "dev.lamella.parallel.Team"), "beside, not below");
    assertTrue(
        breaks("dev.lamella.attic.Thing", "dev.lamella.net.Dense"), "a package without floor");

    String vector = "jdk.incubator.vector.FloatVector";
    assertFalse(breaks("dev.lamella.kernel.MatMulVector", vector));
    assertFalse(breaks("dev.lamella.kernel.MatMulVector$Tile", vector));
    assertFalse(breaks("dev.lamella.machine.Lanes", vector));
    assertFalse(breaks("dev.lamella.formula.Tanh$Vector", vector));
    assertTrue(breaks("dev.lamella.formula.Tanh", vector));
    assertTrue(breaks("dev.lamella.kernel.MatMul", vector));
    assertTrue(breaks("dev.lamella.net.DenseVector", vector));
  }

  /** Whether {@code user} must not use {@code used}; both are names of classes. */
  private static boolean breaks(String user, String used) {
    if (used.startsWith("jdk.incubator.vector.")) {
      return !mayUseVectors(user);
    }
    String from = packageOf(user);
    String to = packageOf(used);
    if (from.equals(to) || from.isEmpty()) {
      return false; // the empty package holds module-info only
    }
    Integer fromFloor = FLOORS.get(from);
    Integer toFloor = FLOORS.get(to);
    return fromFloor == null || toFloor == null || toFloor >= fromFloor;
  }

  private static boolean mayUseVectors(String user) {
    String simple = user.substring(user.lastIndexOf('.') + 1);
    return VECTORS.contains(packageOf(user))
        && Stream.of(simple.split("\\$")).anyMatch(s -> s.endsWith("Vector") || s.equals("Lanes"));
  }

  /** Everything before the first capitalised word: imports may end in a member of a class. */
  private static String packageOf(String name) {
    Matcher type = Pattern.compile("\\.?(?:[A-Z]|package-info|module-info).*").matcher(name);
    return type.find() ? name.substring(0, type.start()) : name;
  }

  private static Set<String> usedBy(Path classFile) throws IOException {
    Set<String> used = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      String text =
          switch (entry) {
            case ClassEntry type -> type.asInternalName();
            // Descriptors and signatures; a sentence in a string never has this form.
            case Utf8Entry utf8 when utf8.stringValue().indexOf(';') > 0 -> utf8.stringValue();
            default -> "";
          };
      Matcher names = BINARY.matcher(text);
      while (names.find()) {
        used.add(names.group(1).replace('/', '.'));
      }
    }
    return used;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> found = all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
      assertFalse(found.isEmpty(), "nothing ending in " + ending + " under " + folder);
      return found;
    }
  }
}
