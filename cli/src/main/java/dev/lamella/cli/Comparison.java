package dev.lamella.cli;

import dev.lamella.data.Dataset;
import dev.lamella.data.Target;
import dev.lamella.net.Network;
import dev.lamella.train.Baseline;
import dev.lamella.train.Evaluation;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import java.util.Locale;

/** A network beside the answer that needs none, in one line; loud where it is no better. */
final class Comparison {
  /** What rounding may make of two results that are the same. */
  private static final double ROUNDING = 1e-6;

  private final Loss loss;
  private final boolean classes;
  private final Target target;

  private Comparison(Loss loss, boolean classes, Target target) {
    this.loss = loss;
    this.classes = classes;
    this.target = target;
  }

  /**
   * The line.
   *
   * @param learned the rows whose mean or most frequent class is the answer
   * @param judged the rows that both are asked about
   * @param target what the outputs mean
   */
  static String line(Network network, Loss loss, Dataset learned, Dataset judged, Target target) {
    boolean classes = loss.categorical() || loss.binary();
    Baseline baseline = Baseline.of(learned, network.outputs());
    Metric metric = classes ? Metric.ACCURACY : Metric.MAE;
    double trivial = baseline.evaluate(loss, judged, metric).metric(metric);
    double own = Evaluation.of(network, loss, judged, metric).metric(metric);
    return new Comparison(loss, classes, target).text(baseline, network.outputs(), trivial, own);
  }

  private String text(Baseline baseline, int outputs, double trivial, double own) {
    String always =
        "baseline  %s %s by always answering %s; the network's is %s"
            .formatted(
                classes ? "accuracy" : "mae",
                number(trivial),
                answer(baseline, outputs),
                number(own));
    if (trivial == (classes ? 1 : 0)) {
      return always + ": all of these rows have the same answer, so they cannot tell";
    }
    double gain = (classes ? own - trivial : trivial - own) / Math.abs(trivial);
    return gain > ROUNDING ? always : always + ": " + loud();
  }

  private String loud() {
    return "NO BETTER, so it has not learned what the answer depends on; try more epochs, another"
        + " learning rate"
        + (classes
            ? ", or more rows of the rare classes"
            : target.standardized() // what is done need not be advised
                ? ", or a hidden layer of more units"
                : ", or targets scaled to about -1 to 1");
  }

  private String answer(Baseline baseline, int outputs) {
    if (!classes) {
      return outputs == 1 ? "the mean, " + number(baseline.mean(0)) : "the means";
    }
    if (loss.binary() && outputs > 1) {
      return "the more frequent of yes and no";
    }
    return "the most frequent class, " + ClassTable.name(target, baseline.mostFrequent());
  }

  private String number(double value) {
    return String.format(Locale.ROOT, classes ? "%.4f" : "%.6g", value);
  }
}
