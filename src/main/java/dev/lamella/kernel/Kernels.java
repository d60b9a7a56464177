package dev.lamella.kernel;

import dev.lamella.formula.Convert;
import dev.lamella.formula.ConvertScalar;
import dev.lamella.formula.Elementwise;
import dev.lamella.formula.ElementwiseScalar;
import dev.lamella.formula.Update;
import dev.lamella.formula.UpdateScalar;
import dev.lamella.machine.VectorSupport;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that compute in this process, one choice per family, made once at first use.
 *
 * @param reason why these: "" where the vector kernels run because nothing speaks against them
 * @param lanes the floats in one vector; 1 for the scalar kernels
 */
public record Kernels(
    MatMul matMul,
    Pack pack,
    Gemm gemm,
    MatVec matVec,
    Elementwise elementwise,
    Reduce reduce,
    Losses losses,
    Update update,
    Convert convert,
    int lanes,
    String reason) {

  private static final Kernels SCALAR = scalar("");

  /** Returns the reference kernels. */
  public static Kernels scalar() {
    return SCALAR;
  }

  /**
   * Returns the kernels chosen for this process.
   *
   * @throws IllegalArgumentException if a system property asks for what there is not; each time
   *     anew, and not as the error of a class that could not be initialized
   */
  public static Kernels active() {
    Kernels kernels = Active.KERNELS;
    if (kernels == null) {
      throw new IllegalArgumentException(Active.refusal);
    }
    return kernels;
  }

  /** Returns whether the kernels use the Vector API. */
  public boolean vector() {
    return lanes > 1;
  }

  private static Kernels scalar(String reason) {
    return new Kernels(
        new MatMulScalar(),
        new PackScalar(),
        new GemmScalar(),
        new MatVecScalar(),
        new ElementwiseScalar(),
        new ReduceScalar(),
        new LossesScalar(),
        new UpdateScalar(),
        new ConvertScalar(),
        1,
        reason);
  }

  /** Chosen at first use: a class is initialized once, whatever the threads do. */
  private static final class Active {

    static String refusal = "";
    static final @Nullable Kernels KERNELS = choose();

    private static @Nullable Kernels choose() {
      String objection;
      try {
        objection = VectorSupport.objection();
      } catch (IllegalArgumentException e) {
        refusal = String.valueOf(e.getMessage());
        return null;
      }
      if (objection.isEmpty()) {
        return vectorKernels();
      }
      if (!VectorSupport.FORCED_SCALAR.equals(objection)) {
        System.getLogger("dev.lamella")
            .log(
                Level.WARNING,
                "Lamella computes with its scalar kernels (same results, slower): " + objection);
      }
      return scalar(objection);
    }

    /**
     * Loads the vector kernels by name, so that a process that computes without them never links a
     * vector class.
     */
    private static Kernels vectorKernels() {
      return new Kernels(
          load(MatMul.class),
          load(Pack.class),
          load(Gemm.class),
          load(MatVec.class),
          load(Elementwise.class),
          load(Reduce.class),
          load(Losses.class),
          load(Update.class),
          load(Convert.class),
          VectorSupport.lanes(),
          VectorSupport.wish());
    }

    private static <T> T load(Class<T> family) {
      try {
        return family.cast(
            Class.forName(family.getName() + "Vector").getDeclaredConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(
            "the vector kernels of " + family.getName() + " cannot be loaded", e);
      }
    }
  }
}
