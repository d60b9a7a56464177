package dev.lamella.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Calls of loops that must be compiled on their own.
 *
 * <p>C2 stops inlining ordinary calls once a compilation has 18,000 nodes, and one exponential
 * makes up half of them. A loop over {@link ExpVector} that is inlined into a caller with a loop of
 * its kind before it is past the limit: its helpers stay calls, and every vector that crosses one
 * is an object on the heap, ten times slower. Whether that happens depends on which method was hot
 * first. A method handle out of an array or a map is no constant to the compiler, so what it calls
 * is never inlined.
 */
final class Apart {

  private static final MethodType ELEMENTS =
      MethodType.methodType(
          int.class, float[].class, int.class, float[].class, int.class, int.class);

  private static final MethodType ROWS =
      MethodType.methodType(
          void.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          int.class,
          int.class,
          float.class,
          float[].class,
          int.class,
          int.class);

  private Apart() {}

  /** Finds the loop of every function: the static method of {@code home} with its name. */
  static Map<Function, MethodHandle> elements(Class<?> home) {
    Map<Function, MethodHandle> loops = new EnumMap<>(Function.class);
    for (Function f : Function.values()) {
      StringBuilder name = new StringBuilder();
      for (String word : f.name().split("_", -1)) {
        String rest = word.substring(1).toLowerCase(Locale.ROOT);
        name.append(name.isEmpty() ? Character.toLowerCase(word.charAt(0)) : word.charAt(0));
        name.append(rest);
      }
      loops.put(f, find(home, name.toString(), ELEMENTS));
    }
    return loops;
  }

  /** Finds loops over rows, static methods of {@code home}, in this order. */
  static MethodHandle[] rows(Class<?> home, String... names) {
    MethodHandle[] loops = new MethodHandle[names.length];
    for (int i = 0; i < names.length; i++) {
      loops[i] = find(home, names[i], ROWS);
    }
    return loops;
  }

  private static MethodHandle find(Class<?> home, String name, MethodType type) {
    try {
      return MethodHandles.lookup().findStatic(home, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(home.getName() + " has no loop " + name, e);
    }
  }

  /** Calls a loop over elements. */
  static int call(
      Map<Function, MethodHandle> loops, Function f, float[] a, int i, float[] b, int j, int n) {
    try {
      return (int) Objects.requireNonNull(loops.get(f)).invokeExact(a, i, b, j, n);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a loop threw what it does not declare", e);
    }
  }

  /** Calls a loop over rows. */
  static void call(
      MethodHandle loop,
      float[] a,
      int i,
      int iStride,
      float[] b,
      int j,
      int jStride,
      int rows,
      int n,
      float number,
      float[] c,
      int k,
      int kStride) {
    try {
      loop.invokeExact(a, i, iStride, b, j, jStride, rows, n, number, c, k, kStride);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a loop threw what it does not declare", e);
    }
  }
}
