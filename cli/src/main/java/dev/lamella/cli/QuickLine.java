package dev.lamella.cli;

import dev.lamella.data.Dataset;
import dev.lamella.net.Network;
import dev.lamella.train.Callback;
import dev.lamella.train.Epoch;
import dev.lamella.train.Loss;
import dev.lamella.train.Sgd;
import dev.lamella.train.Trainer;
import dev.lamella.train.Training;
import java.io.PrintStream;
import java.util.Set;

/** The first part of the quickstart: one neuron learns y = 2x + 3. */
final class QuickLine {
  private static final int POINTS = 64;
  private static final int EPOCHS = 50;
  private static final Set<Integer> SHOWN = Set.of(1, 2, 5, 10, 20, EPOCHS);

  private final PrintStream out;

  QuickLine(PrintStream out) {
    this.out = out;
  }

  void run() {
    float[] xs = new float[POINTS]; // (POINTS), evenly from -1 to 1
    float[] ys = new float[POINTS]; // (POINTS)
    for (int i = 0; i < POINTS; i++) {
      xs[i] = 2f * i / (POINTS - 1) - 1;
      ys[i] = 2 * xs[i] + 3;
    }
    out.printf("1. One neuron, y = w x + b, learns y = 2x + 3 from %d points%n", POINTS);
    Network neuron = Network.builder(1).dense(1).build(42);
    Trainer.of(neuron, Loss.MSE, Sgd.of(0.1))
        .epochs(EPOCHS)
        .batchSize(8)
        .threads(1)
        .callbacks(new Watch())
        .fit(Dataset.of(xs, ys));
    out.println();
  }

  /** Shows the weight and the bias on their way. */
  private final class Watch implements Callback {
    @Override
    public void epochEnded(Training training, Epoch epoch) {
      if (SHOWN.contains(epoch.epoch())) {
        Network now = training.network();
        out.printf(
            "   epoch %2d   w = %.5f   b = %.5f   loss %.2e%n",
            epoch.epoch(), now.weights(0)[0][0], now.biases(0)[0], epoch.loss());
      }
    }
  }
}
