package dev.lamella.cli;

import dev.lamella.base.Permutation;
import dev.lamella.data.DataException;
import dev.lamella.data.Dataset;
import dev.lamella.data.Npy;
import dev.lamella.model.Answer;
import dev.lamella.model.Model;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import dev.lamella.text.Quoted;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The outputs of a network for some rows, and what they mean. */
final class Answers {
  private static final int BATCH = 256;
  private static final String FORMULA = "=+-@\t\r\n";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");
  private static final int BATCH_FLOATS = 1 << 20; // of inputs at a time, where rows are wide

  private final float[] outputs; // (rows, width)
  private final int rows;
  private final int width;
  private final Model model;

  private Answers(float[] outputs, int rows, Model model) {
    this.outputs = outputs;
    this.rows = rows;
    this.width = outputs.length / rows;
    this.model = model;
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
    return new Answers(outputs, data.rows(), model);
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
    float[] row = new float[width];
    StringBuilder line = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(outputs, r * width, row, 0, width);
      Answer answer = model.answer(row);
      if (r == 0) {
        List<String> names = answer.names().stream().map(name -> cell(name, safe)).toList();
        out.write(answer.hasClasses() ? "prediction," : "");
        out.append(String.join(",", names)).append('\n');
      }
      line.setLength(0);
      if (answer.hasClasses()) {
        line.append(cell(className(answer, r), safe)).append(',');
      }
      float[] values = answer.values();
      for (int i = 0; i < width; i++) {
        line.append(i == 0 ? "" : ",").append(values[i]);
      }
      out.append(line).append('\n');
    }
  }

  private static String className(Answer answer, int row) {
    try {
      return answer.className();
    } catch (DataException e) {
      throw new DataException("row %d (counted from 0): %s".formatted(row, e.getMessage()));
    }
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
