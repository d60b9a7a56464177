package dev.lamella.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lamella quickstart}: a first look, from one neuron to a saved model, in seconds. */
@Command(
    name = "quickstart",
    customSynopsis = "lamella quickstart [--model OUT.safetensors]",
    description =
        "Let one neuron learn a line, then a network with a hidden layer read digits; save it and"
            + " ask it.",
    footer = {"", Main.EXIT_CODES})
final class QuickstartCommand implements Runnable {
  private final Main main;

  @Option(
      names = "--model",
      paramLabel = "OUT.safetensors",
      defaultValue = "digits.safetensors",
      description = "Where to save the network that reads digits. Default: ${DEFAULT-VALUE}.")
  private Path model = Path.of("");

  QuickstartCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    new Paths().writes("--model", model).check();
    PrintStream out = main.out();
    new QuickLine(out).run();
    new QuickDigits(main, model).run();
    out.printf(
        """
        3. What next?
           bin/lamella inspect %1$s
           bin/lamella train your.csv --target COLUMN --layers 64:relu,1 --validation 0.2 \\
               --model your.safetensors
           bin/lamella train --help
        """,
        model);
  }
}
