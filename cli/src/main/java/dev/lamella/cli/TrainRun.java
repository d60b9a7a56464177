package dev.lamella.cli;

import dev.lamella.data.AtomicFile;
import dev.lamella.data.DataException;
import dev.lamella.data.Dataset;
import dev.lamella.model.Model;
import dev.lamella.model.ModelFile;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.net.NetworkBuilder;
import dev.lamella.train.Callback;
import dev.lamella.train.EarlyStopping;
import dev.lamella.train.History;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Trainer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One training from the command line: read, check, train, save. */
final class TrainRun {
  private final TrainCommand options;
  private final PrintStream out;

  TrainRun(TrainCommand options) {
    this.options = options;
    this.out = options.main.out();
  }

  void run() {
    Paths.requireWritable(options.model);
    Paths.requireWritable(options.history);
    Model start =
        options.init == null
            ? null
            : ModelArgument.open(options.init, options.layers, options.tensors);
    List<LayerSpec> layers = layers(start);
    LayerSpec last = layers.getLast();

    TrainRows rows = TrainRows.read(options, last, start == null ? null : start.schema());
    Network network = start == null ? build(layers, rows.train()) : start.network();
    requireFit(network, rows.train());
    Loss loss = options.loss != null ? options.loss : LossChoice.defaultFor(last, rows.classes());

    describe(rows, network, loss);
    History history = train(network, loss, rows);
    Map<String, String> notes = notes(loss, history);
    ModelFile.save(history.network(), options.model, rows.train().schema(), notes);
    if (options.history != null) {
      byte[] csv = history.toCsv().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(options.history, file -> file.write(csv));
    }
    out.printf("saved     %s%n", options.model);
    out.printf("weights sha256 %s%n", history.network().sha256());
  }

  private List<LayerSpec> layers(@Nullable Model start) {
    if (options.layers != null) {
      return options.layers.specs();
    }
    if (start == null) {
      throw new IllegalStateException("without layers there is a model to start from");
    }
    return ModelArgument.specs(start.network());
  }

  private Network build(List<LayerSpec> layers, Dataset data) {
    NetworkBuilder builder = Network.builder(data.inputs());
    layers.forEach(builder::dense);
    return builder.build(options.seed);
  }

  /** The sentences of the command line, in its own words; the trainer would say it in Java's. */
  private void requireFit(Network network, Dataset data) {
    if (network.inputs() != data.inputs()) {
      throw new DataException(
          "%s has %d inputs a row, but the network of %s takes %d; give the data it was made for"
              .formatted(options.data, data.inputs(), options.init, network.inputs()));
    }
    int units = network.outputs();
    int wanted = data.outputs(); // the classes for labels
    if (units != wanted) {
      throw new DataException(
          "%s has %s, but the last layer has %s; end --layers with %d%s"
              .formatted(
                  options.data,
                  data.hasLabels()
                      ? count(wanted, "class", "classes")
                      : count(wanted, "number a row to learn", "numbers a row to learn"),
                  count(units, "unit", "units"),
                  wanted,
                  data.hasLabels() && units == 1 ? ", or use --loss mse for numbers" : ""));
    }
  }

  private static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private History train(Network network, Loss loss, TrainRows rows) {
    List<Callback> callbacks = new ArrayList<>(List.of(options.main.progress()));
    EarlyStopping stopping =
        options.patience == null ? null : EarlyStopping.patience(options.patience);
    if (stopping != null) {
      callbacks.add(stopping);
    }
    Trainer trainer =
        Trainer.of(network, loss, options.optimizer)
            .epochs(options.epochs)
            .batchSize(options.batchSize)
            .seed(options.seed)
            .shuffle(!options.noShuffle)
            .threads(threads())
            .metrics(metrics(loss).toArray(Metric[]::new))
            .callbacks(callbacks.toArray(Callback[]::new));
    if (rows.validation() != null) {
      trainer.validation(rows.validation());
    }
    History history = trainer.fit(rows.train());
    if (stopping != null && history.last().epoch() < options.epochs) {
      out.printf(
          "stopped   after epoch %d; the best was epoch %d%n",
          history.last().epoch(), stopping.bestEpoch());
    }
    return history;
  }

  private List<Metric> metrics(Loss loss) {
    return options.metrics != null ? options.metrics.list() : LossChoice.metrics(loss);
  }

  private int threads() {
    return options.threads != null ? options.threads : Runtime.getRuntime().availableProcessors();
  }

  private void describe(TrainRows rows, Network network, Loss loss) {
    Dataset validation = rows.validation();
    Dataset train = rows.train();
    out.printf(
        "data      %,d rows of %,d inputs, %s%s%n",
        train.rows(),
        train.inputs(),
        train.hasLabels()
            ? count(train.classes(), "class", "classes")
            : count(train.outputs(), "number to learn", "numbers to learn"),
        validation == null ? "" : "; %,d rows to validate on".formatted(validation.rows()));
    out.printf("network   %s%n", network);
    LayerSpec last = ModelArgument.specs(network).getLast();
    out.printf(
        "loss      %s%s%n",
        loss.word(),
        options.loss != null ? "" : " (%s)".formatted(LossChoice.reason(last, rows.classes())));
    out.printf(
        "training  %s, %d %s, batches of %d, %d %s, seed %d%n",
        options.optimizer.text(),
        options.epochs,
        options.epochs == 1 ? "epoch" : "epochs",
        options.batchSize,
        threads(),
        threads() == 1 ? "thread" : "threads",
        options.seed);
  }

  /** What a later reader of the model file wants to know; {@code predict} needs the loss. */
  private Map<String, String> notes(Loss loss, History history) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("loss", loss.word());
    notes.put("optimizer", options.optimizer.text());
    notes.put("epochs", Integer.toString(history.epochs().size()));
    notes.put("batch_size", Integer.toString(options.batchSize));
    notes.put("seed", Long.toString(options.seed));
    notes.put("train_loss", Double.toString(history.last().loss()));
    history
        .last()
        .validation()
        .ifPresent(validation -> {
          notes.put("val_loss", Double.toString(validation.loss()));
          validation
              .metrics()
              .forEach((name, value) -> notes.put("val_" + name, Double.toString(value)));
        });
    return notes;
  }
}
