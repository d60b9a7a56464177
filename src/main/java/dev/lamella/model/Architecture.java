package dev.lamella.model;

import dev.lamella.model.Json.JsonException;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a network as JSON, for its file's metadata.
 *
 * <pre>{@code
 * {"inputs":784,"layers":[{"dense":128,"activation":"relu"},{"dense":10,"activation":"softmax"}]}
 * }</pre>
 *
 * @param inputs length of a row that comes in
 * @param layers the layers in the order in which a row passes them
 */
record Architecture(int inputs, List<LayerSpec> layers) {
  Architecture {
    layers = List.copyOf(layers);
  }

  static Architecture of(Network network) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      layers.add(network.layer(i).spec());
    }
    return new Architecture(network.inputs(), layers);
  }

  /** The layers with their inputs. */
  List<Dense> dense() {
    List<Dense> dense = new ArrayList<>();
    int width = inputs;
    for (LayerSpec layer : layers) {
      dense.add(new Dense(width, layer.units(), layer.activation(), layer.bias()));
      width = layer.units();
    }
    return dense;
  }

  String json() {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeNumberProperty("inputs", inputs);
      json.writeName("layers").writeStartArray();
      for (LayerSpec layer : layers) {
        json.writeStartObject();
        json.writeNumberProperty("dense", layer.units());
        json.writeStringProperty("activation", layer.activation().text());
        json.writeBooleanProperty("bias", layer.bias());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  static Architecture read(String text) throws JsonException {
    int[] inputs = {0};
    List<LayerSpec> layers = new ArrayList<>();
    return Json.read(
        text,
        json -> {
          json.object(
              "the architecture",
              member -> {
                switch (member) {
                  case "inputs" -> inputs[0] = json.size(member);
                  case "layers" -> layers.addAll(json.array(member, Architecture::layer));
                  default -> throw json.unknown("the architecture", member);
                }
              });
          if (inputs[0] < 1 || layers.isEmpty()) {
            throw json.wrong("the architecture lacks inputs or layers");
          }
          return new Architecture(inputs[0], layers);
        });
  }

  private static LayerSpec layer(Json json) throws JsonException {
    int[] units = {0};
    String[] activation = {"linear"};
    boolean[] bias = {true};
    json.object(
        "a layer",
        member -> {
          switch (member) {
            case "dense" -> units[0] = json.size(member);
            case "activation" -> activation[0] = json.string(member);
            case "bias" -> bias[0] = json.bool(member);
            default ->
                throw json.wrong(
                    "a layer has the unknown member %s; a newer version may have written it"
                        .formatted(Quoted.of(member)));
          }
        });
    try {
      return new LayerSpec(units[0], Activation.of(activation[0]), bias[0]);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }
}
