package dev.lamella.model;

import dev.lamella.net.Dense;
import dev.lamella.net.LayerSpec;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of dense layers in a file, found as PyTorch names them: {@code 0.weight} (units,
 * inputs) and {@code 0.bias} (units), {@code fc1.weight}, {@code model.fc1.weight} and so on.
 *
 * <p>The order of the layers is, in this order: the one that the caller names; that of the numbers
 * in an {@code nn.Sequential}, where only their order counts, since modules without tensors may
 * stand between; or the only one in which the shapes chain to the layers asked for. Where two
 * orders chain, neither is guessed. No tensor may be left over.
 */
final class StateDict {
  private static final String WEIGHT = ".weight";
  private static final Pattern NUMBERED = Pattern.compile("((?:.*\\.)?)(\\d{1,9})");
  private static final int MOST_SHOWN = 20;

  private final String file;
  private final Safetensors tensors;
  private final List<LayerSpec> layers;
  private final List<Module> modules; // in the order of the layers

  /** What has weights. */
  private record Module(String name, int units, int inputs, boolean bias) {
    boolean makes(int wanted, LayerSpec layer) {
      return inputs == wanted && units == layer.units() && bias == layer.bias();
    }

    /** Such as {@code fc1 (8, 4)}: the name and the shape of the weights. */
    String shown() {
      return "%s (%d, %d)".formatted(Quoted.name(name), units, inputs);
    }
  }

  /**
   * Finds the modules of layers.
   *
   * @param names of the modules in the order of the layers; null to see the order by itself
   */
  StateDict(
      String file, Safetensors tensors, List<LayerSpec> layers, @Nullable List<String> names) {
    this.file = file;
    this.tensors = tensors;
    this.layers = layers;
    List<Module> found = found();
    this.modules = names == null ? ordered(found) : named(found, names);
  }

  /** The number of inputs of the first layer. */
  int inputs() {
    return modules.getFirst().inputs();
  }

  private List<Module> found() {
    List<Module> found = new ArrayList<>();
    for (TensorInfo tensor : tensors.tensors()) {
      String name = tensor.name();
      if (name.endsWith(WEIGHT)) {
        List<Long> shape = tensor.shape();
        if (shape.size() != 2) {
          throw new ModelException(
              "tensor %s of %s has the shape %s, but the weights of a dense layer are (units, inputs); other layers are not known"
                  .formatted(Quoted.name(name), file, shape));
        }
        String module = name.substring(0, name.length() - WEIGHT.length());
        boolean bias = tensors.has(module + ".bias");
        found.add(new Module(module, size(tensor, 0), size(tensor, 1), bias));
      }
    }
    if (found.isEmpty()) {
      throw new ModelException(
          file
              + " has no tensor whose name ends in .weight, as in PyTorch's state_dict of dense layers");
    }
    return found;
  }

  private int size(TensorInfo tensor, int dimension) {
    long size = tensor.shape().get(dimension);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new ModelException(
          "tensor %s of %s has %d %s; a layer has 1 to %d"
              .formatted(
                  Quoted.name(tensor.name()),
                  file,
                  size,
                  dimension == 0 ? "units" : "inputs",
                  Integer.MAX_VALUE));
    }
    return (int) size;
  }

  /** In the order that the caller names; a name may leave out what wraps a whole model. */
  private List<Module> named(List<Module> found, List<String> names) {
    List<Module> order = new ArrayList<>();
    for (String name : names) {
      List<Module> fitting = found.stream().filter(each -> each.name().equals(name)).toList();
      if (fitting.isEmpty()) {
        fitting = found.stream().filter(each -> each.name().endsWith("." + name)).toList();
      }
      if (fitting.size() != 1) {
        throw new ModelException(
            fitting.isEmpty()
                ? "%s has no tensor %s.weight; it has the weights of %s"
                    .formatted(file, Quoted.name(name), listed(found))
                : "%s means several tensors of %s: %s; give the whole name"
                    .formatted(Quoted.name(name), file, listed(fitting)));
      }
      if (order.contains(fitting.getFirst())) {
        throw new ModelException("the tensors of %s are named twice".formatted(Quoted.name(name)));
      }
      order.addAll(fitting);
    }
    return order;
  }

  private List<Module> ordered(List<Module> found) {
    Set<String> prefixes = new HashSet<>();
    for (Module module : found) {
      Matcher number = NUMBERED.matcher(module.name());
      prefixes.add(number.matches() ? number.group(1) : "");
      if (!number.matches()) {
        return chained(found);
      }
    }
    if (prefixes.size() > 1) {
      return chained(found);
    }
    return found.stream().sorted(Comparator.comparingInt(StateDict::number)).toList();
  }

  private static int number(Module module) {
    return Integer.parseInt(module.name().substring(module.name().lastIndexOf('.') + 1));
  }

  /**
   * In the only order whose shapes are those of the layers. The layers say every shape but the
   * inputs of the first, so modules and layers are matched by shape; modules of equal shape could
   * change places.
   */
  private List<Module> chained(List<Module> found) {
    if (found.size() != layers.size()) {
      throw otherNumber(found.size());
    }
    List<Module> left = new ArrayList<>(found);
    List<Module> order = new ArrayList<>();
    for (int i = 1; i < layers.size(); i++) {
      int inputs = layers.get(i - 1).units();
      LayerSpec layer = layers.get(i);
      Module next =
          left.stream()
              .filter(each -> each.makes(inputs, layer))
              .findFirst()
              .orElseThrow(() -> unchained(found));
      left.remove(next);
      order.add(next);
    }
    Module first = left.getFirst();
    if (!first.makes(first.inputs(), layers.getFirst())) {
      throw unchained(found);
    }
    order.addFirst(first);
    requireOneOrder(order);
    return order;
  }

  private void requireOneOrder(List<Module> order) {
    Map<List<Object>, Integer> places = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Module module = order.get(i);
      Integer same = places.putIfAbsent(List.of(module.units(), module.inputs(), module.bias()), i);
      if (same != null) {
        List<Module> other = new ArrayList<>(order);
        other.set(i, order.get(same));
        other.set(same, module);
        throw new ModelException(
            "the layers of %s could stand in the order %s or %s, as both chain; name the right one: --tensors %s, or ModelFile.load with these names"
                .formatted(file, names(order), names(other), names(order)));
      }
    }
  }

  private static String names(List<Module> order) {
    return String.join(",", order.stream().map(each -> Quoted.name(each.name())).toList());
  }

  private ModelException unchained(List<Module> found) {
    return new ModelException(
        "the weights of %s are %s, which do not chain to the layers %s; weights are (units, inputs), and a layer without a bias is written with :nobias%s"
            .formatted(
                file,
                listed(found),
                LayerSpec.join(layers),
                isTransposed(found)
                    ? "; these look transposed: save each weight as weight.T.contiguous()"
                    : ""));
  }

  /** Whether the shapes would chain if all of them were turned around, which is not guessed. */
  private boolean isTransposed(List<Module> found) {
    List<List<Integer>> left =
        new ArrayList<>(found.stream().map(each -> List.of(each.inputs(), each.units())).toList());
    for (int i = 1; i < layers.size(); i++) {
      if (!left.remove(List.of(layers.get(i).units(), layers.get(i - 1).units()))) {
        return false;
      }
    }
    return left.size() == 1 && left.getFirst().getFirst() == layers.getFirst().units();
  }

  private static String listed(List<Module> modules) {
    List<String> shown = modules.stream().map(Module::shown).toList();
    return Quoted.list(shown, MOST_SHOWN, UnaryOperator.identity());
  }

  private ModelException otherNumber(int found) {
    return new ModelException(
        "%s has the weights of %d layers, but the network has %d"
            .formatted(file, found, layers.size()));
  }

  /** The parameters of the layers, as a network wants them; every tensor must be used. */
  float[] parameters(List<Dense> dense) {
    if (dense.size() != modules.size()) {
      throw otherNumber(modules.size());
    }
    List<String> names = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < dense.size(); i++) {
      Dense layer = dense.get(i);
      String module = modules.get(i).name();
      requireShape(i, layer, module + WEIGHT, List.of((long) layer.units(), (long) layer.inputs()));
      names.add(module + WEIGHT);
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
              .formatted(file, Quoted.name(name), index, spec.withoutBias()));
    }
    List<Long> actual = tensors.tensor(name).shape();
    if (!actual.equals(shape)) {
      throw new ModelException(
          "tensor %s of %s has the shape %s, but layer %d (%s, %d inputs) needs %s"
              .formatted(Quoted.name(name), file, actual, index, spec, layer.inputs(), shape));
    }
  }

  private void requireAllUsed(Set<String> used) {
    for (TensorInfo tensor : tensors.tensors()) {
      if (!used.contains(tensor.name())) {
        throw new ModelException(
            "tensor %s of %s belongs to no layer of the network; layers other than dense are not known, and a layer with :nobias has no bias"
                .formatted(Quoted.name(tensor.name()), file));
      }
    }
  }
}
