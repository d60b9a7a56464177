package dev.lamella.jmh;

import dev.lamella.data.Dataset;
import dev.lamella.data.Idx;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows to learn from.
 *
 * @param x the inputs, (rows, inputs)
 * @param y the targets, (rows, outputs); a one in the column of its class if rows have classes
 * @param rows how many rows
 * @param source where they are from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Examples(float[] x, float[] y, int rows, String source) {

  /** Random rows for a training, in the ranges its kind of data has. */
  static Examples random(Training training, int rows) {
    Mlp net = training.net();
    SplittableRandom random = new SplittableRandom(5);
    float[] x = new float[rows * net.inputs()];
    float[] y = new float[rows * net.outputs()];
    for (int row = 0; row < rows; row++) {
      int label = random.nextInt(net.outputs());
      for (int i = 0; i < net.inputs(); i++) {
        x[row * net.inputs() + i] =
            training.classes()
                ? pixel(random, label, i, net.inputs())
                : (float) random.nextDouble(-1, 1);
      }
      for (int i = 0; i < net.outputs(); i++) {
        y[row * net.outputs() + i] =
            training.classes()
                ? i == label ? 1 : 0
                : x[row * net.inputs() + i % net.inputs()] * 0.5f + 0.1f;
      }
    }
    return new Examples(x, y, rows, "synthetic");
  }

  /**
   * Fashion-MNIST, 784 numbers from 0 to 1 and ten classes, if the system property {@code
   * lamella.fashion} names the folder with its four files; else random rows in their place.
   *
   * @param training what the rows are for
   * @param part {@code train} or {@code t10k}
   * @param rows how many, from the first
   */
  static Examples fashion(Training training, String part, int rows) {
    String folder = System.getProperty("lamella.fashion", "");
    if (folder.isEmpty()) {
      return random(training, rows);
    }
    Path images = Path.of(folder, part + "-images-idx3-ubyte.gz");
    Path classes = Path.of(folder, part + "-labels-idx1-ubyte.gz");
    Dataset data = Idx.read(images, classes).scale(1 / 255f);
    int count = Math.min(rows, data.rows());
    int[] order = IntStream.range(0, count).toArray();
    float[] x = new float[count * data.inputs()];
    int[] labels = new int[count];
    data.copyInputs(order, 0, count, x, 0);
    data.copyLabels(order, 0, count, labels, 0);
    float[] y = new float[count * 10];
    for (int row = 0; row < count; row++) {
      y[row * 10 + labels[row]] = 1;
    }
    return new Examples(x, y, count, "Fashion-MNIST");
  }

  /**
   * Half of the pixels dark, some always so, and a bright band whose place depends on the class.
   */
  private static float pixel(SplittableRandom random, int label, int i, int inputs) {
    boolean border = i % 28 < 2 || i % 28 >= 26;
    if (border || random.nextInt(10) < 4) {
      return 0;
    }
    boolean band = i * 10L / inputs == label;
    return (float) (band ? random.nextDouble(0.5, 1) : random.nextDouble(0, 0.7));
  }

  /** The class of a row: the column of its largest target. */
  int label(int row) {
    int outputs = y.length / rows;
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      if (y[row * outputs + i] > y[row * outputs + best]) {
        best = i;
      }
    }
    return best;
  }

  /** The classes of some rows. */
  int[] labels(int from, int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = label(from + i);
    }
    return labels;
  }

  /** The part of rows whose largest output is that of their class. */
  public double accuracy(float[] outputs) {
    Examples answers = new Examples(x, outputs, rows, source);
    int right = 0;
    for (int row = 0; row < rows; row++) {
      if (answers.label(row) == label(row)) {
        right++;
      }
    }
    return right / (double) rows;
  }

  /** The inputs or targets of one batch: a copy of rows of an array of this length. */
  public float[] batch(float[] of, int batch, int size) {
    int width = of.length / rows;
    float[] copy = new float[size * width];
    System.arraycopy(of, batch * size * width, copy, 0, copy.length);
    return copy;
  }
}
