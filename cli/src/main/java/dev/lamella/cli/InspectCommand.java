package dev.lamella.cli;

import dev.lamella.model.Model;
import dev.lamella.model.Safetensors;
import dev.lamella.model.TensorInfo;
import dev.lamella.text.Quoted;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lamella inspect}: what a model file holds. */
@Command(
    name = "inspect",
    customSynopsis = "lamella inspect MODEL [--layers LAYERS [--tensors NAMES]]",
    description =
        "Show a model's layers, its preprocessing, its notes and the SHA-256 of its weights.",
    footer = {"", Main.EXIT_CODES})
final class InspectCommand implements Runnable {
  private static final int MOST_OF_NOTE = 200; // characters

  private final Main main;
  @Mixin private final ModelArgument model = new ModelArgument();

  InspectCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    PrintStream out = main.out();
    try (Safetensors file = Safetensors.open(model.path)) {
      if (model.layers == null && !ModelArgument.saysItsLayers(file)) {
        listTensors(out, file);
        return;
      }
      Model opened = model.open(file);
      out.print(opened.network().summary());
      if (opened.schema() != null) {
        out.print(SchemaText.of(opened.schema()));
      }
      notes(out, opened.metadata());
      out.printf("weights sha256 %s%n", opened.network().sha256());
    }
  }

  /** A file that does not say its layers still shows its tensors. */
  private static void listTensors(PrintStream out, Safetensors file) {
    for (TensorInfo tensor : file.tensors()) {
      out.printf("%-20s %-5s %s%n", Quoted.name(tensor.name()), tensor.dtype(), tensor.shape());
    }
    notes(out, file.metadata());
    out.println("This file does not say its layers; give them: --layers 128:relu,10:softmax");
  }

  /**
   * The strings of the metadata, escaped and cut, that are not shown as layers or preprocessing.
   */
  private static void notes(PrintStream out, Map<String, String> metadata) {
    metadata.forEach((key, value) -> {
      if (!key.startsWith("lamella.") && !key.equals("format")) {
        out.printf("%-20s %s%n", Quoted.name(key), Quoted.text(value, MOST_OF_NOTE));
      }
    });
  }
}
