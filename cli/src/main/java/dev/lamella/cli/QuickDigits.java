package dev.lamella.cli;

import static dev.lamella.net.Activation.RELU;
import static dev.lamella.net.Activation.SOFTMAX;

import dev.lamella.base.ArgMax;
import dev.lamella.data.Csv;
import dev.lamella.data.CsvOptions;
import dev.lamella.data.Dataset;
import dev.lamella.data.Feature;
import dev.lamella.data.Schema;
import dev.lamella.data.Split;
import dev.lamella.data.Table;
import dev.lamella.data.Target;
import dev.lamella.model.ModelFile;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import dev.lamella.train.Adam;
import dev.lamella.train.Evaluation;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Trainer;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The second part of the quickstart: a network with a hidden layer reads handwritten digits. */
final class QuickDigits {
  private static final int SIDE = 8; // pixels
  private static final int PIXELS = SIDE * SIDE;
  private static final double BRIGHTEST = 16;
  private static final String SHADES = " .:+*#"; // dark to bright

  private final Main main;
  private final PrintStream out;
  private final Path file;

  QuickDigits(Main main, Path file) {
    this.main = main;
    this.out = main.out();
    this.file = file;
  }

  void run() {
    Split digits = digits().split(0.2, 42);
    out.printf(
        "2. A hidden layer of 64 neurons learns to read %,d digits of %d x %d pixels%n",
        digits.train().rows(), SIDE, SIDE);
    Network blank = Network.builder(PIXELS).dense(64, RELU).dense(10, SOFTMAX).build(42);
    Trainer trainer =
        Trainer.of(blank, Loss.CROSS_ENTROPY, Adam.of(0.003))
            .epochs(30)
            .batchSize(32)
            .metrics(Metric.ACCURACY)
            .validation(digits.test())
            .callbacks(main.progress());
    Network trained = trainer.fit(digits.train()).network();
    Evaluation unseen = trainer.evaluate(digits.test());
    out.printf(
        "   reads %.1f %% of %d digits it has not seen%n",
        100 * unseen.metric(Metric.ACCURACY), digits.test().rows());
    ModelFile.save(trained, file, digits.train().schema());
    out.printf("   saved as %s%n%n", file);
    ask(digits.test());
  }

  /** The digits that come with the program, from scikit-learn: 64 pixels and the digit a line. */
  private static Dataset digits() {
    InputStream stream = QuickDigits.class.getResourceAsStream("digits.csv.gz");
    if (stream == null) {
      throw new IllegalStateException("digits.csv.gz is missing beside QuickDigits");
    }
    Table table = Csv.read(stream, "digits.csv.gz", CsvOptions.detect().withHeader(false));
    List<Feature> pixels = new ArrayList<>();
    for (int p = 0; p < PIXELS; p++) {
      pixels.add(new Feature.Numeric(Integer.toString(p), 0, BRIGHTEST));
    }
    List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    Target digit = Target.labels(Integer.toString(PIXELS), classes);
    return Schema.ofColumns(pixels, PIXELS + 1, digit).apply(table);
  }

  /** Loads the model as a program would, and shows it one digit. */
  private void ask(Dataset unseen) {
    float[] pixels = new float[PIXELS]; // (PIXELS), scaled to [0, 1]
    int[] label = new int[1];
    int[] first = {0};
    unseen.copyInputs(first, 0, 1, pixels, 0);
    unseen.copyLabels(first, 0, 1, label, 0);
    float[] answer; // (10): the probability of each digit
    try (Predictor predictor = ModelFile.load(file).predictor()) {
      answer = predictor.predict(pixels);
    }
    int digit = ArgMax.of(answer, 0, answer.length);
    for (int y = 0; y < SIDE; y++) {
      StringBuilder line = new StringBuilder("   ");
      for (int x = 0; x < SIDE; x++) {
        float brightness = pixels[y * SIDE + x];
        line.repeat(SHADES.charAt(Math.round(brightness * (SHADES.length() - 1))), 2);
      }
      out.println(line.toString().stripTrailing());
    }
    out.printf(
        "   The model says %d (%.1f %% sure); the writer meant %d.%n%n",
        digit, 100 * answer[digit], label[0]);
  }
}
