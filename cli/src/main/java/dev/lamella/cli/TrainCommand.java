package dev.lamella.cli;

import dev.lamella.cli.Words.Layers;
import dev.lamella.cli.Words.Metrics;
import dev.lamella.cli.Words.Validation;
import dev.lamella.train.Adam;
import dev.lamella.train.Loss;
import dev.lamella.train.Optimizer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamella train}: the options; {@link TrainRun} does the work. */
@Command(
    name = "train",
    description = "Train a network on DATA and save it.",
    customSynopsis = "lamella train DATA --layers LAYERS --model OUT.safetensors [OPTIONS]",
    footer = {
      "",
      Main.DATA,
      Main.EXIT_CODES,
      "Examples:",
      "  lamella train iris.csv --layers 16:relu,3:softmax --validation 0.2 --epochs 100 \\",
      "      --model iris.safetensors",
      "  lamella train houses.csv --target price --layers 64:relu,64:relu,1 --epochs 50 \\",
      "      --model houses.safetensors",
      "An existing model file is replaced in one step once the training has succeeded; a training",
      "that fails or is stopped leaves it as it was."
    })
final class TrainCommand implements Runnable {
  final Main main;

  @Parameters(paramLabel = "DATA", description = "The rows to learn from.")
  String data = "";

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      converter = Words.ToLayers.class,
      description =
          "The network, such as 128:relu,10:softmax: for each layer its units, then perhaps an"
              + " activation, then perhaps nobias. May be left out with --init.")
  @Nullable Layers layers;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "OUT.safetensors",
      description = "Where to save the trained network.")
  Path model = Path.of("");

  @Option(
      names = "--validation",
      paramLabel = "DATA|FRACTION",
      converter = Words.ToValidation.class,
      description = "Rows to measure on after each epoch: a file, or a share of DATA to hold out.")
  @Nullable Validation validation;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      converter = Words.ToLoss.class,
      description =
          "mse, mae, huber, binary_cross_entropy, cross_entropy, or one of the last two with"
              + " _with_logits. Default: what the last layer and the target ask for.")
  @Nullable Loss loss;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME[:KEY=VALUE,...]",
      converter = Words.ToOptimizer.class,
      description =
          "sgd, adam or adamw and their numbers, such as sgd:lr=0.02,momentum=0.9,nesterov=true or"
              + " adam:lr=0.001,beta1=0.9. Default: adam:lr=0.001.")
  Optimizer optimizer = Adam.of(1e-3);

  @Option(
      names = "--metrics",
      paramLabel = "NAMES",
      converter = Words.ToMetrics.class,
      description =
          "A comma list of accuracy, mae, mse; or none. Default: accuracy for classes, mae for"
              + " numbers.")
  @Nullable Metrics metrics;

  @Option(
      names = "--epochs",
      defaultValue = "10",
      converter = Words.ToCount.class,
      description = "How many times to go through the rows. Default: ${DEFAULT-VALUE}.")
  int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      defaultValue = "32",
      converter = Words.ToCount.class,
      description = "How many rows make one step. Default: ${DEFAULT-VALUE}.")
  int batchSize;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      converter = Words.ToCount.class,
      description =
          "Stop after so many epochs without a better loss (on the validation rows if there are"
              + " any) and keep the best network.")
  @Nullable Integer patience;

  @Option(
      names = "--seed",
      defaultValue = "42",
      converter = Words.ToSeed.class,
      description =
          "Draws the first weights, the order of the rows and those held out; the same seed gives"
              + " the same bits. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      converter = Words.ToThreads.class,
      description = "How many threads compute; it changes no bit. Default: all processors.")
  @Nullable Integer threads;

  @Option(names = "--no-shuffle", description = "Take the rows in the order of the file.")
  boolean noShuffle;

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description =
          "Start from these weights: a model file, or with --layers a PyTorch state_dict in"
              + " safetensors.")
  @Nullable Path init;

  @Option(
      names = "--tensors",
      paramLabel = "NAMES",
      split = ",",
      description = ModelArgument.TENSORS)
  List<String> tensors = List.of();

  @Option(
      names = "--history",
      paramLabel = "FILE.csv",
      description = "Where to write loss and metrics of each epoch.")
  @Nullable Path history;

  @Mixin TableOptions table = new TableOptions();

  @Mixin HeaderOption header = new HeaderOption();

  TrainCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    if (layers == null && init == null) {
      throw new UsageException("Missing required option: '--layers=LAYERS' (or '--init=MODEL')");
    }
    if (!tensors.isEmpty() && init == null) {
      throw new UsageException(
          "--tensors names the tensors of the file to start from; give it with --init, or leave the"
              + " option out");
    }
    table.check();
    new TrainRun(this).run();
  }
}
