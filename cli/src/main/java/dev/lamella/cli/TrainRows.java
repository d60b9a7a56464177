package dev.lamella.cli;

import dev.lamella.data.DataException;
import dev.lamella.data.DataFiles;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Missing;
import dev.lamella.data.Schema;
import dev.lamella.data.Split;
import dev.lamella.data.Target;
import dev.lamella.net.LayerSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to train on and what to validate on.
 *
 * @param train with targets
 * @param validation null where nothing is held out
 */
record TrainRows(Dataset train, @Nullable Dataset validation) {
  /** Whether the target is one of several classes, with an output each or one for two. */
  boolean classes() {
    Schema schema = train.schema();
    return train.hasLabels() || (schema != null && schema.target().kind() == Target.Kind.BINARY);
  }

  /**
   * Reads the files that the options name.
   *
   * @param last decides, with the loss, what the target means
   * @param known how the model to start from understands files; null if there is none to ask
   */
  static TrainRows read(TrainCommand options, LayerSpec last, @Nullable Schema known) {
    if (known != null) {
      return again(options, Objects.requireNonNull(options.table.applied(known)));
    }
    Target.Kind kind = LossChoice.wanted(last, options.loss);
    TrainRows rows = learn(options, kind);
    boolean pair = rows.train.hasLabels() && rows.train.classes() == 2 && last.units() == 1;
    return kind == null && pair ? learn(options, Target.Kind.BINARY) : rows;
  }

  /** Learns from the training rows alone how to understand files. */
  private static TrainRows learn(TrainCommand options, Target.@Nullable Kind kind) {
    DataOptions wishes = options.table.wishes(options.header.header, kind);
    Words.Validation validation = options.validation;
    if (validation != null && validation.isFraction()) {
      return held(DataFiles.split(options.data, wishes, validation.fraction(), options.seed));
    }
    return withFile(options, learnable(options, DataFiles.open(options.data, wishes)));
  }

  private static TrainRows again(TrainCommand options, Schema known) {
    String target = options.table.target;
    if (target != null && !target.equals(known.target().name())) {
      throw new DataException(
          "--target is %s, but %s has learned %s; leave --target or --init out"
              .formatted(target, options.init, known.target().name()));
    }
    Missing missing = options.table.missing;
    if (missing != null && missing != known.reading().missing()) {
      throw new DataException(
          "--missing is %s, but %s was trained with %s; leave --missing or --init out"
              .formatted(missing.text(), options.init, known.reading().missing().text()));
    }
    for (String option : options.table.learnedAlready()) {
      throw new DataException(
          "%s cannot change what %s has learned; leave %s or --init out"
              .formatted(option, options.init, option));
    }
    Dataset rows = DataFiles.open(options.data, options.header.csv(), known);
    learnable(options, rows);
    Words.Validation validation = options.validation;
    return validation != null && validation.isFraction()
        ? held(rows.split(validation.fraction(), options.seed, !options.table.noStratify))
        : withFile(options, rows);
  }

  private static TrainRows held(Split split) {
    return new TrainRows(split.train(), split.test());
  }

  private static TrainRows withFile(TrainCommand options, Dataset train) {
    Words.Validation validation = options.validation;
    Schema schema = train.schema();
    if (validation == null || schema == null) {
      return new TrainRows(train, null);
    }
    return new TrainRows(train, DataFiles.open(validation.data(), options.header.csv(), schema));
  }

  private static Dataset learnable(TrainCommand options, Dataset rows) {
    if (!rows.hasTargets()) {
      throw new DataException(
          "%s has nothing to learn; add the targets after a comma, as in x.npy,y.npy"
              .formatted(options.data));
    }
    return rows;
  }
}
