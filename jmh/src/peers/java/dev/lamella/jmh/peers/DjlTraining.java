package dev.lamella.jmh.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.lamella.jmh.Examples;
import dev.lamella.jmh.Training;
import dev.lamella.jmh.Work;
import java.util.Random;

/** Training through DJL: the whole data stands in native memory, a batch is a view of it. */
final class DjlTraining implements Work {

  private final Model model;
  private final Training training;
  private final Trainer trainer;
  private final Loss loss;
  private final int batches;
  private NDArray x; // (rows, inputs)
  private NDArray y; // (rows) classes, or (rows, outputs)
  private int next;

  DjlTraining(Model model, Training training, Examples data) {
    this.model = model;
    this.training = training;
    Tracker rate = Tracker.fixed(training.learningRate());
    Optimizer optimizer =
        training.adam()
            ? Adam.builder().optLearningRateTracker(rate).build()
            : Optimizer.sgd().setLearningRateTracker(rate).build();
    loss = training.classes() ? Loss.softmaxCrossEntropyLoss() : Loss.l2Loss("mse", 1f);
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer));
    trainer.initialize(new Shape(training.batch(), training.net().inputs()));
    NDManager manager = model.getNDManager();
    x = manager.create(data.x(), new Shape(data.rows(), training.net().inputs()));
    y = manager.create(data.y(), new Shape(data.rows(), training.net().outputs()));
    if (training.classes()) {
      y = y.argMax(1).toType(DataType.FLOAT32, false);
    }
    batches = data.rows() / training.batch();
  }

  @Override
  public void run() {
    int from = next * training.batch();
    step(from, from + training.batch());
    next = (next + 1) % batches;
  }

  private void step(int from, int to) {
    try (NDManager scope = model.getNDManager().newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDArray rows = x.get("{}:{}", from, to);
      NDArray targets = y.get("{}:{}", from, to);
      rows.attach(scope);
      targets.attach(scope);
      NDList outputs = trainer.forward(new NDList(rows));
      outputs.attach(scope);
      NDArray value = loss.evaluate(new NDList(targets), outputs);
      value.attach(scope);
      gradients.backward(value);
    }
    trainer.step();
  }

  /** Shuffles all rows, then learns each batch once, the short last one too. */
  void epoch(int seed) {
    int rows = (int) x.getShape().get(0);
    int[] order = new int[rows];
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    try (NDArray indices = model.getNDManager().create(order)) {
      NDArray oldX = x;
      NDArray oldY = y;
      x = oldX.get(indices);
      y = oldY.get(indices);
      oldX.close();
      oldY.close();
    }
    for (int from = 0; from < rows; from += training.batch()) {
      step(from, Math.min(rows, from + training.batch()));
    }
  }

  /** The outputs for all rows of some examples. */
  float[] outputs(Examples test) {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray rows = scope.create(test.x(), new Shape(test.rows(), training.net().inputs()));
      try (NDList outputs = trainer.evaluate(new NDList(rows))) {
        return outputs.singletonOrThrow().toFloatArray();
      }
    }
  }

  @Override
  public float[] result() {
    float[] parameters = new float[training.net().parameterCount()];
    int at = 0;
    for (NDArray array : DjlPeer.arrays(model)) {
      float[] part = array.toFloatArray();
      System.arraycopy(part, 0, parameters, at, part.length);
      at += part.length;
    }
    return parameters;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
