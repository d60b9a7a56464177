package dev.lamella.cli;

import static dev.lamella.net.Activation.RELU;

import dev.lamella.data.Dataset;
import dev.lamella.model.ModelFile;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import dev.lamella.train.Adam;
import dev.lamella.train.Loss;
import dev.lamella.train.Trainer;
import java.nio.file.Path;

class ReadmeExample {
  public static void main(String[] args) {
    float[] xs = {0, 1, 2, 3, 5, 6, 7, 8};
    float[] ys = {3, 5, 7, 9, 13, 15, 17, 19}; // y = 2x + 3
    Network blank = Network.builder(1).dense(16, RELU).dense(1).build(42);
    Trainer trainer = Trainer.of(blank, Loss.MSE, Adam.of(0.01)).epochs(500);
    Network trained = trainer.fit(Dataset.of(xs, ys)).network();
    ModelFile.save(trained, Path.of(args[0]));

    Network model = ModelFile.load(Path.of(args[0])); // any number of threads may share it
    try (Predictor predictor = model.predictor()) { // and each has a predictor of its own
      System.out.println(predictor.predict(new float[] {4})[0]); // close to 11
    }
  }
}
