package dev.lamella.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Whether this virtual machine computes well with the Vector API, and if not, why. */
public final class VectorSupport {

  /** The objection of a user who asked for the scalar kernels. */
  public static final String FORCED_SCALAR = "-Dlamella.kernels=scalar asks for it";

  private static final String MODULE = "jdk.incubator.vector";

  private VectorSupport() {}

  /**
   * Returns what speaks against the vector kernels, with the way out, or "" if nothing does.
   *
   * @throws IllegalArgumentException if {@code -Dlamella.kernels} is neither scalar nor vector
   */
  public static String objection() {
    String asked = System.getProperty("lamella.kernels", "");
    if (asked.equals("scalar")) {
      return FORCED_SCALAR;
    }
    if (!asked.isEmpty() && !asked.equals("vector")) {
      throw new IllegalArgumentException(
          "-Dlamella.kernels is \""
              + asked
              + "\", but it can be scalar or vector; leave it out for the best choice");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the module " + MODULE + " is not there; start java with --add-modules " + MODULE;
    }
    return asked.equals("vector") ? "" : slowMachine();
  }

  /**
   * Returns what makes this virtual machine slow at vectors: they would run, a thousand times
   * slower than plain loops.
   */
  private static String slowMachine() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted mode")) {
      return "java runs in interpreted mode; leave out -Xint";
    }
    if (mode.contains("emulated-client")) {
      return "java compiles with C1 only; leave out -XX:TieredStopAtLevel";
    }
    String machine = System.getProperty("java.vm.name", "");
    if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
      return "the virtual machine is "
          + machine
          + ", not HotSpot with its C2 compiler; -Dlamella.kernels=vector tries all the same";
    }
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean amd64 = processor.equals("amd64") || processor.equals("x86_64");
    if (amd64 && lanes() < 8 && Integer.getInteger("lamella.lanes", 0) == 0) {
      return "vectors have "
          + 32 * lanes()
          + " bits here, but the kernels want 256 (AVX2) on this kind of processor; leave out -XX:UseAVX, or set"
          + " -Dlamella.kernels=vector";
    }
    if (!fusesInHardware()) {
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
