package dev.lamella.cli;

import dev.lamella.data.DataException;
import dev.lamella.data.Dataset;
import dev.lamella.data.Feature;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Model;
import dev.lamella.model.ModelFile;
import dev.lamella.net.Activation;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.net.NetworkBuilder;
import dev.lamella.text.Quoted;
import dev.lamella.train.Callback;
import dev.lamella.train.EarlyStopping;
import dev.lamella.train.History;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Trainer;
import dev.lamella.train.TrainingException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One training from the command line: read, check, train, save. */
final class TrainRun {
  private static final int MANY_CLASSES = 20; // so few may come once each

  private final TrainCommand options;
  private final PrintStream out;

  TrainRun(TrainCommand options) {
    this.options = options;
    this.out = options.main.out();
  }

  void run() {
    checkFiles();
    Model start =
        options.init == null
            ? null
            : ModelArgument.open(options.init, options.layers, options.tensors);
    List<LayerSpec> layers = layers(start);
    LayerSpec last = layers.getLast();

    TrainRows rows = TrainRows.read(options, last, start == null ? null : start.schema());
    options.main.note(rows.train().notes());
    if (rows.validation() != null) {
      options.main.note(rows.validation().notes());
    }
    Network network = start == null ? build(layers, rows.train()) : start.network();
    requireFit(network, rows.train());
    Loss loss = options.loss != null ? options.loss : LossChoice.defaultFor(last, rows.classes());

    loss.requireTargets(options.data, rows.train());
    if (rows.validation() != null) {
      loss.requireTargets(validationName(), rows.validation());
    }

    Schema schema = rows.train().schema();
    boolean standardized = loss.standardizes(network, rows.train());
    if (schema != null && !standardized) {
      schema = schema.withTarget(schema.target().asTheyAre()); // what the model remembers is true
    }
    warnOfManyClasses(rows.train());
    describe(rows, network, loss);
    History history = train(network, loss, rows);
    compare(history.network(), loss, rows);
    Map<String, String> notes = notes(loss, history);
    if (schema != null && schema.features().isEmpty()) {
      notes.put(InputRange.NOTE, InputRange.of(rows.train()).text());
    }
    ModelFile.save(history.network(), options.model, schema, notes);
    if (options.history != null) {
      history.write(options.history);
    }
    out.printf("saved     %s%n", options.model);
    out.printf("weights sha256 %s%n", history.network().sha256());
  }

  private void checkFiles() {
    Paths files = new Paths().data("DATA", options.data);
    Words.Validation validation = options.validation;
    if (validation != null && !validation.isFraction()) {
      files.data("--validation", validation.data());
    }
    files
        .reads("--init", options.init, "--model") // to go on from a model and keep its name
        .writes("--model", options.model)
        .writes("--history", options.history)
        .check();
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
          "%s has %s, but the last layer has %s; %s"
              .formatted(
                  options.data,
                  data.hasLabels()
                      ? count(wanted, "class", "classes")
                      : count(wanted, "number a row to learn", "numbers a row to learn"),
                  count(units, "unit", "units"),
                  wayToUnits(network, data)));
    }
    Activation last = ModelArgument.specs(network).getLast().activation();
    if (units == 1 && last == Activation.SOFTMAX) {
      throw new DataException(
          "the network ends in a softmax of 1 unit, which always answers 1, but %s has numbers to learn; end --layers with 1"
              .formatted(options.data));
    }
  }

  /** What to write instead; the command with it is not refused for its units again. */
  private String wayToUnits(Network network, Dataset data) {
    if (options.init != null) {
      return "give the data that %s was made for, or leave --init out".formatted(options.init);
    }
    LayerSpec last = ModelArgument.specs(network).getLast();
    boolean softmax = last.activation() == Activation.SOFTMAX;
    if (!data.hasLabels()) {
      return "end --layers with %d%s"
          .formatted(data.outputs(), softmax && data.outputs() == 1 ? " and leave --loss out" : "");
    }
    Schema schema = data.schema();
    boolean numbers = schema != null && options.loss == null && areNumbers(schema);
    return "end --layers with %d%s%s"
        .formatted(
            data.outputs(),
            options.loss == null || options.loss.takesLogits() ? "" : ":softmax",
            !numbers
                ? ""
                : softmax
                    ? ", or with 1 and no softmax for numbers"
                    : ", or with 1 and --loss mse for numbers");
  }

  private static boolean areNumbers(Schema schema) {
    return schema.target().classes().stream().allMatch(name -> name.matches("-?[0-9]+"));
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
            .metrics(metrics(loss, rows.train()).toArray(Metric[]::new))
            .callbacks(callbacks.toArray(Callback[]::new));
    if (rows.validation() != null) {
      trainer.validation(rows.validation());
    }
    History history = fit(trainer, rows.train());
    if (stopping != null && history.last().epoch() < options.epochs) {
      out.printf(
          "stopped   after epoch %d; the best was epoch %d%n",
          history.last().epoch(), stopping.bestEpoch());
    }
    return history;
  }

  private History fit(Trainer trainer, Dataset data) {
    try {
      return trainer.fit(data);
    } catch (TrainingException e) {
      throw new DataException(
          "%s; nothing was saved%s"
              .formatted(
                  e.getMessage(),
                  Files.exists(options.model) ? ", " + options.model + " is as it was" : ""),
          e);
    }
  }

  /** Says what the result is worth: beside the answer that needs no network. */
  private void compare(Network trained, Loss loss, TrainRows rows) {
    Schema schema = rows.train().schema();
    Dataset judged = rows.validation() != null ? rows.validation() : rows.train();
    Target target = schema == null ? Target.none() : schema.target();
    out.println(Comparison.line(trained, loss, rows.train(), judged, target));
  }

  private String validationName() {
    Words.Validation validation = options.validation;
    return validation == null || validation.isFraction() ? options.data : validation.data();
  }

  private List<Metric> metrics(Loss loss, Dataset rows) {
    return LossChoice.forEach(
        options.metrics != null ? options.metrics.list() : LossChoice.metrics(loss), loss, rows);
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
    tellConstants(train.schema());
    out.printf("network   %s%n", network);
    LayerSpec last = ModelArgument.specs(network).getLast();
    out.printf(
        "loss      %s%s%s%n",
        loss.text(),
        options.loss != null ? "" : " (%s)".formatted(LossChoice.reason(last, rows.classes())),
        loss.standardizes(network, train)
            ? ", of the target with mean 0 and deviation 1; metrics in its own units"
            : "");
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

  /** Numbers that were meant to be numbers become a class of nearly every row. */
  private void warnOfManyClasses(Dataset train) {
    Schema schema = train.schema();
    if (schema != null
        && train.hasLabels()
        && train.classes() > Math.max(MANY_CLASSES, train.rows() / 2)) {
      options.main.note(
          List.of(
              "the target %s of %s has %d different values in %d rows, and each is taken for a class; %s"
                  .formatted(
                      Quoted.cell(schema.target().name()),
                      options.data,
                      train.classes(),
                      train.rows(),
                      areNumbers(schema)
                          ? "end --layers with 1 and no softmax to learn a number"
                          : "learn another column if they only name the rows")));
    }
  }

  /** Columns that never change among the training rows. */
  private void tellConstants(@Nullable Schema schema) {
    List<String> names =
        (schema == null ? List.<Feature>of() : schema.features())
            .stream()
                .filter(feature ->
                    switch (feature) {
                      case Feature.Constant constant -> true;
                      case Feature.Categorical words -> words.values().size() == 1;
                      case Feature.Numeric number -> false;
                    })
                .map(feature -> Quoted.cell(feature.name()))
                .toList();
    if (!names.isEmpty()) {
      String listed = String.join(", ", names.subList(0, Math.min(12, names.size())));
      out.printf(
          "constant  %s%s: the same in all training rows, so %s nothing%n",
          listed,
          names.size() > 12 ? ", ... (%d columns)".formatted(names.size()) : "",
          names.size() == 1 ? "it teaches" : "they teach");
    }
  }

  /** What a later reader of the model file wants to know; {@code predict} needs the loss. */
  private Map<String, String> notes(Loss loss, History history) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("loss", loss.text());
    notes.put("optimizer", options.optimizer.text());
    notes.put("epochs", Integer.toString(history.epochs().size()));
    notes.put("batch_size", Integer.toString(options.batchSize));
    notes.put("seed", Long.toString(options.seed));
    if (history.standardized()) {
      notes.put("loss_of", "standardized target");
    }
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
