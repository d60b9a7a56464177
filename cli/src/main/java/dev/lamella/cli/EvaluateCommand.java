package dev.lamella.cli;

import dev.lamella.cli.Words.Metrics;
import dev.lamella.data.DataFiles;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Model;
import dev.lamella.net.LayerSpec;
import dev.lamella.train.ClassScores;
import dev.lamella.train.Evaluation;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Sgd;
import dev.lamella.train.Trainer;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamella evaluate}: how well a model answers rows whose answers are known. */
@Command(
    name = "evaluate",
    customSynopsis = "lamella evaluate MODEL DATA [OPTIONS]",
    description =
        "Measure a model on DATA: the loss, the metrics, what always answering the mean or the most"
            + " frequent class would reach, and for classes the recall and precision of each.",
    footer = {
      "",
      Main.DATA,
      Main.EXIT_CODES,
      "Example:",
      "  lamella evaluate iris.safetensors iris.csv"
    })
final class EvaluateCommand implements Runnable {
  private static final int BATCH = 256; // changes the speed and no bit of the outputs

  private final Main main;
  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(index = "1", paramLabel = "DATA", description = "The rows to measure on.")
  private String data = "";

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      converter = Words.ToLoss.class,
      description = "Default: the loss that the model was trained with.")
  private @Nullable Loss loss;

  @Option(
      names = "--metrics",
      paramLabel = "NAMES",
      converter = Words.ToMetrics.class,
      description = "A comma list of accuracy, mae, mse; or none. Default: as train.")
  private @Nullable Metrics metrics;

  @Option(
      names = "--threads",
      converter = Words.ToThreads.class,
      description = "How many threads compute; it changes no bit. Default: all processors.")
  private @Nullable Integer threads;

  @Mixin private final HeaderOption header = new HeaderOption();

  @Mixin private final UnknownOption unknown = new UnknownOption();

  EvaluateCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    Model opened = model.open();
    Loss trained = loss != null ? loss : ModelArgument.loss(opened);
    LayerSpec last = ModelArgument.specs(opened.network()).getLast();
    Dataset rows = rows(opened, LossChoice.wanted(last, trained));
    main.note(rows.notes());
    Loss judge = trained != null ? trained : LossChoice.defaultFor(last, rows.hasLabels());
    List<Metric> asked =
        LossChoice.forEach(
            metrics != null ? metrics.list() : LossChoice.metrics(judge), judge, rows);

    Trainer trainer =
        Trainer.of(opened.network(), judge, Sgd.of(0))
            .batchSize(BATCH)
            .metrics(asked.toArray(Metric[]::new));
    if (threads != null) {
      trainer.threads(threads);
    }
    main.note(InputRange.notes(opened, rows, data));
    judge.requireTargets(data, rows);
    print(trainer.evaluate(rows), judge);
    Target target = opened.schema() != null ? opened.schema().target() : Target.none();
    main.out().println(Comparison.line(opened.network(), judge, rows, rows, target));
    if (judge.categorical() || (judge.binary() && opened.network().outputs() == 1)) {
      ClassScores scores = ClassScores.of(opened.network(), judge, rows);
      main.out().print(ClassTable.of(scores, target));
    }
  }

  private Dataset rows(Model opened, Target.@Nullable Kind kind) {
    Schema schema = unknown.applied(opened.schema());
    return schema != null
        ? DataFiles.open(data, header.csv(), schema)
        : DataFiles.open(data, new DataOptions(header.csv(), preparation(kind)));
  }

  private static Preparation preparation(Target.@Nullable Kind kind) {
    Preparation asTheyAre = Preparation.standard().withStandardize(false);
    return kind == null ? asTheyAre : asTheyAre.withKind(kind);
  }

  private void print(Evaluation evaluation, Loss judge) {
    PrintStream out = main.out();
    out.printf(Locale.ROOT, "rows      %,d%n", evaluation.rows());
    out.printf("loss      %s  (%s)%n", number(evaluation.loss()), judge.text());
    evaluation.metrics().forEach((name, value) -> out.printf("%-9s %s%n", name, number(value)));
  }

  /** Six decimals, or six digits where these would say nothing. */
  private static String number(double value) {
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= 1e-3 && size < 1e9);
    return String.format(Locale.ROOT, plain ? "%.6f" : "%.6e", value);
  }
}
