package dev.lamella.model;

import dev.lamella.data.Schema;
import dev.lamella.net.Network;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model file holds.
 *
 * @param network the layers and their parameters
 * @param schema how files become inputs and outputs become answers; null if the file does not say
 * @param metadata all strings of the file's metadata
 */
public record Model(Network network, @Nullable Schema schema, Map<String, String> metadata) {
  /** Makes the metadata immutable, sorted by key. */
  public Model {
    Objects.requireNonNull(network, "network");
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Prepares to ask this model about raw rows: maps, records, lists of values.
   *
   * @return a predictor for one thread
   * @throws IllegalStateException if there is no schema, or it is that of an array, whose rows a
   *     {@link Network#predictor} takes
   * @throws ModelException if the schema does not fit the network
   */
  public RowPredictor rowPredictor() {
    return new RowPredictor(this);
  }

  /**
   * What outputs of the network say; {@link Answer#with} tells it of further rows.
   *
   * @param outputs (outputs) as the network gave them for one row; copied
   * @return the answer
   * @throws IllegalArgumentException if they are not as many as the network gives
   */
  public Answer answer(float[] outputs) {
    return new Answer(OutputMeaning.of(this)).with(outputs);
  }
}
