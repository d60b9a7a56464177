package dev.lamella.cli;

import dev.lamella.data.Missing;
import dev.lamella.net.LayerSpec;
import dev.lamella.parallel.Workers;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The words of options as values. A word that is not understood is wrong usage (exit code 2), and
 * the sentence is the library's own.
 */
final class Words {
  private Words() {}

  /** {@code --layers 128:relu,10:softmax}. */
  record Layers(List<LayerSpec> specs) {
    LayerSpec last() {
      return specs.getLast();
    }

    @Override
    public String toString() {
      return LayerSpec.join(specs);
    }
  }

  /** {@code --metrics accuracy,mae}; {@code none} for none. */
  record Metrics(List<Metric> list) {}

  /** Where validation rows come from: a share of the training file, or a file of their own. */
  record Validation(double fraction, String data) {
    boolean isFraction() {
      return fraction > 0;
    }
  }

  static final class ToLayers implements ITypeConverter<Layers> {
    @Override
    public Layers convert(String text) {
      return understood(text, words -> new Layers(LayerSpec.parseAll(words)));
    }
  }

  static final class ToLoss implements ITypeConverter<Loss> {
    @Override
    public Loss convert(String text) {
      return understood(text, Loss::of);
    }
  }

  static final class ToOptimizer implements ITypeConverter<Optimizer> {
    @Override
    public Optimizer convert(String text) {
      return understood(text, Optimizer::of);
    }
  }

  static final class ToMetrics implements ITypeConverter<Metrics> {
    @Override
    public Metrics convert(String text) {
      List<Metric> metrics = new ArrayList<>();
      if (!text.equals("none")) {
        for (String word : text.split(",", -1)) {
          metrics.add(understood(word.strip(), Metric::of));
        }
      }
      if (metrics.stream().distinct().count() != metrics.size()) {
        throw new TypeConversionException("'" + text + "' names a metric twice; name each once");
      }
      return new Metrics(metrics);
    }
  }

  static final class ToMissing implements ITypeConverter<Missing> {
    @Override
    public Missing convert(String text) {
      return understood(text, Missing::of);
    }
  }

  static final class ToValidation implements ITypeConverter<Validation> {
    @Override
    public Validation convert(String text) {
      double fraction;
      try {
        fraction = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        if (!text.matches("[0-9.]+ ?%")) {
          return new Validation(0, text);
        }
        fraction = Double.NaN; // no one's file is called 20%
      }
      if (!(fraction > 0 && fraction < 1)) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is not a fraction between 0 and 1, such as 0.2; for a file give its name");
      }
      return new Validation(fraction, "");
    }
  }

  /** A whole number of at least 1. */
  static final class ToCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int count;
      try {
        count = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a whole number, such as 10");
      }
      if (count < 1) {
        throw new TypeConversionException("'" + text + "' must be at least 1");
      }
      return count;
    }
  }

  /** Any whole number. */
  static final class ToSeed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a whole number, such as 42");
      }
    }
  }

  /** A number of threads that a group of workers can have. */
  static final class ToThreads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int count = new ToCount().convert(text);
      try (Workers group = understood(text, words -> Workers.of(count))) { // starts no thread yet
        return group.threads();
      }
    }
  }

  private static <T> T understood(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
