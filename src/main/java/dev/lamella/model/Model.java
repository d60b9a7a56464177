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
}
