package dev.lamella.net;

import dev.lamella.data.Dataset;
import dev.lamella.parallel.Workers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward neural network: an immutable list of layers and one flat array of parameters.
 *
 * <p>Any number of threads may share a network; each asks it through a {@link Predictor} of its
 * own. Training does not change a network, it returns a new one. Two networks are equal when their
 * layers are equal and every parameter has the same bits.
 *
 * <p>The parameters stand layer by layer, in each first the weights (units, inputs), then the
 * biases (units) if the layer has them: PyTorch's order and shapes. All of them are finite.
 */
public final class Network {
  private final List<Layer> layers;
  private final int[] offsets; // (layers + 1): where each layer starts in parameters, then the end
  private final float[] parameters;
  private final boolean blank;
  private volatile Step @Nullable [] steps; // (layers), packed at the first prediction

  private Network(List<Layer> layers, float[] parameters) {
    this(layers, parameters, false);
  }

  /** Owns what it is given; checks that all of it fits together. */
  Network(List<Layer> layers, float[] parameters, boolean blank) {
    this.blank = blank;
    this.layers = layers;
    this.offsets = Checks.offsets(layers);
    this.parameters = parameters;
    Checks.parameters(layers, offsets, parameters);
  }

  /**
   * Starts a network.
   *
   * @param inputs length of a row that comes in, at least 1
   * @return a builder that takes the layers
   * @throws IllegalArgumentException if {@code inputs} is less than 1
   */
  public static NetworkBuilder builder(int inputs) {
    return new NetworkBuilder(inputs);
  }

  /**
   * A network with the given layers and parameters.
   *
   * @param layers at least one; each takes as many inputs as the one before it has outputs
   * @param parameters every layer's weights (units, inputs), then its biases (units); copied
   * @return the network
   * @throws IllegalArgumentException if the layers do not fit together, if there are more or fewer
   *     parameters than they need, or if a parameter is not finite
   */
  public static Network of(List<? extends Layer> layers, float[] parameters) {
    return new Network(List.copyOf(layers), parameters.clone());
  }

  /** {@return the layers, in the order in which a row passes them} */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * One dense layer.
   *
   * @param index of the layer, 0 for the first
   * @return its shape and activation
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public Dense layer(int index) {
    return dense(layers.get(Objects.checkIndex(index, layers.size())));
  }

  private static Dense dense(Layer layer) {
    return switch (layer) {
      case Dense dense -> dense;
    };
  }

  /** {@return the length of the rows that come in} */
  public int inputs() {
    return layers.getFirst().inputs();
  }

  /** {@return the length of the rows that go out} */
  public int outputs() {
    return layers.getLast().outputs();
  }

  /**
   * {@return whether these are the first weights that a builder drew: they have learned nothing,
   * and so know no units of what they are to say}
   */
  public boolean isBlank() {
    return blank;
  }

  /** {@return the number of trainable numbers} */
  public int parameterCount() {
    return parameters.length;
  }

  /** {@return a copy of all parameters: every layer's weights (units, inputs), then its biases} */
  public float[] parameters() {
    return parameters.clone();
  }

  /**
   * Where the weights of a layer start in {@link #parameters()}.
   *
   * @param index of the layer, 0 for the first
   * @return the position of its first weight
   */
  public int weightsOffset(int index) {
    return offsets[Objects.checkIndex(index, layers.size())];
  }

  /**
   * Where the biases of a layer start in {@link #parameters()}.
   *
   * @param index of the layer, 0 for the first
   * @return the position of its first bias, or where the layer ends if it has none
   */
  public int biasOffset(int index) {
    Dense layer = layer(index);
    return offsets[index] + layer.units() * layer.inputs();
  }

  /**
   * A network with the same layers and other parameters.
   *
   * @param values every layer's weights (units, inputs), then its biases (units); copied
   * @return the new network
   * @throws IllegalArgumentException if there are not {@link #parameterCount()} of them, or one is
   *     not finite
   */
  public Network withParameters(float[] values) {
    return new Network(layers, values.clone());
  }

  /**
   * A copy of the weights of one layer: {@code weights(0)[u][i]} is what unit u gives to input i.
   *
   * @param index of the layer, 0 for the first
   * @return (units, inputs), as in PyTorch; what Keras shows is transposed
   */
  public float[][] weights(int index) {
    Dense layer = layer(index);
    float[][] weights = new float[layer.units()][]; // (units, inputs)
    for (int u = 0; u < weights.length; u++) {
      int from = offsets[index] + u * layer.inputs();
      weights[u] = Arrays.copyOfRange(parameters, from, from + layer.inputs());
    }
    return weights;
  }

  /**
   * A copy of the biases of one layer.
   *
   * @param index of the layer, 0 for the first
   * @return (units), or empty if the layer has none
   */
  public float[] biases(int index) {
    return Arrays.copyOfRange(parameters, biasOffset(index), offsets[index + 1]);
  }

  /**
   * A network that differs in the numbers of one layer.
   *
   * @param index of the layer, 0 for the first
   * @param weights (units, inputs)
   * @param biases (units), or empty for a layer without bias
   * @return the new network
   * @throws IllegalArgumentException if a shape is not the layer's, or a number is not finite
   */
  public Network withWeights(int index, float[][] weights, float[] biases) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(biases, "biases");
    Dense layer = layer(index);
    Checks.length(index, "rows of weights (one for each unit)", layer.units(), weights.length);
    Checks.length(index, "biases", layer.bias() ? layer.units() : 0, biases.length);
    float[] values = parameters.clone();
    for (int u = 0; u < weights.length; u++) {
      Checks.length(index, "weights in row " + u, layer.inputs(), weights[u].length);
      int to = offsets[index] + u * layer.inputs();
      System.arraycopy(weights[u], 0, values, to, layer.inputs());
    }
    System.arraycopy(biases, 0, values, biasOffset(index), biases.length);
    return new Network(layers, values);
  }

  /**
   * A new predictor for rows and batches of any size. Its scratch grows when a batch first asks for
   * it, so it costs next to nothing where one row is asked about.
   *
   * <p>The first predictor of a network packs the weights once more, off the heap; all predictors
   * share that copy, and it goes with the network.
   *
   * @return a predictor for one thread
   */
  public Predictor predictor() {
    return predictor(Integer.MAX_VALUE);
  }

  /**
   * A new predictor whose scratch never grows beyond {@code rows} rows. It takes batches of any
   * size all the same.
   *
   * @param rows the most rows to compute at a time, at least 1
   * @return a predictor for one thread
   * @throws IllegalArgumentException if {@code rows} is less than 1
   */
  public Predictor predictor(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "a predictor computes at least 1 row at a time, not " + rows);
    }
    return new Predictor(this, Workers.single(), rows);
  }

  /**
   * A new predictor that shares out the rows of a large batch over a group of workers. The bits are
   * those of one thread.
   *
   * @param workers the group; it must not work for anyone else during a prediction
   * @return a predictor for one calling thread
   */
  public Predictor predictor(Workers workers) {
    return new Predictor(this, workers, Integer.MAX_VALUE);
  }

  /**
   * Predicts one row. Any number of threads may call this; who asks often takes a {@link
   * #predictor}, which keeps its scratch.
   *
   * @param row (inputs)
   * @return (outputs), a new array
   * @throws IllegalArgumentException if the row does not have the network's inputs
   */
  public float[] predict(float[] row) {
    try (Predictor predictor = predictor()) {
      return predictor.predict(row);
    }
  }

  /**
   * Predicts a batch of rows. Any number of threads may call this.
   *
   * @param rows (rows, inputs)
   * @return (rows, outputs), new arrays
   * @throws IllegalArgumentException if a row does not have the network's inputs
   */
  public float[][] predict(float[][] rows) {
    try (Predictor predictor = predictor()) {
      return predictor.predict(rows);
    }
  }

  /**
   * Predicts the rows of a dataset. Any number of threads may call this.
   *
   * @param rows of the network's inputs; targets are not looked at
   * @return (rows, outputs), new arrays
   * @throws IllegalArgumentException if a row does not have the network's inputs
   */
  public float[][] predict(Dataset rows) {
    try (Predictor predictor = predictor()) {
      return predictor.predict(rows);
    }
  }

  /** The layers ready to run, packed once. Callers do not change the array. */
  Step[] steps() {
    Step[] ready = steps;
    if (ready == null) {
      synchronized (this) {
        ready = steps;
        if (ready == null) {
          ready = Step.of(layers.stream().map(Network::dense).toList(), offsets, parameters);
          steps = ready;
        }
      }
    }
    return ready;
  }

  /**
   * The place of a layer in PyTorch's {@code nn.Sequential} of Linear and activation modules, where
   * every activation but the identity is a module of its own: 0, 2, 4 ... for a network without
   * linear hidden layers. It names the layer's tensors, as in {@code 2.weight} and {@code 2.bias}.
   *
   * @param index of the layer, 0 for the first
   * @return the index of its Linear module
   */
  public int moduleIndex(int index) {
    Objects.checkIndex(index, layers.size());
    int module = index;
    for (int i = 0; i < index; i++) {
      module += layer(i).activation() == Activation.LINEAR ? 0 : 1;
    }
    return module;
  }

  /** {@return the layers as {@code --layers} writes them, such as {@code 128:relu,10:softmax}} */
  public String layerWords() {
    return LayerSpec.join(layers.stream().map(layer -> dense(layer).spec()).toList());
  }

  /**
   * The fingerprint of the parameters: SHA-256 of their little-endian bits in the order of {@link
   * #parameters()}, as 64 hexadecimal digits. Equal fingerprints mean that every bit is equal.
   *
   * @return such as {@code 9f86d081...}
   */
  public String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (float parameter : parameters) {
      if (!bytes.hasRemaining()) {
        digest.update(bytes.flip());
        bytes.clear();
      }
      bytes.putFloat(parameter);
    }
    digest.update(bytes.flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** {@return a table with a line for each layer: shape, activation, parameters and bytes} */
  public String summary() {
    return Summary.of(this);
  }

  /** {@return such as {@code 784-128 relu-10 softmax, 101,770 parameters}} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(inputs());
    for (Layer each : layers) {
      Dense layer = dense(each);
      text.append('-').append(layer.units());
      if (layer.activation() != Activation.LINEAR) {
        text.append(' ').append(layer.activation().text());
      }
    }
    return text.append(String.format(Locale.ROOT, ", %,d parameters", parameters.length))
        .toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Network that
        && layers.equals(that.layers)
        && Arrays.equals(parameters, that.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * layers.hashCode() + Arrays.hashCode(parameters);
  }
}
