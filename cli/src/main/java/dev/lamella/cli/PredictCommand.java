package dev.lamella.cli;

import dev.lamella.base.AtomicFile;
import dev.lamella.data.DataException;
import dev.lamella.data.DataFiles;
import dev.lamella.data.DataOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Preparation;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Model;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lamella predict}: a model's answers, one line or array row for each row of the data. */
@Command(
    name = "predict",
    customSynopsis = "lamella predict MODEL DATA [--output OUT.npy|OUT.csv] [OPTIONS]",
    description = "Ask a model about the rows of DATA, whose target column may be missing.",
    footer = {
      "",
      Main.DATA,
      Main.EXIT_CODES,
      "CSV: for classes the column prediction and the probability of each class, else a column of",
      "values for each output. NPY: the network's outputs, float32 (rows, outputs).",
      "Example:",
      "  lamella predict iris.safetensors new.csv --output answers.csv"
    })
final class PredictCommand implements Runnable {
  private final Main main;
  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(index = "1", paramLabel = "DATA", description = "The rows to ask about.")
  private String data = "";

  @Option(
      names = "--output",
      paramLabel = "OUT.npy|OUT.csv",
      description = "Where to write the answers. Default: CSV on standard output.")
  private @Nullable Path output;

  @Option(
      names = "--spreadsheet-safe",
      description =
          "In CSV, put an apostrophe before names of classes and columns that a spreadsheet would"
              + " take for a formula: that start with = + - @ or a tab.")
  private boolean spreadsheetSafe;

  @Mixin private final HeaderOption header = new HeaderOption();

  @Mixin private final UnknownOption unknown = new UnknownOption();

  PredictCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    String name = output == null ? ".csv" : output.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".npy")) {
      throw new UsageException(
          "--output " + output + " is neither .csv nor .npy; give it one of these endings");
    }
    new Paths().reads("MODEL", model.path).data("DATA", data).writes("--output", output).check();
    Model opened = model.open();
    Dataset rows = rows(opened);
    main.note(InputRange.notes(opened, rows, data));
    main.note(rows.notes());
    Answers answers = Answers.of(opened, rows);
    if (output == null) {
      print(answers);
    } else if (name.endsWith(".npy")) {
      answers.writeNpy(output);
    } else {
      AtomicFile.write(output, DataException::new, file -> write(answers, file));
    }
  }

  private Dataset rows(Model opened) {
    Preparation asTheyAre =
        Preparation.standard().withStandardize(false).withKind(Target.Kind.NONE);
    Schema schema = unknown.applied(opened.schema());
    Dataset rows =
        schema != null
            ? DataFiles.openInputs(data, header.csv(), schema)
            : DataFiles.open(data, new DataOptions(header.csv(), asTheyAre));
    int inputs = opened.network().inputs();
    if (rows.inputs() != inputs) {
      throw new DataException(
          "%s has %d inputs a row, but %s takes %d; give the data it was made for"
              .formatted(data, rows.inputs(), model.path, inputs));
    }
    return rows;
  }

  private void print(Answers answers) {
    try {
      write(answers, main.out());
    } catch (IOException e) {
      throw new UncheckedIOException("standard output does not take the answers", e);
    }
  }

  private void write(Answers answers, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    answers.writeCsv(text, spreadsheetSafe);
    text.flush(); // closing is for whoever opened the stream
  }
}
