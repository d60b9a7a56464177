package dev.lamella.train;

import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;
import dev.lamella.parallel.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final int most; // epochs
  private final List<Metric> metrics;
  private final List<Callback> callbacks;
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
    this.most = trainer.epochs();
    this.metrics = trainer.metrics();
    this.callbacks = trainer.callbacks();
    int largest = validation == null ? 1 : Math.min(trainer.batchSize(), validation.rows());
    this.backprop = learner.prepare(Math.max(batchSize, largest), metrics);
    this.training =
        new Training(trainer, trainer.epochsDone() + 1, most, data.rows(), validation != null);
  }

  History run() {
    callbacks.forEach(each -> each.started(training));
    for (int i = 0; i < most && !ending(); i++) {
      int number = trainer.epochsDone() + 1;
      double rate = trainer.learningRate(number);
      training.startEpoch(number, rate);
      Epoch epoch = epoch(number, rate);
      if (epoch == null) {
        break;
      }
      trainer.epochDone();
      epochs.add(epoch);
      training.endEpoch(epoch);
      callbacks.forEach(each -> each.epochEnded(training, epoch));
    }
    if (!learner.remember()) { // of an epoch that was cut short
      throw failure("a weight is no longer finite", training.learningRate(), 0);
    }
    callbacks.forEach(each -> each.ended(training));
    return new History(learner.network(), epochs, learner.standardized());
  }

  /** Whether somebody wants this to end: asked before each step. The flag of a thread stays set. */
  private boolean ending() {
    return training.stopping() || Thread.currentThread().isInterrupted();
  }

  /** One epoch, or null if it was cut short. */
  private @Nullable Epoch epoch(int number, double rate) {
    long start = System.nanoTime();
    source.reset();
    if (trainer.shuffles()) {
      Permutation.shuffle(source.order, trainer.nextRandom());
    }
    double sum = 0;
    double[] sums = new double[metrics.size()];
    int rows = data.rows();
    for (int from = 0, step = 1; from < rows; from += batchSize, step++) {
      if (ending()) {
        return null;
      }
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
    Optional<Evaluation> validated =
        validation == null
            ? Optional.empty()
            : evaluate(validation, trainer, metrics, backprop, workers, this::ending);
    if (validation != null && validated.isEmpty()) {
      return null;
    }
    return new Epoch(
        number, evaluation(trainer, metrics, rows, sum, sums), rate, seconds, validated);
  }

  private void stepped(int rowsDone, double sum) {
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

  /** Asks about all rows of a dataset, in order; empty if that is to end before all are asked. */
  static Optional<Evaluation> evaluate(
      Dataset asked,
      Trainer trainer,
      List<Metric> metrics,
      Backprop backprop,
      Workers workers,
      BooleanSupplier ending) {
    DatasetSource rows = new DatasetSource(asked);
    double sum = 0;
    double[] sums = new double[metrics.size()];
    int size = Math.min(trainer.batchSize(), backprop.capacity());
    for (int from = 0; from < asked.rows(); from += size) {
      if (ending.getAsBoolean()) {
        return Optional.empty();
      }
      rows.startAt(from);
      int count = Math.min(size, asked.rows() - from);
      sum += trainer.learner().ask(backprop, rows, count, workers);
      backprop.addMetrics(sums);
    }
    return Optional.of(evaluation(trainer, metrics, asked.rows(), sum, sums));
  }

  private static Evaluation evaluation(
      Trainer trainer, List<Metric> metrics, int rows, double sum, double[] sums) {
    Map<String, Double> measured = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      measured.put(metrics.get(i).text(), sums[i] / rows);
    }
    int outputs = trainer.learner().outputs();
    return new Evaluation(rows, sum / trainer.loss().terms(rows, outputs), measured);
  }
}
