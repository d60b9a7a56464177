package dev.lamella.train;

import dev.lamella.base.AtomicFile;
import dev.lamella.data.DataException;
import dev.lamella.net.Network;
import dev.lamella.text.Quoted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * The result of a training: the network and what was measured, epoch by epoch.
 *
 * @param network the trained network
 * @param epochs the epochs that were completed, in order
 * @param standardized whether the losses are those of numbers with mean 0 and deviation 1, as
 *     {@link Loss#standardizes} says; metrics are in the units of the rows
 */
public record History(Network network, List<Epoch> epochs, boolean standardized) {

  /**
   * A result whose losses are in the units of the rows.
   *
   * @param network the trained network
   * @param epochs the epochs that were completed, in order
   */
  public History(Network network, List<Epoch> epochs) {
    this(network, epochs, false);
  }

  /** Copies the list. */
  public History {
    Objects.requireNonNull(network, "network");
    epochs = List.copyOf(Objects.requireNonNull(epochs, "epochs"));
  }

  /**
   * Returns the last completed epoch.
   *
   * @return the epoch whose network this is, unless a callback went back to an earlier one
   * @throws IllegalStateException if there is none
   */
  public Epoch last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("no epoch was completed");
    }
    return epochs.getLast();
  }

  /**
   * Returns the epochs as CSV: epoch, loss, learning_rate, seconds, each metric, then, where there
   * was validation, val_loss and val_ before each metric. Losses of standardized numbers are called
   * loss_standardized and val_loss_standardized. Losses and metrics have all their digits.
   *
   * @return the lines, each with a line feed at its end
   */
  public String toCsv() {
    StringBuilder csv = new StringBuilder();
    String loss = standardized ? "loss_standardized" : "loss";
    if (epochs.isEmpty()) {
      return csv.append("epoch," + loss + ",learning_rate,seconds\n").toString();
    }
    StringJoiner header = new StringJoiner(",");
    header.add("epoch").add(loss).add("learning_rate").add("seconds");
    Epoch first = epochs.getFirst();
    first.training().metrics().keySet().forEach(name -> header.add(Quoted.csv(name)));
    if (first.validation().isPresent()) {
      header.add("val_" + loss);
      first.training().metrics().keySet().forEach(name -> header.add(Quoted.csv("val_" + name)));
    }
    csv.append(header).append('\n');
    for (Epoch epoch : epochs) {
      StringJoiner line = new StringJoiner(",");
      line.add(Integer.toString(epoch.epoch()));
      line.add(Double.toString(epoch.loss()));
      line.add(Float.toString((float) epoch.learningRate()));
      line.add(String.format(Locale.ROOT, "%.6f", epoch.seconds()));
      epoch.training().metrics().values().forEach(value -> line.add(Double.toString(value)));
      if (epoch.validation().isPresent()) {
        Evaluation validation = epoch.validation().get();
        line.add(Double.toString(validation.loss()));
        validation.metrics().values().forEach(value -> line.add(Double.toString(value)));
      }
      csv.append(line).append('\n');
    }
    return csv.toString();
  }

  /**
   * Writes {@link #toCsv} to a file, replacing an old one in one step.
   *
   * @param file in a folder that exists
   * @throws DataException if the folder does not exist, or the path is a folder
   * @throws java.io.UncheckedIOException if writing fails; an old file is unchanged then
   */
  public void write(Path file) {
    Objects.requireNonNull(file, "file");
    byte[] csv = toCsv().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, DataException::new, out -> out.write(csv));
  }
}
