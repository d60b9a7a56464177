package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.platform.commons.support.AnnotationSupport.findRepeatableAnnotations;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Every family of {@link Kernels} has a contract test that runs under every kernel variant. */
@Tag("kernels")
class KernelFamiliesTest {

  private static final String KERNELS = "kernels";

  @Test
  void everyFamilyHasAContractTest() {
    List<Class<?>> families = families();
    assertFalse(families.isEmpty(), "Kernels has no families");
    List<String> missing = new ArrayList<>();
    for (Class<?> family : families) {
      String objection = objection(family.getSimpleName() + "Test");
      if (!objection.isEmpty()) {
        missing.add(objection);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void aTestThatIsMissingOrRunsOnlyOnceIsNoticed() {
    assertEquals("NoSuchTest does not exist; write it", objection("NoSuchTest"));
    assertEquals(
        "Numbers has no test tagged \"kernels\"; tag the class or a test", objection("Numbers"));
    assertEquals("", objection("KernelFamiliesTest"));
  }

  /** The components that are a choice between kernels. */
  private static List<Class<?>> families() {
    List<Class<?>> families = new ArrayList<>();
    for (RecordComponent component : Kernels.class.getRecordComponents()) {
      Class<?> type = component.getType();
      if (type.isSealed() && Modifier.isAbstract(type.getModifiers())) {
        families.add(type);
      }
    }
    return families;
  }

  /** What speaks against a class as a contract test; "" for nothing. */
  private static String objection(String name) {
    Class<?> test;
    try {
      String full = KernelFamiliesTest.class.getPackageName() + "." + name;
      test = Class.forName(full, false, KernelFamiliesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return name + " does not exist; write it";
    }
    Stream<Method> tests =
        Arrays.stream(test.getDeclaredMethods()).filter(m -> isAnnotated(m, Testable.class));
    boolean whole = isTagged(test);
    return tests.anyMatch(m -> whole || isTagged(m))
        ? ""
        : name + " has no test tagged \"kernels\"; tag the class or a test";
  }

  private static boolean isTagged(AnnotatedElement element) {
    return findRepeatableAnnotations(element, Tag.class).stream()
            .anyMatch(tag -> tag.value().equals(KERNELS))
        || findRepeatableAnnotations(element, net.jqwik.api.Tag.class).stream()
            .anyMatch(tag -> tag.value().equals(KERNELS));
  }
}
