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
  static List<Metric> forEach(List<Metric> metrics, Dataset rows) {
    Schema schema = rows.schema();
    List<Metric> all = new ArrayList<>();
    for (Metric metric : metrics) {
      all.add(metric);
      List<Target.Column> columns = schema == null ? List.of() : schema.target().columns();
      for (int i = 0; i < columns.size() && columns.size() > 1; i++) {
        if (!metric.equals(Metric.ACCURACY)) {
          all.add(Metric.ofOutput(metric, i, columns.get(i).name()));
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
