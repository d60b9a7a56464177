package dev.lamella.cli;

import dev.lamella.base.Flat;
import dev.lamella.data.DataException;
import dev.lamella.data.Dataset;
import dev.lamella.data.Npy;
import dev.lamella.model.Answer;
import dev.lamella.model.Model;
import dev.lamella.text.Quoted;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The outputs of a network for some rows, and what they mean. */
final class Answers {
  private static final String FORMULA = "=+-@\t\r\n";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");

  private final float[][] outputs; // (rows, width)
  private final Model model;

  private Answers(float[][] outputs, Model model) {
    this.outputs = outputs;
    this.model = model;
  }

  /** Asks the network about every row. */
  static Answers of(Model model, Dataset data) {
    return new Answers(model.network().predict(data), model);
  }

  /** The outputs as the network gave them, float32 (rows, outputs). */
  void writeNpy(Path file) {
    int width = model.network().outputs();
    float[] flat = Flat.of("the answers", outputs, width, "the network gives " + width);
    Npy.write(file, flat, outputs.length, width);
  }

  /**
   * A line for each row: the class and probabilities, or the values.
   *
   * @param safe whether names that a spreadsheet would compute are written so that it does not
   */
  void writeCsv(Writer out, boolean safe) throws IOException {
    Answer first = model.answer(outputs[0]);
    List<String> names = first.names().stream().map(name -> cell(name, safe)).toList();
    out.write(first.hasClasses() ? "prediction," : "");
    out.append(String.join(",", names)).append('\n');
    StringBuilder line = new StringBuilder();
    for (int r = 0; r < outputs.length; r++) {
      Answer answer = first.with(outputs[r]);
      line.setLength(0);
      if (answer.hasClasses()) {
        line.append(cell(className(answer, r), safe)).append(',');
      }
      float[] values = answer.values();
      for (int i = 0; i < values.length; i++) {
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
