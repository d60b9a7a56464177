package dev.lamella.jmh;

import java.util.Map;

/** The peers by name. Those that need other libraries are there only if the build had `-Ppeers`. */
public final class Peers {

  /** Ours, with the kernels it chooses itself. */
  public static final String LAMELLA = "lamella";

  /** Ours, held to its scalar kernels; needs a JVM of its own. */
  public static final String LAMELLA_SCALAR = "lamella-scalar";

  /** Ours as an older build has it; needs a JVM of its own. */
  public static final String LAMELLA_OLD = "lamella (old)";

  private static final Map<String, String> CLASSES =
      Map.of(
          "mkl", "dev.lamella.jmh.peers.MklPeer",
          "openblas", "dev.lamella.jmh.peers.OpenBlasPeer",
          "netlib", "dev.lamella.jmh.peers.NetlibPeer",
          "onnxruntime", "dev.lamella.jmh.peers.OnnxRuntimePeer",
          "djl", "dev.lamella.jmh.peers.DjlPeer");

  private Peers() {}

  /**
   * Starts a peer.
   *
   * @param name a peer's name
   * @param threads how many threads it may use
   * @return the peer
   * @throws IllegalArgumentException if there is no such peer, or not in this build
   */
  public static Peer open(String name, int threads) {
    if (isOurs(name)) {
      return new LamellaPeer(name.equals(LAMELLA_SCALAR), threads);
    }
    String implementation = CLASSES.get(name);
    if (implementation == null) {
      throw new IllegalArgumentException(
          "There is no peer '%s': choose %s, %s or one of %s."
              .formatted(name, LAMELLA, LAMELLA_SCALAR, CLASSES.keySet()));
    }
    try {
      return Class.forName(implementation)
          .asSubclass(Peer.class)
          .getConstructor(int.class)
          .newInstance(threads);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "Peer '%s' is not in this build: build with -Ppeers.".formatted(name), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Peer '%s' does not start.".formatted(name), e);
    }
  }

  /** Returns whether a name means our own library. */
  public static boolean isOurs(String name) {
    return name.equals(LAMELLA) || name.equals(LAMELLA_SCALAR) || name.equals(LAMELLA_OLD);
  }
}
