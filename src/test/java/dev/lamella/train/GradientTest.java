package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.machine.Memory;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients: the oracle's against finite differences, both in double; the float ones against the
 * oracle's.
 */
@Tag("kernels")
class GradientTest {

  private static final int ROWS = 11;
  private static final double EPSILON = 0x1p-24; // of float, rounding to nearest

  /** Every activation in a hidden and in the last layer, every loss, with and without bias. */
  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Activation f : Activation.values()) {
      cases.add(new Case(f, f, Loss.MSE, 3));
      cases.add(new Case(f, Activation.LINEAR, Loss.HUBER, 2));
      cases.add(new Case(f, Activation.SOFTMAX, Loss.CROSS_ENTROPY, 5));
    }
    cases.add(new Case(Activation.TANH, Activation.LINEAR, Loss.MAE, 4));
    cases.add(new Case(Activation.SILU, Activation.SOFTMAX, Loss.MAE, 17));
    cases.add(new Case(Activation.GELU, Activation.LINEAR, Loss.CROSS_ENTROPY_WITH_LOGITS, 4));
    cases.add(new Case(Activation.ELU, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, 1));
    cases.add(new Case(Activation.SELU, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, 3));
    cases.add(
        new Case(
            Activation.SOFTPLUS, Activation.LINEAR, Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS, 33));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oracleAgreesWithFiniteDifferences(Case setup) {
    Problem problem = Problem.of(setup);
    double[] exact = problem.oracle.gradient(setup.loss, problem.x, problem.t);
    double[] near = problem.oracle.differences(setup.loss, problem.x, problem.t, 1e-5);
    double distance = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      distance += (exact[i] - near[i]) * (exact[i] - near[i]);
      size += exact[i] * exact[i] + near[i] * near[i];
    }
    assertTrue(size > 0);
    assertTrue(Math.sqrt(distance / size) <= 1e-6, () -> setup + ": " + Arrays.toString(exact));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatsAgreeWithTheOracle(Case setup) {
    Problem problem = Problem.of(setup);
    double[] exact = problem.oracle.gradient(setup.loss, problem.x, problem.t);
    Weights weights = new Weights(problem.network, 0);
    Backprop backprop = new Backprop(problem.network, weights, setup.loss, List.of(), ROWS);
    double loss =
        backprop.rows(problem.source(), ROWS, true, Workers.single())
            / setup.loss.terms(ROWS, setup.outputs);
    Updater none = new Updater(weights, Sgd.of(0));
    none.start(0);
    backprop.update(none, Workers.single());

    // A float sum of n products is off by at most n epsilon times the product of the norms (Higham,
    // 2002, 3.1); a layer passes on what came in times its norm, on the way there and back. The
    // functions add a few epsilon each; their slopes are at most about 1.8.
    double growth = 4;
    int terms = ROWS;
    for (int l = 0; l < problem.network.layers().size(); l++) {
      growth *= Math.max(1, problem.oracle.norm(l));
      terms += problem.network.layer(l).inputs() + problem.network.layer(l).units() + 8;
    }
    double tolerance = terms * EPSILON * growth;
    double expected = problem.oracle.loss(setup.loss, problem.x, problem.t);
    assertEquals(expected, loss, tolerance * Math.max(1, expected), setup::toString);
    float[] got = weights.unpacked(offHeap(weights.gradient));
    double size = Math.sqrt(Arrays.stream(exact).map(g -> g * g).sum());
    for (int i = 0; i < got.length; i++) {
      int at = i;
      assertEquals(exact[i], got[i], tolerance * size, () -> setup + " parameter " + at);
    }
  }

  private static MemorySegment offHeap(float[] values) {
    MemorySegment segment = Memory.floats(values.length);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return segment;
  }

  /** A network of three layers, 20 units wide: one narrow panel, tails everywhere. */
  record Case(Activation hidden, Activation last, Loss loss, int outputs) {}

  /** Rows and a network for a case, the same every time, with no sum near a kink. */
  private static final class Problem {

    final Case setup;
    final Network network;
    final Oracle oracle;
    final double[][] x; // (rows, inputs)
    final double[][] t; // (rows, outputs)

    Problem(Case setup, Network network, double[][] x, double[][] t) {
      this.setup = setup;
      this.network = network;
      this.oracle = new Oracle(network);
      this.x = x;
      this.t = t;
    }

    static Problem of(Case setup) {
      for (long seed = 1; ; seed++) {
        Random random = new Random(seed);
        Network network =
            Network.builder(5)
                .dense(7, setup.hidden)
                .dense(20, setup.hidden)
                .dense(setup.outputs, setup.last)
                .build(seed);
        float[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] += 0.1f * (float) random.nextGaussian(); // biases too
        }
        Network moved = network.withParameters(parameters);
        double[][] x = new double[ROWS][5]; // (rows, inputs)
        double[][] t = new double[ROWS][setup.outputs]; // (rows, outputs)
        for (int r = 0; r < ROWS; r++) {
          Arrays.setAll(x[r], k -> (float) random.nextGaussian());
          if (setup.loss.categorical()) {
            t[r][random.nextInt(setup.outputs)] = 1;
          } else if (setup.loss.binary()) {
            Arrays.setAll(t[r], k -> random.nextInt(2));
          } else {
            Arrays.setAll(t[r], k -> (float) random.nextGaussian());
          }
        }
        Problem problem = new Problem(setup, moved, x, t);
        if (problem.oracle.nearestSum(x) > 1e-3) {
          return problem;
        }
      }
    }

    Source source() {
      ArraySource source = new ArraySource(5, setup.outputs);
      source.numbers(flat(x), flat(t));
      return source;
    }

    private static float[] flat(double[][] rows) {
      float[] flat = new float[rows.length * rows[0].length];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
      }
      return flat;
    }
  }
}
