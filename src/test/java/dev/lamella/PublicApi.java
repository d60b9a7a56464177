package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users of the module can see, read from its class files. */
final class PublicApi {
  private static final Path CLASSES =
      Path.of(System.getProperty("basedir", "."))
          .toAbsolutePath()
          .getParent()
          .resolve("target/classes");

  private PublicApi() {}

  static Set<String> exportedPackages() {
    try (InputStream in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public classes of the exported packages, nested ones too. */
  static List<Class<?>> types() {
    List<Class<?>> types = new ArrayList<>();
    for (String exported : exportedPackages()) {
      try (Stream<Path> files = Files.list(CLASSES.resolve(exported.replace('.', '/')))) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (!name.endsWith(".class") || name.equals("package-info.class")) {
            continue;
          }
          Class<?> type =
              Class.forName(
                  exported + "." + name.substring(0, name.length() - ".class".length()),
                  false,
                  PublicApi.class.getClassLoader());
          if (isPublic(type)) {
            types.add(type);
          }
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    assertFalse(types.isEmpty(), "no class in " + CLASSES);
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  /** The public constructors and methods of a class. */
  static List<Executable> executables(Class<?> type) {
    List<Executable> all = new ArrayList<>();
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(each.getModifiers())) {
        all.add(each);
      }
    }
    for (Method each : type.getDeclaredMethods()) {
      if (Modifier.isPublic(each.getModifiers()) && !each.isSynthetic() && !each.isBridge()) {
        all.add(each);
      }
    }
    all.sort((a, b) -> a.toString().compareTo(b.toString()));
    return all;
  }

  /** What shows a class of this library that users cannot name. */
  static List<String> hiddenTypes() {
    Set<String> exported = exportedPackages();
    List<String> hidden = new ArrayList<>();
    for (Class<?> type : types()) {
      for (Executable each : executables(type)) {
        List<Class<?>> shown = new ArrayList<>(List.of(each.getParameterTypes()));
        if (each instanceof Method method) {
          shown.add(method.getReturnType());
        }
        shown.stream().filter(t -> isHidden(t, exported)).forEach(t -> hidden.add(each + ": " + t));
      }
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isPublic(field.getModifiers()) && isHidden(field.getType(), exported)) {
          hidden.add(field + ": " + field.getType());
        }
      }
    }
    return hidden;
  }

  private static boolean isHidden(Class<?> type, Set<String> exported) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.getName().startsWith("dev.lamella.")
        && !(exported.contains(element.getPackageName()) && isPublic(element));
  }
}
