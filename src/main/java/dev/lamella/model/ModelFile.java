package dev.lamella.model;

import dev.lamella.data.Schema;
import dev.lamella.model.Json.JsonException;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.text.Quoted;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Model files: safetensors with the network's weights under PyTorch's names and, in the metadata,
 * its layers and the preprocessing of its inputs.
 *
 * <p>Python's {@code safetensors} loads them as they are: {@code 0.weight} is (units, inputs), and
 * {@code load_state_dict} of the {@code nn.Sequential} with the same layers takes them. Files are
 * written atomically, so a crash or a full disk never costs the model that was there before.
 */
public final class ModelFile {
  /** The metadata key of the layers, JSON. */
  public static final String ARCHITECTURE = "lamella.architecture";

  /** The metadata key of the preprocessing and the names of classes, JSON. */
  public static final String SCHEMA = "lamella.schema";

  /** The metadata key of the version of these conventions. */
  public static final String FORMAT = "lamella.format";

  private static final String CURRENT_FORMAT = "1";
  private static final String STREAM = "the stream"; // what has no name is called so

  private ModelFile() {}

  /**
   * Writes a network.
   *
   * @param network what to write
   * @param path of the file, replaced if it exists
   * @throws ModelException if the folder does not exist
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void save(Network network, Path path) {
    save(network, path, null, Map.of());
  }

  /**
   * Writes a network together with how its inputs are made from files.
   *
   * @param network what to write
   * @param path of the file, replaced if it exists
   * @param schema preprocessing and class names, or null
   * @throws ModelException if the folder does not exist
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void save(Network network, Path path, @Nullable Schema schema) {
    Objects.requireNonNull(path, "path");
    save(network, path, schema, Map.of());
  }

  /**
   * Writes a network together with how its inputs are made from files, and notes.
   *
   * @param network what to write
   * @param path of the file, replaced if it exists
   * @param schema preprocessing and class names, or null
   * @param notes further strings for the metadata; keys starting with {@code lamella.} are taken
   * @throws ModelException if the schema does not fit the network, or the folder does not exist
   * @throws java.io.UncheckedIOException if writing fails; the old file is unchanged then
   */
  public static void save(
      Network network, Path path, @Nullable Schema schema, Map<String, String> notes) {
    Objects.requireNonNull(path, "path");
    Safetensors.write(path, metadata(network, path.toString(), schema, notes), tensors(network));
  }

  /**
   * Writes a network to a stream.
   *
   * @param network what to write
   * @param stream flushed and not closed
   * @throws java.io.UncheckedIOException if writing fails
   */
  public static void save(Network network, OutputStream stream) {
    save(network, stream, null, Map.of());
  }

  /**
   * Writes a network to a stream, together with how its inputs are made from files, and notes.
   *
   * @param network what to write
   * @param stream flushed and not closed
   * @param schema preprocessing and class names, or null
   * @param notes further strings for the metadata; keys starting with {@code lamella.} are taken
   * @throws ModelException if the schema does not fit the network
   * @throws java.io.UncheckedIOException if writing fails
   */
  public static void save(
      Network network, OutputStream stream, @Nullable Schema schema, Map<String, String> notes) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(notes, "notes");
    Safetensors.write(stream, metadata(network, STREAM, schema, notes), tensors(network));
  }

  private static Map<String, String> metadata(
      Network network, String file, @Nullable Schema schema, Map<String, String> notes) {
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put("format", "pt"); // What PyTorch's tools look for.
    metadata.put(FORMAT, CURRENT_FORMAT);
    metadata.put(ARCHITECTURE, Architecture.of(network).json());
    if (schema != null) {
      requireFit(file, network, schema);
      metadata.put(SCHEMA, SchemaJson.write(schema));
    }
    return metadata;
  }

  /**
   * Reads a network that {@link #save} wrote.
   *
   * @param path of the file, in any file system
   * @return the network
   * @throws ModelException if the file does not exist, is damaged, or does not say its layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(Path path) {
    return open(path).network();
  }

  /**
   * Reads a network that {@link #save} wrote from a stream, such as that of a class-path resource.
   *
   * @param stream the bytes of the file and nothing else; closed in the end
   * @return the network
   * @throws ModelException if the bytes are damaged or do not say the layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(InputStream stream) {
    return open(stream).network();
  }

  /**
   * Reads a network whose layers are given: a plain PyTorch state dict has the weights alone. In an
   * {@code nn.Sequential} the numbers tell the order of the layers, elsewhere the shapes do.
   *
   * @param path of the file, in any file system
   * @param layers what the network is, as {@link LayerSpec#parseAll} reads it
   * @return the network
   * @throws ModelException if the file does not exist, is damaged, holds other layers, or if their
   *     shapes chain in several orders
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(Path path, List<LayerSpec> layers) {
    Objects.requireNonNull(layers, "layers");
    try (Safetensors file = Safetensors.open(path)) {
      return load(file, layers, null);
    }
  }

  /**
   * Reads a network whose layers and the names of their tensors are given.
   *
   * @param path of the file, in any file system
   * @param layers what the network is, as {@link LayerSpec#parseAll} reads it
   * @param tensors the name of each layer's tensors in the order of the layers, without {@code
   *     .weight} and {@code .bias}, as in {@code fc1}; what wraps the whole model, as {@code
   *     module.}, may be left out
   * @return the network
   * @throws ModelException if the file does not exist, is damaged, or holds other layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(Path path, List<LayerSpec> layers, List<String> tensors) {
    Objects.requireNonNull(layers, "layers");
    Objects.requireNonNull(tensors, "tensors");
    try (Safetensors file = Safetensors.open(path)) {
      return load(file, layers, tensors);
    }
  }

  /**
   * Reads a network whose layers are given from a stream, as {@link #load(Path, List)} does.
   *
   * @param stream the bytes of the file and nothing else; closed in the end
   * @param layers what the network is, as {@link LayerSpec#parseAll} reads it
   * @return the network
   * @throws ModelException if the bytes are damaged, hold other layers, or if their shapes chain in
   *     several orders
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(InputStream stream, List<LayerSpec> layers) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(layers, "layers");
    try (Safetensors file = Safetensors.read(stream, STREAM)) {
      return load(file, layers, null);
    }
  }

  /**
   * Reads a network that {@link #save} wrote, and all that stands beside it.
   *
   * @param path of the file, in any file system
   * @return the network with what stands beside it
   * @throws ModelException if the file does not exist, is damaged, or does not say its layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Model open(Path path) {
    try (Safetensors file = Safetensors.open(path)) {
      return open(file);
    }
  }

  /**
   * Reads a network that {@link #save} wrote, and all that stands beside it, from a stream.
   *
   * @param stream the bytes of the file and nothing else; closed in the end
   * @return the network with what stands beside it
   * @throws ModelException if the bytes are damaged or do not say the layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Model open(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    try (Safetensors file = Safetensors.read(stream, STREAM)) {
      return open(file);
    }
  }

  /**
   * Reads a network that {@link #save} wrote, and all that stands beside it, from an open file.
   *
   * @param file stays open
   * @return the network with what stands beside it
   * @throws ModelException if the file is damaged or does not say its layers
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Model open(Safetensors file) {
    Architecture own = architecture(file);
    if (own == null) {
      throw new ModelException(
          "%s does not say its layers (no %s in its metadata); give them, as in 128:relu,10:softmax"
              .formatted(file.name(), ARCHITECTURE));
    }
    Network network = network(file, own.layers(), own, null);
    String text = file.metadata().get(SCHEMA);
    Schema schema = text == null ? null : parse(file.name(), SCHEMA, text, SchemaJson::read);
    if (schema != null) {
      requireFit(file.name(), network, schema);
    }
    return new Model(network, schema, file.metadata());
  }

  /**
   * Reads a network whose layers are given from an open file.
   *
   * @param file stays open
   * @param layers what the network is, as {@link LayerSpec#parseAll} reads it
   * @param tensors the name of each layer's tensors, as {@link #load(Path, List, List)} takes them;
   *     null where numbers or shapes tell their order
   * @return the network
   * @throws ModelException if the file is damaged, holds other layers, or if their shapes chain in
   *     several orders
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static Network load(
      Safetensors file, List<LayerSpec> layers, @Nullable List<String> tensors) {
    Objects.requireNonNull(layers, "layers");
    Architecture own = architecture(file);
    if (own != null && !own.layers().equals(layers)) {
      throw new ModelException(
          "%s holds the layers %s, but %s were asked for; leave them out, as the file says its own"
              .formatted(file.name(), LayerSpec.join(own.layers()), LayerSpec.join(layers)));
    }
    return network(file, layers, own, tensors);
  }

  private static @Nullable Architecture architecture(Safetensors file) {
    String format = file.metadata().getOrDefault(FORMAT, CURRENT_FORMAT);
    if (!format.equals(CURRENT_FORMAT)) {
      throw new ModelException(
          "%s has the format %s, but this version reads format %s; use a newer version of Lamella"
              .formatted(file.name(), Quoted.name(format), CURRENT_FORMAT));
    }
    String text = file.metadata().get(ARCHITECTURE);
    return text == null ? null : parse(file.name(), ARCHITECTURE, text, Architecture::read);
  }

  private static Network network(
      Safetensors file,
      List<LayerSpec> layers,
      @Nullable Architecture own,
      @Nullable List<String> tensors) {
    StateDict weights = new StateDict(file.name(), file, layers, tensors);
    try {
      Architecture all = own != null ? own : new Architecture(weights.inputs(), layers);
      return Network.of(all.dense(), weights.parameters(all.dense()));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: %s".formatted(file.name(), e.getMessage()), e);
    }
  }

  private static List<Tensor> tensors(Network network) {
    List<Tensor> tensors = new ArrayList<>();
    float[] parameters = network.parameters();
    for (int i = 0; i < network.layers().size(); i++) {
      long units = network.layer(i).units();
      long inputs = network.layer(i).inputs();
      String module = Integer.toString(network.moduleIndex(i));
      int weights = network.weightsOffset(i);
      int bias = network.biasOffset(i);
      tensors.add(
          new Tensor(
              module + ".weight",
              List.of(units, inputs),
              Arrays.copyOfRange(parameters, weights, bias)));
      if (network.layer(i).bias()) {
        tensors.add(
            new Tensor(
                module + ".bias",
                List.of(units),
                Arrays.copyOfRange(parameters, bias, bias + (int) units)));
      }
    }
    return tensors;
  }

  static void requireFit(String file, Network network, Schema schema) {
    int outputs = schema.target().outputs();
    if (schema.inputs() != network.inputs() || (outputs != 0 && outputs != network.outputs())) {
      throw new ModelException(
          "%s: the network has %d inputs and %d outputs, but its schema describes %d and %d"
              .formatted(file, network.inputs(), network.outputs(), schema.inputs(), outputs));
    }
  }

  /** Reads a text of the metadata. */
  private interface Parser<T> {
    T read(String text) throws JsonException;
  }

  private static <T> T parse(String file, String key, String text, Parser<T> parser) {
    try {
      return parser.read(text);
    } catch (JsonException e) {
      throw new ModelException(
          "%s has damaged metadata: %s is wrong: %s".formatted(file, key, e.getMessage()), e);
    }
  }
}
