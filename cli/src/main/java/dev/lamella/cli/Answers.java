package dev.lamella.cli;

import dev.lamella.base.Permutation;
import dev.lamella.data.Dataset;
import dev.lamella.data.Npy;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Model;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import dev.lamella.text.Quoted;
import dev.lamella.train.Loss;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The outputs of a network for some rows, and what they mean. */
final class Answers {
  private static final int BATCH = 256;
  private static final String FORMULA = "=+-@\t\r\n";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");
  private static final int BATCH_FLOATS = 1 << 20; // of inputs at a time, where rows are wide

  private final float[] outputs; // (rows, width)
  private final int rows;
  private final int width;
  private final Target target;
  private final boolean logits;

  private Answers(float[] outputs, int rows, Target target, boolean logits) {
    this.outputs = outputs;
    this.rows = rows;
    this.width = outputs.length / rows;
    this.target = target;
    this.logits = logits;
  }

  /** Asks the network about every row. */
  static Answers of(Model model, Dataset data) {
    Network network = model.network();
    int inputs = network.inputs();
    int width = network.outputs();
    float[] outputs = new float[Math.multiplyExact(data.rows(), width)]; // (rows, width)
    int atOnce = Math.min(data.rows(), Math.clamp(BATCH_FLOATS / inputs, 1, BATCH));
    float[] batch = new float[atOnce * inputs]; // (atOnce, inputs)
    int[] order = Permutation.identity(data.rows());
    try (Predictor predictor = network.predictor(atOnce)) {
      for (int from = 0; from < data.rows(); from += atOnce) {
        int to = Math.min(from + atOnce, data.rows());
        data.copyInputs(order, from, to, batch, 0);
        predictor.predict(batch, 0, to - from, outputs, from * width);
      }
    }
    Schema schema = model.schema();
    Loss loss = ModelArgument.loss(model);
    return new Answers(
        outputs,
        data.rows(),
        schema == null ? Target.numbers("output", width) : schema.target(),
        loss != null && loss.takesLogits());
  }

  /** The outputs as the network gave them, float32 (rows, outputs). */
  void writeNpy(Path file) {
    Npy.write(file, outputs, rows, width);
  }

  /**
   * A line for each row: the class and probabilities, or the values.
   *
   * @param safe whether names that a spreadsheet would compute are written so that it does not
   */
  void writeCsv(Writer out, boolean safe) throws IOException {
    out.write(String.join(",", header().stream().map(name -> cell(name, safe)).toList()));
    out.write('\n');
    float[] row = new float[width];
    StringBuilder line = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(outputs, r * width, row, 0, width);
      if (logits) {
        Probabilities.ofLogits(row, target.kind() == Target.Kind.LABELS && width > 1);
      }
      line.setLength(0);
      String answer = answer(row);
      if (answer != null) {
        line.append(cell(answer, safe)).append(',');
      }
      for (int i = 0; i < width; i++) {
        line.append(i == 0 ? "" : ",").append(row[i]);
      }
      out.append(line).append('\n');
    }
  }

  private List<String> header() {
    List<String> names = new ArrayList<>();
    switch (target.kind()) {
      case LABELS, BINARY -> {
        names.add("prediction");
        names.addAll(width == 1 ? target.classes().subList(1, 2) : target.classes());
      }
      case NUMBER, NONE -> {
        boolean named = target.kind() == Target.Kind.NUMBER;
        names.addAll((named ? target : Target.numbers("output", width)).outputNames());
      }
    }
    return names;
  }

  /** The name of the class, or null for numbers. */
  private @Nullable String answer(float[] probabilities) {
    if (target.classes().isEmpty()) {
      return null;
    }
    return target
        .classes()
        .get(width == 1 ? (probabilities[0] > 0.5f ? 1 : 0) : Probabilities.highest(probabilities));
  }

  /**
   * A name as a cell. What starts like a formula gets an apostrophe before it, by which
   * spreadsheets know text (OWASP, "CSV injection"); a number is one to them too and stays.
   */
  private static String cell(String name, boolean safe) {
    boolean formula = safe && !name.isEmpty() && FORMULA.indexOf(name.charAt(0)) >= 0;
    return Quoted.csv(formula && !NUMBER.matcher(name).matches() ? "'" + name : name);
  }
}
