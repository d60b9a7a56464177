package dev.lamella;

import dev.lamella.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What this library is and how it computes here: its version, and a report for bug reports. */
public final class Lamella {
  private Lamella() {}

  /** {@return the version of this library, such as {@code 1.0.0}} */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = Lamella.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "version.properties is missing beside dev.lamella.Lamella; the jar is incomplete");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /**
   * How this library computes in this process: the versions, the kernels of each family and the
   * width of their vectors, and where they are scalar, why and what to change.
   *
   * @return a few lines of text, each ending in a line feed
   */
  public static String report() {
    Kernels kernels = Kernels.active();
    List<String> lines = new ArrayList<>();
    lines.add("Lamella     " + version());
    lines.add("Java        " + java());
    lines.add("System      " + system());
    lines.add("Kernels     " + width(kernels));
    if (!kernels.reason().isEmpty()) {
      lines.add("because     " + kernels.reason());
    }
    lines.add("Families    " + String.join(", ", families(kernels)));
    String warning = warning(Runtime.version());
    if (!warning.isEmpty()) {
      lines.add("Warning     " + warning);
    }
    return String.join("\n", lines) + "\n";
  }

  private static String java() {
    return Runtime.version()
        + " ("
        + System.getProperty("java.vm.name")
        + ", "
        + System.getProperty("java.vm.info")
        + ")";
  }

  private static String system() {
    int processors = Runtime.getRuntime().availableProcessors();
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + processors
        + (processors == 1 ? " processor" : " processors");
  }

  private static String width(Kernels kernels) {
    return kernels.vector()
        ? "vector, %d lanes (%d bits)".formatted(kernels.lanes(), Float.SIZE * kernels.lanes())
        : "scalar";
  }

  /** Each family with its variant; read from the record, so that none can be forgotten. */
  private static List<String> families(Kernels kernels) {
    List<String> families = new ArrayList<>();
    for (RecordComponent component : Kernels.class.getRecordComponents()) {
      if (component.getType().isSealed()) { // a choice between kernels
        try {
          String variant = component.getAccessor().invoke(kernels).getClass().getSimpleName();
          families.add(component.getName() + (variant.endsWith("Vector") ? " vector" : " scalar"));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("a record reads its own component", e);
        }
      }
    }
    return families;
  }

  /** What is known to be wrong with a version of Java, or "". */
  static String warning(Runtime.Version java) {
    boolean movesPinnedArrays = java.feature() == 25 && java.interim() == 0 && java.update() < 3;
    return movesPinnedArrays
        ? "Java "
            + java.feature()
            + "."
            + java.interim()
            + "."
            + java.update()
            + " can move arrays that must stay in place under the G1 collector (JDK-8377811);"
            + " update to 25.0.3 or later"
        : "";
  }
}
