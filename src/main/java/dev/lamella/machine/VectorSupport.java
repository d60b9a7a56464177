package dev.lamella.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Whether this virtual machine computes well with the Vector API, and if not, why. */
public final class VectorSupport {

  /** The objection of a user who asked for the scalar kernels. */
  public static final String FORCED_SCALAR = "-Dlamella.kernels=scalar asks for it";

  private static final String MODULE = "jdk.incubator.vector";

  /** What {@code -Dlamella.lanes} can be. */
  private static final Set<String> WIDTHS = Set.of("4", "8", "16", "");

  private VectorSupport() {}

  /**
   * What the decision looks at.
   *
   * @param kernels what the user asked for: scalar, vector or ""
   * @param lanesAsked the width that the user asked for, or ""
   * @param module whether the Vector API is there
   * @param lanes the floats of the vectors that the kernels would have; asked only with the module
   * @param mode how the virtual machine runs
   * @param machine the name of the virtual machine
   * @param processor its architecture
   * @param fma whether a fused multiply-add is one instruction; asked last
   */
  record Facts(
      String kernels,
      String lanesAsked,
      boolean module,
      IntSupplier lanes,
      String mode,
      String machine,
      String processor,
      BooleanSupplier fma) {

    static Facts here() {
      return new Facts(
          System.getProperty("lamella.kernels", ""),
          System.getProperty("lamella.lanes", ""),
          ModuleLayer.boot().findModule(MODULE).isPresent(),
          VectorSupport::lanes,
          System.getProperty("java.vm.info", ""),
          System.getProperty("java.vm.name", ""),
          System.getProperty("os.arch", "").toLowerCase(Locale.ROOT),
          VectorSupport::fusesInHardware);
    }
  }

  /**
   * Returns what speaks against the vector kernels, with the way out, or "" if nothing does.
   *
   * @throws IllegalArgumentException if {@code -Dlamella.kernels} is neither scalar nor vector, or
   *     {@code -Dlamella.lanes} no width of a vector
   */
  public static String objection() {
    return objection(Facts.here());
  }

  static String objection(Facts facts) {
    String asked = facts.kernels();
    if (asked.equals("scalar")) {
      return FORCED_SCALAR;
    }
    if (!asked.isEmpty() && !asked.equals("vector")) {
      throw new IllegalArgumentException(
          "-Dlamella.kernels is \""
              + asked
              + "\", but it can be scalar or vector; leave it out for the best choice");
    }
    if (!WIDTHS.contains(facts.lanesAsked())) {
      throw new IllegalArgumentException(
          "-Dlamella.lanes is \""
              + facts.lanesAsked()
              + "\", but a vector has 4, 8 or 16 lanes; give one of these or leave it out");
    }
    if (!facts.module()) {
      return "the module " + MODULE + " is not there; start java with --add-modules " + MODULE;
    }
    int lanes = facts.lanes().getAsInt();
    if (!WIDTHS.contains(Integer.toString(lanes))) {
      // Not only slow: with fewer lanes sums would have another order, and so other bits.
      return "vectors have "
          + lanes
          + (lanes == 1 ? " lane" : " lanes")
          + " here, but the kernels compute with 4, 8 or 16; leave out -XX:MaxVectorSize";
    }
    return asked.equals("vector") ? "" : slowMachine(facts, lanes);
  }

  /**
   * Returns what makes this virtual machine slow at vectors: they would run, a thousand times
   * slower than plain loops.
   */
  private static String slowMachine(Facts facts, int lanes) {
    if (facts.mode().contains("interpreted mode")) {
      return "java runs in interpreted mode; leave out -Xint";
    }
    if (facts.mode().contains("emulated-client")) {
      return "java compiles with C1 only; leave out -XX:TieredStopAtLevel";
    }
    String machine = facts.machine();
    if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
      return "the virtual machine is "
          + machine
          + ", not HotSpot with its C2 compiler; -Dlamella.kernels=vector tries all the same";
    }
    boolean amd64 = facts.processor().equals("amd64") || facts.processor().equals("x86_64");
    if (amd64 && lanes < 8 && facts.lanesAsked().isEmpty()) {
      return "vectors have "
          + 32 * lanes
          + " bits here, but the kernels want 256 (AVX2) on this kind of processor; leave out -XX:UseAVX, or set"
          + " -Dlamella.kernels=vector";
    }
    if (!facts.fma().getAsBoolean()) {
      return "the virtual machine does not use fused multiply-add instructions; leave out -XX:-UseFMA";
    }
    return "";
  }

  /** Whether an fma is one instruction; computed by software it costs thousands of them. */
  private static boolean fusesInHardware() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
    } catch (LinkageError | RuntimeException e) {
      return true; // jdk.management is optional: without it nothing speaks against the vectors
    }
  }

  /**
   * Returns the lanes of the vector kernels. Links vector classes: call it where the module is
   * present only.
   */
  public static int lanes() {
    return Lanes.COUNT;
  }

  /** Returns which wish of the user decided, or "". */
  public static String wish() {
    String lanes = System.getProperty("lamella.lanes", "");
    return lanes.isEmpty() ? "" : "-Dlamella.lanes=" + lanes + " asks for this width";
  }
}
