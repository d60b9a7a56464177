package dev.lamella.model;

import dev.lamella.net.Dense;
import dev.lamella.net.LayerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of dense layers in a file, found as PyTorch names them: {@code 0.weight} (units,
 * inputs) and {@code 0.bias} (units), {@code 2.weight} and so on, numbered by the module's place in
 * an {@code nn.Sequential}.
 *
 * <p>Only the order of the numbers counts, since modules without tensors (activations, dropout) may
 * stand between; a common prefix, as in {@code net.0.weight}, is allowed. No tensor may be left
 * over.
 */
final class StateDict {
  private static final Pattern WEIGHT = Pattern.compile("((?:.*\\.)?)(\\d{1,9})\\.weight");

  private final String file;
  private final Safetensors tensors;
  private final List<Module> modules;

  /** A numbered module that has weights. */
  private record Module(String name, String prefix, int number) {}

  StateDict(String file, Safetensors tensors) {
    this.file = file;
    this.tensors = tensors;
    this.modules = modules();
  }

  private List<Module> modules() {
    List<Module> found = new ArrayList<>();
    for (TensorInfo tensor : tensors.tensors()) {
      Matcher matcher = WEIGHT.matcher(tensor.name());
      if (matcher.matches()) {
        if (tensor.shape().size() != 2) {
          throw new ModelException(
              "tensor %s of %s has the shape %s, but the weights of a dense layer are (units, inputs); other layers are not known"
                  .formatted(tensor.name(), file, tensor.shape()));
        }
        String name = tensor.name().substring(0, tensor.name().length() - ".weight".length());
        found.add(new Module(name, matcher.group(1), Integer.parseInt(matcher.group(2))));
      }
    }
    if (found.isEmpty()) {
      throw new ModelException(
          file + " has no tensor named as 0.weight, as PyTorch names the layers of nn.Sequential");
    }
    found.sort(Comparator.comparingInt(Module::number));
    Set<String> prefixes = new HashSet<>();
    found.forEach(module -> prefixes.add(module.prefix()));
    if (prefixes.size() > 1) {
      throw new ModelException(
          "%s holds several stacks of layers, with the prefixes %s; only one can be loaded"
              .formatted(file, prefixes.stream().sorted().toList()));
    }
    return found;
  }

  /** The number of inputs of the first layer. */
  int inputs() {
    long inputs = tensors.tensor(modules.getFirst().name() + ".weight").shape().get(1);
    if (inputs < 1 || inputs > Integer.MAX_VALUE) {
      throw new ModelException(
          "tensor %s.weight of %s has %d inputs; a layer has 1 to %d"
              .formatted(modules.getFirst().name(), file, inputs, Integer.MAX_VALUE));
    }
    return (int) inputs;
  }

  /** The parameters of the layers, as a network wants them; every tensor must be used. */
  float[] parameters(List<Dense> layers) {
    if (layers.size() != modules.size()) {
      throw new ModelException(
          "%s has the weights of %d layers, but the network has %d"
              .formatted(file, modules.size(), layers.size()));
    }
    List<String> names = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < layers.size(); i++) {
      Dense layer = layers.get(i);
      String module = modules.get(i).name();
      requireShape(
          i, layer, module + ".weight", List.of((long) layer.units(), (long) layer.inputs()));
      names.add(module + ".weight");
      if (layer.bias()) {
        requireShape(i, layer, module + ".bias", List.of((long) layer.units()));
        names.add(module + ".bias");
      }
      size += layer.parameters();
    }
    requireAllUsed(new HashSet<>(names));
    if (size > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          "%s has %d parameters, more than one array can hold".formatted(file, size));
    }
    return read(names, (int) size);
  }

  private float[] read(List<String> names, int size) {
    float[] parameters = new float[size];
    int to = 0;
    for (String name : names) {
      float[] values = tensors.floats(name);
      System.arraycopy(values, 0, parameters, to, values.length);
      to += values.length;
    }
    return parameters;
  }

  private void requireShape(int index, Dense layer, String name, List<Long> shape) {
    LayerSpec spec = layer.spec();
    if (!tensors.has(name)) {
      throw new ModelException(
          "%s has no tensor %s; if layer %d has no bias, write %s"
              .formatted(file, name, index, spec.withoutBias()));
    }
    List<Long> actual = tensors.tensor(name).shape();
    if (!actual.equals(shape)) {
      throw new ModelException(
          "tensor %s of %s has the shape %s, but layer %d (%s, %d inputs) needs %s"
              .formatted(name, file, actual, index, spec, layer.inputs(), shape));
    }
  }

  private void requireAllUsed(Set<String> used) {
    for (TensorInfo tensor : tensors.tensors()) {
      if (!used.contains(tensor.name())) {
        throw new ModelException(
            "tensor %s of %s belongs to no layer of the network; layers other than dense are not known, and a layer with :nobias has no bias"
                .formatted(tensor.name(), file));
      }
    }
  }
}
