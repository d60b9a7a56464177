package dev.lamella.train;

import dev.lamella.data.Dataset;
import dev.lamella.parallel.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One call of {@link Trainer#fit}: the loop over epochs and batches. */
final class Fit {

  private final Trainer trainer;
  private final Learner learner;
  private final Workers workers;
  private final Dataset data;
  private final @Nullable Dataset validation;
  private final DatasetSource source;
  private final Backprop backprop;
  private final int batchSize;
  private final Training training;
  private final List<Epoch> epochs = new ArrayList<>();

  Fit(Trainer trainer, Dataset data, Workers workers) {
    this.trainer = trainer;
    this.learner = trainer.learner();
    this.workers = workers;
    this.data = data;
    this.validation = trainer.validation();
    this.source = new DatasetSource(data);
    this.batchSize = Math.min(trainer.batchSize(), data.rows());
    int largest = validation == null ? 1 : Math.min(trainer.batchSize(), validation.rows());
    this.backprop = learner.prepare(Math.max(batchSize, largest), trainer.metrics());
    this.training =
        new Training(
            trainer, trainer.epochsDone() + 1, trainer.epochs(), data.rows(), validation != null);
  }

  History run() {
    List<Callback> callbacks = trainer.callbacks();
    callbacks.forEach(each -> each.started(training));
    for (int i = 0; i < trainer.epochs() && !training.stopping(); i++) {
      int number = trainer.epochsDone() + 1;
      double rate = trainer.learningRate(number);
      training.startEpoch(number, rate);
      Epoch epoch = epoch(number, rate);
      trainer.epochDone();
      epochs.add(epoch);
      training.endEpoch(epoch);
      callbacks.forEach(each -> each.epochEnded(training, epoch));
    }
    callbacks.forEach(each -> each.ended(training));
    return new History(learner.network(), epochs, learner.standardized());
  }

  private Epoch epoch(int number, double rate) {
    long start = System.nanoTime();
    source.reset();
    if (trainer.shuffles()) {
      shuffle(source.order, trainer.nextRandom());
    }
    double sum = 0;
    double[] sums = new double[trainer.metrics().size()];
    int rows = data.rows();
    for (int from = 0, step = 1; from < rows; from += batchSize, step++) {
      int count = Math.min(batchSize, rows - from);
      source.startAt(from);
      double batch = learner.step(backprop, source, count, rate, workers);
      if (!Double.isFinite(batch)) {
        throw failure(
            "the loss of epoch " + number + ", step " + step + " is " + batch, rate, count);
      }
      sum += batch;
      backprop.addMetrics(sums);
      stepped(from + count, sum);
    }
    if (!learner.remember()) {
      throw failure(
          "a weight at the end of epoch " + number + " is no longer finite",
          rate,
          rows % batchSize);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Epoch(
        number,
        evaluation(rows, sum, sums),
        rate,
        seconds,
        validation == null ? Optional.empty() : Optional.of(evaluate(validation)));
  }

  private void stepped(int rowsDone, double sum) {
    List<Callback> callbacks = trainer.callbacks();
    if (!callbacks.isEmpty()) {
      training.step(rowsDone, sum / trainer.loss().terms(rowsDone, learner.outputs()));
      for (int i = 0; i < callbacks.size(); i++) { // without an iterator: no garbage
        callbacks.get(i).stepped(training);
      }
    }
  }

  private TrainingException failure(String what, double rate, int rows) {
    String sentence = Failures.sentence(what, learner, rate, backprop, rows);
    learner.goBack();
    return new TrainingException(
        sentence, new History(learner.network(), epochs, learner.standardized()));
  }

  /** Asks about all rows of a dataset, in order. */
  Evaluation evaluate(Dataset asked) {
    return evaluate(asked, trainer, backprop, workers);
  }

  static Evaluation evaluate(Dataset asked, Trainer trainer, Backprop backprop, Workers workers) {
    DatasetSource rows = new DatasetSource(asked);
    double sum = 0;
    double[] sums = new double[trainer.metrics().size()];
    int size = Math.min(trainer.batchSize(), backprop.capacity());
    for (int from = 0; from < asked.rows(); from += size) {
      rows.startAt(from);
      int count = Math.min(size, asked.rows() - from);
      sum += trainer.learner().ask(backprop, rows, count, workers);
      backprop.addMetrics(sums);
    }
    return evaluation(trainer, asked.rows(), sum, sums);
  }

  private Evaluation evaluation(int rows, double sum, double[] sums) {
    return evaluation(trainer, rows, sum, sums);
  }

  private static Evaluation evaluation(Trainer trainer, int rows, double sum, double[] sums) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      metrics.put(trainer.metrics().get(i).name(), sums[i] / rows);
    }
    int outputs = trainer.learner().outputs();
    return new Evaluation(rows, sum / trainer.loss().terms(rows, outputs), metrics);
  }

  /** Shuffles (Fisher and Yates, 1938; Durstenfeld, 1964). */
  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      // The high half of a product is a number in [0, i], the same on every machine.
      int j = (int) Math.unsignedMultiplyHigh(random.nextLong(), i + 1L);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
