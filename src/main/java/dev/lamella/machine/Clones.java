package dev.lamella.machine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Copies of a class, each with a constant of its own: one template in the source, one class for the
 * compiler in each place that it serves.
 *
 * <p>HotSpot keeps one profile and one compiled form for a method. A loop that is handed its
 * formula, or a tile that is handed its shape, is compiled for all that it ever met: formulas stay
 * calls, and every vector that crosses one is an object on the heap. A copy of the <i>class</i> has
 * profiles of its own, and what {@link #constant} returns there is a {@code static final} of one
 * exact type: its methods are inlined whole, and the components of a record are constants too.
 *
 * <p>A template stands in a file of its own, has a constructor without parameters, and neither
 * lambdas nor nested classes; nothing calls it but through its superclass, which is not sealed.
 */
public final class Clones {

  private Clones() {}

  /**
   * Returns an instance of a new copy of {@code template}.
   *
   * @param lookup of a class in the template's package
   * @param base the superclass by which the copy is called
   * @param constant what {@link #constant} returns inside the copy
   */
  public static <T> T of(
      Lookup lookup, Class<T> base, Class<? extends T> template, Object constant) {
    try {
      Lookup copy = lookup.defineHiddenClassWithClassData(bytes(template), constant, true);
      MethodType constructor = MethodType.methodType(void.class);
      return base.cast(copy.findConstructor(copy.lookupClass(), constructor).invoke());
    } catch (Throwable e) {
      throw new LinkageError(template.getName() + " cannot be copied", e);
    }
  }

  /**
   * Returns one copy of {@code template} for each class of formulas, made when it is first asked
   * for, whose constant is the formula's vector form.
   */
  public static <T> ClassValue<T> perFormula(
      Lookup lookup, Class<T> base, Class<? extends T> template) {
    ClassValue<Object> forms = vectorForms(lookup, Object.class);
    return new ClassValue<>() {
      @Override
      protected T computeValue(Class<?> formula) {
        return of(lookup, base, template, forms.get(formula));
      }
    };
  }

  /**
   * Returns the vector form of each class of formulas: its nested class {@code Vector}.
   *
   * @param lookup of a class in the formulas' package
   */
  public static <T> ClassValue<T> vectorForms(Lookup lookup, Class<T> type) {
    return new ClassValue<>() {
      @Override
      protected T computeValue(Class<?> formula) {
        String name = formula.getName() + "$Vector";
        try {
          Class<?> form = lookup.findClass(name);
          return type.cast(
              lookup.findConstructor(form, MethodType.methodType(void.class)).invoke());
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("there is no vector form " + name, e);
        } catch (Throwable e) {
          throw thrown(e);
        }
      }
    };
  }

  /**
   * Returns what the copy that asks was made with; for a {@code static final}.
   *
   * @param lookup the copy's own
   */
  public static <T> T constant(Lookup lookup, Class<T> type) {
    try {
      T constant = MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, type);
      if (constant != null) {
        return constant;
      }
    } catch (IllegalAccessException e) {
      throw new LinkageError(lookup.lookupClass() + " is no copy", e);
    }
    throw new LinkageError(lookup.lookupClass() + " is a template: only its copies run");
  }

  /**
   * Returns handles of methods of {@code base} that the compiler never inlines what it calls
   * through, because an element of an array is no constant.
   *
   * <p>C2 stops inlining ordinary calls once a compilation has 18,000 nodes, and one exponential
   * makes up half of them. A loop with one that is inlined into a caller with another is past the
   * limit: its formula stays a call, ten times slower. Which of them suffers would depend on what
   * was hot first.
   */
  public static MethodHandle[] outlined(
      Lookup lookup, Class<?> base, MethodType type, String... names) {
    MethodHandle[] handles = new MethodHandle[names.length];
    try {
      for (int i = 0; i < names.length; i++) {
        handles[i] = lookup.findVirtual(base, names[i], type);
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(base.getName() + " has no such method", e);
    }
    return handles;
  }

  /** Throws what a handle threw, or returns the error that it must not throw. */
  public static LinkageError thrown(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new LinkageError("a loop threw what it does not declare", e);
  }

  private static byte[] bytes(Class<?> template) throws IOException {
    String name = template.getName();
    try (InputStream in =
        template.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      if (in == null) {
        throw new LinkageError(
            "the class file of "
                + name
                + " is not there to be read: keep it in the jar, under its own name");
      }
      return in.readAllBytes();
    }
  }
}
