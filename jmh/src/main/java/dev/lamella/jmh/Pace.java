package dev.lamella.jmh;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a fork of {@code --quick} runs. Native code needs next to no warm-up; ours needs most,
 * because vector code that is not compiled yet is a thousand times slower.
 *
 * @param warmups how many iterations are not counted
 * @param warmupMillis how long each of them is
 * @param millis how long each of three iterations is that count
 */
record Pace(int warmups, int warmupMillis, int millis) {

  /** What all sides of a work may take together, in seconds. */
  static final double SECONDS = 15;

  /** The flag that tells a fork. */
  static final String FLAG = "-Dlamella.bench.quick=true";

  private static final int ITERATIONS = 3;

  /** Whether this JVM is a fork that is in a hurry. */
  static boolean isQuick() {
    return Boolean.getBoolean("lamella.bench.quick");
  }

  static Pace quick(Scenario scenario, String side) {
    boolean training = scenario.title().equals("train");
    return switch (side) {
      case "mkl", "openblas" -> new Pace(3, 100, 70); // a hand-made net has some Java in it
      case "onnxruntime" -> new Pace(2, 100, 70);
      case "djl" -> new Pace(3, 150, 70);
      default -> training ? new Pace(4, 300, 100) : new Pace(4, 200, 70);
    };
  }

  void apply(ChainedOptionsBuilder jmh) {
    jmh.warmupIterations(warmups)
        .warmupTime(TimeValue.milliseconds(warmupMillis))
        .measurementIterations(ITERATIONS)
        .measurementTime(TimeValue.milliseconds(millis));
  }
}
