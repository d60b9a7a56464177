package dev.lamella.jmh.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The C interface of whichever BLAS this JVM has loaded: one per JVM, because both peers use the
 * same names. Calls go straight to the library, without JNI; those that take microseconds only also
 * skip the change of thread state, so that the call itself costs some five nanoseconds.
 */
@SuppressWarnings("restricted") // native calls are the point
final class Cblas {

  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  /** Below this the call is short enough to keep a garbage collection waiting. */
  private static final double SHORT_FLOPS = 2e6;

  private static final FunctionDescriptor SGEMM_TYPE =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT);
  private static final FunctionDescriptor SGEMV_TYPE =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT);

  private static final MethodHandle SGEMM = handle("cblas_sgemm", SGEMM_TYPE);
  private static final MethodHandle SGEMV = handle("cblas_sgemv", SGEMV_TYPE);
  private static final MethodHandle SHORT_SGEMM =
      handle("cblas_sgemm", SGEMM_TYPE, Linker.Option.critical(false));
  private static final MethodHandle SHORT_SGEMV =
      handle("cblas_sgemv", SGEMV_TYPE, Linker.Option.critical(false));

  private static @Nullable String loaded;

  private Cblas() {}

  /** Says which library this JVM has loaded; fails if it was another before. */
  static synchronized void claim(String library) {
    if (loaded != null && !loaded.equals(library)) {
      throw new IllegalStateException(
          "This JVM has loaded %s, so it cannot time %s: use a fork each."
              .formatted(loaded, library));
    }
    loaded = library;
  }

  static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment address = SymbolLookup.loaderLookup().find(name).orElseThrow();
    return Linker.nativeLinker().downcallHandle(address, type, options);
  }

  /** Calls a function of one number that returns nothing. */
  static void set(String name, int value) {
    try {
      handle(name, FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " failed.", e);
    }
  }

  /** Calls a function that returns a text. */
  static String text(String name) {
    try {
      MemorySegment text =
          (MemorySegment)
              Linker.nativeLinker()
                  .downcallHandle(
                      SymbolLookup.loaderLookup().find(name).orElseThrow(),
                      FunctionDescriptor.of(
                          ADDRESS.withTargetLayout(
                              MemoryLayout.sequenceLayout(
                                  500, java.lang.foreign.ValueLayout.JAVA_BYTE))))
                  .invokeExact();
      return text.getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " failed.", e);
    }
  }

  /** C = op(A) op(B) + beta C, all row-major. */
  static void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      int lda,
      MemorySegment b,
      int ldb,
      float beta,
      MemorySegment c,
      int ldc) {
    int left = transA ? TRANSPOSED : PLAIN;
    int right = transB ? TRANSPOSED : PLAIN;
    try {
      if (2.0 * m * n * k < SHORT_FLOPS) {
        SHORT_SGEMM.invokeExact(ROW_MAJOR, left, right, m, n, k, 1f, a, lda, b, ldb, beta, c, ldc);
      } else {
        SGEMM.invokeExact(ROW_MAJOR, left, right, m, n, k, 1f, a, lda, b, ldb, beta, c, ldc);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemm failed.", e);
    }
  }

  /** y = A x + beta y. */
  static void sgemv(int m, int n, MemorySegment a, MemorySegment x, float beta, MemorySegment y) {
    try {
      if (2.0 * m * n < SHORT_FLOPS) {
        SHORT_SGEMV.invokeExact(ROW_MAJOR, PLAIN, m, n, 1f, a, n, x, 1, beta, y, 1);
      } else {
        SGEMV.invokeExact(ROW_MAJOR, PLAIN, m, n, 1f, a, n, x, 1, beta, y, 1);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemv failed.", e);
    }
  }
}
