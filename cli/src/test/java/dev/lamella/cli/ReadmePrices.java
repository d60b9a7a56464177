package dev.lamella.cli;

import static dev.lamella.net.Activation.RELU;

import dev.lamella.data.DataFiles;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Split;
import dev.lamella.net.Network;
import dev.lamella.train.Adam;
import dev.lamella.train.Evaluation;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Trainer;

class ReadmePrices {
  public static void main(String[] args) {
    Split rows =
        DataFiles.split(args[0], DataOptions.standard(), 0.2, 42); // learns the last column
    Network blank = Network.builder(rows.train().inputs()).dense(64, RELU).dense(1).build(42);
    Network trained =
        Trainer.of(blank, Loss.MSE, Adam.of(0.01)).epochs(50).fit(rows.train()).network();
    // Training saw prices with mean 0 and deviation 1; the network answers in the file's units.
    Evaluation judged = Evaluation.of(trained, Loss.MSE, rows.test(), Metric.MAE);
    System.out.println("off by " + judged.metric(Metric.MAE) + " on average");
    System.out.println(trained.predict(rows.test().copyInputs())[0][0] + " for the first house");
  }
}
