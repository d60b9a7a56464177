package dev.lamella.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The instructions that every side is held to, as far as it can be: a flag for a JVM, environment
 * variables for native libraries. {@code bin/bench} sets the variables, because libraries read them
 * when they are loaded and a JVM cannot change its own environment.
 */
enum Isa {
  /** Whatever each side chooses on this processor. */
  NATIVE,

  /** 256-bit vectors and 16 registers, as on processors without AVX-512. */
  AVX2;

  /** What a side that goes its own way is marked with. */
  static final String NOT_HELD = "not held";

  /** The values that hold a library; OpenBLAS names processors, and has these two with AVX2. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "MKL_ENABLE_INSTRUCTIONS", List.of("AVX2"),
          "OPENBLAS_CORETYPE", List.of("Haswell", "Zen"),
          "ATEN_CPU_CAPABILITY", List.of("avx2"),
          "DNNL_MAX_CPU_ISA", List.of("AVX2"));

  /** What each native library listens to. */
  private static final Map<String, List<String>> VARIABLES =
      Map.of(
          "mkl", List.of("MKL_ENABLE_INSTRUCTIONS"),
          "openblas", List.of("OPENBLAS_CORETYPE"),
          "djl", List.of("ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "MKL_ENABLE_INSTRUCTIONS"));

  static Isa parse(String text) {
    for (Isa isa : values()) {
      if (isa.toString().equals(text)) {
        return isa;
      }
    }
    throw new IllegalArgumentException(
        "--isa wants one of %s, not %s."
            .formatted(
                Arrays.stream(values()).map(Isa::toString).collect(Collectors.joining(", ")),
                text));
  }

  /** The flags of every JVM, also of those in which a native library computes. */
  List<String> flags() {
    return this == NATIVE ? List.of() : List.of("-XX:UseAVX=2");
  }

  /** Fails unless this machine and this environment hold everyone who can be held. */
  void require(String architecture, Map<String, String> environment) {
    if (this == NATIVE) {
      return;
    }
    if (!List.of("amd64", "x86_64").contains(architecture)) {
      throw new IllegalArgumentException(
          "--isa %s wants an x86-64 processor, and this is %s: leave the option out."
              .formatted(this, architecture));
    }
    new TreeMap<>(VALUES)
        .forEach((name, wanted) -> {
          String value = environment.getOrDefault(name, "nothing");
          if (!wanted.contains(value)) {
            throw new IllegalStateException(
                "--isa %s wants %s=%s in the environment, which has %s: start with bin/bench, which sets it."
                    .formatted(this, name, String.join(" or ", wanted), value));
          }
        });
  }

  /** How a side is held: the flag or the variables, {@link #NOT_HELD}, or nothing to hold to. */
  String held(String side, Map<String, String> environment) {
    if (this == NATIVE) {
      return "";
    }
    if (Peers.isOurs(side) || side.equals("netlib")) { // Java computes
      return String.join(" ", flags());
    }
    List<String> settings = new ArrayList<>();
    for (String name : VARIABLES.getOrDefault(side, List.of())) {
      settings.add(name + "=" + environment.getOrDefault(name, ""));
    }
    return settings.isEmpty() ? NOT_HELD : String.join(" ", settings);
  }

  /** What follows a side's description, given what {@link #held} says of it. */
  static String words(String held) {
    if (held.isEmpty()) {
      return "";
    }
    return held.equals(NOT_HELD) ? "; " + NOT_HELD : "; held by " + held;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
