package dev.lamella.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Copies of a class, each with a constant of its own.
 *
 * <p>The compiler makes the best code of a loop whose shape and formula are constants: branches on
 * them fold away, calls have one target, and no other use disturbs the profile. So a loop is
 * written once, as a template, and its class is defined again for each constant that is asked for;
 * the template reads the constant back with {@link #constant}.
 */
final class Clones {

  private Clones() {}

  /**
   * Defines a template once more and makes its instance.
   *
   * @param lookup of the template's package
   * @param template a class with a constructor that takes nothing
   * @param constant what {@link #constant} returns inside the copy
   */
  static <T> T of(MethodHandles.Lookup lookup, Class<? extends T> template, Object constant) {
    String file = template.getName().substring(template.getPackageName().length() + 1) + ".class";
    try (InputStream in = template.getResourceAsStream(file)) {
      if (in == null) {
        throw new LinkageError("the class file " + file + " is missing; add it to the jar again");
      }
      MethodHandles.Lookup copy =
          lookup.defineHiddenClassWithClassData(in.readAllBytes(), constant, true);
      MethodType nothing = MethodType.methodType(void.class);
      @SuppressWarnings("unchecked") // a copy of a T is a T
      T instance = (T) copy.findConstructor(copy.lookupClass(), nothing).invoke();
      return instance;
    } catch (IOException e) {
      throw new LinkageError("the class file " + file + " cannot be read", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("no copy of " + template.getName() + " can be made", e);
    }
  }

  /** Returns the constant of the copy that asks, or {@code otherwise} in the template itself. */
  static <T> T constant(MethodHandles.Lookup lookup, Class<T> type, T otherwise) {
    try {
      T constant = MethodHandles.classData(lookup, "_", type);
      return constant == null ? otherwise : constant;
    } catch (IllegalAccessException e) {
      throw new LinkageError("a copy of " + lookup.lookupClass() + " cannot read its constant", e);
    }
  }
}
