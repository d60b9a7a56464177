package dev.lamella.cli;

import static dev.lamella.net.Activation.RELU;

import dev.lamella.data.DataFiles;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Dataset;
import dev.lamella.model.Answer;
import dev.lamella.model.Model;
import dev.lamella.model.RowPredictor;
import dev.lamella.net.Network;
import dev.lamella.train.Adam;
import dev.lamella.train.Loss;
import dev.lamella.train.Trainer;
import java.util.Map;

class ReadmeRows {
  record House(double area, int rooms, int age) {}

  public static void main(String[] args) {
    Dataset rows = DataFiles.open(args[0], DataOptions.standard());
    Network blank = Network.builder(rows.inputs()).dense(64, RELU).dense(1).build(42);
    Network trained = Trainer.of(blank, Loss.MSE, Adam.of(0.01)).epochs(50).fit(rows).network();
    Model model = new Model(trained, rows.schema(), Map.of()); // as ModelFile.open gives it
    try (RowPredictor predictor = model.rowPredictor()) {
      Answer answer = predictor.predict(Map.of("area", 80.5, "rooms", 3, "age", "12"));
      System.out.println(answer.value() + " for a small one"); // of classes: className()
      System.out.println(predictor.predict(new House(212.8, 4, 45)).value() + " for a large one");
    }
  }
}
