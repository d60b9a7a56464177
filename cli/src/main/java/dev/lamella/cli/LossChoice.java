package dev.lamella.cli;

import dev.lamella.data.Dataset;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.net.Activation;
import dev.lamella.net.LayerSpec;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to learn and how to judge it where the user does not say: the last layer and the target
 * decide.
 */
final class LossChoice {
  private LossChoice() {}

  /**
   * What a column of the target must mean for this last layer and loss, or null where the column
   * itself says it (words are classes, numbers are numbers).
   */
  static Target.@Nullable Kind wanted(LayerSpec last, @Nullable Loss loss) {
    if (loss != null && !loss.categorical() && !loss.binary()) {
      return Target.Kind.NUMBER;
    }
    if (last.units() > 1 || last.activation() == Activation.SOFTMAX) {
      return Target.Kind.LABELS; // one column for many outputs can only be classes
    }
    if (loss != null) {
      return loss.categorical() ? Target.Kind.LABELS : Target.Kind.BINARY;
    }
    return last.activation() == Activation.SIGMOID ? Target.Kind.BINARY : null;
  }

  /** The loss of a network that ends so, for rows with such a target. */
  static Loss defaultFor(LayerSpec last, boolean classes) {
    return switch (last.activation()) {
      case SOFTMAX -> Loss.CROSS_ENTROPY;
      case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
      case LINEAR -> {
        if (!classes) {
          yield Loss.MSE;
        }
        yield last.units() == 1
            ? Loss.BINARY_CROSS_ENTROPY_WITH_LOGITS
            : Loss.CROSS_ENTROPY_WITH_LOGITS;
      }
      default -> Loss.MSE;
    };
  }

  /** Why {@link #defaultFor} chose so, for the line that says what is trained. */
  static String reason(LayerSpec last, boolean classes) {
    return "default for %s outputs and %s"
        .formatted(last.activation().text(), classes ? "classes" : "numbers");
  }

  /** The metrics, and where rows have several numbers of their own each metric for each as well. */
  static List<Metric> forEach(List<Metric> metrics, Loss loss, Dataset rows) {
    Schema schema = rows.schema();
    boolean numbers = !loss.categorical() && !loss.binary();
    // Rows of several numbers from arrays may be one-hot; with a column of numbers or several there
    // are no right answers to count, and what a threshold of one half makes of them is none.
    boolean columns = rows.outputs() == 1 || (schema != null && !schema.features().isEmpty());
    if (metrics.contains(Metric.ACCURACY) && numbers && columns) {
      throw new UsageException(
          "the metric accuracy counts right classes, but the loss %s learns numbers; use mae or mse, or for classes a cross-entropy"
              .formatted(loss.text()));
    }
    List<Metric> all = new ArrayList<>();
    for (Metric metric : metrics) {
      all.add(metric);
      List<Target.Column> each = schema == null ? List.of() : schema.target().columns();
      for (int i = 0; i < each.size() && each.size() > 1; i++) {
        if (!metric.equals(Metric.ACCURACY)) {
          all.add(Metric.ofOutput(metric, i, each.get(i).name()));
        }
      }
    }
    return all;
  }

  /** What people want to read beside the loss. */
  static List<Metric> metrics(Loss loss) {
    return List.of(loss.categorical() || loss.binary() ? Metric.ACCURACY : Metric.MAE);
  }
}
