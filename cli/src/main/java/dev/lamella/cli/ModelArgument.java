package dev.lamella.cli;

import dev.lamella.cli.Words.Layers;
import dev.lamella.model.Model;
import dev.lamella.model.ModelException;
import dev.lamella.model.ModelFile;
import dev.lamella.model.Safetensors;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.train.Loss;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command asks: a file of {@code lamella train} or a plain PyTorch state_dict. */
final class ModelArgument {
  static final String TENSORS =
      "With --layers: the names of the layers' tensors in their order, such as fc1,fc2, where"
          + " numbers or shapes do not tell it.";

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file (safetensors).")
  Path path = Path.of("");

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      converter = Words.ToLayers.class,
      description =
          "The layers of a model file that does not say them, such as a PyTorch state_dict:"
              + " 128:relu,10:softmax.")
  @Nullable Layers layers;

  @Option(names = "--tensors", paramLabel = "NAMES", split = ",", description = TENSORS)
  List<String> tensors = List.of();

  Model open() {
    return open(path, layers, tensors);
  }

  Model open(Safetensors file) {
    return open(file, path, layers, tensors);
  }

  /** Opens a model; without names of tensors their order is seen from numbers and shapes. */
  static Model open(Path path, @Nullable Layers layers, List<String> tensors) {
    try (Safetensors file = Safetensors.open(path)) { // once, so that a pipe does as well
      return open(file, path, layers, tensors);
    }
  }

  private static Model open(
      Safetensors file, Path path, @Nullable Layers layers, List<String> tensors) {
    if (saysItsLayers(file)) {
      if (!tensors.isEmpty()) {
        throw new UsageException(
            "--tensors is for a file that does not say its layers, but %s does; leave the option out"
                .formatted(path));
      }
      Model opened = ModelFile.open(file);
      if (layers != null && !layers.specs().equals(specs(opened.network()))) {
        ModelFile.load(file, layers.specs(), null); // for its sentence
      }
      return opened;
    }
    if (layers == null) {
      throw new ModelException(
          path + " does not say its layers; give them, as in --layers 128:relu,10:softmax");
    }
    List<String> names = tensors.isEmpty() ? null : tensors;
    return new Model(ModelFile.load(file, layers.specs(), names), null, Map.of());
  }

  static boolean saysItsLayers(Safetensors file) {
    return file.metadata().containsKey(ModelFile.ARCHITECTURE);
  }

  static List<LayerSpec> specs(Network network) {
    return IntStream.range(0, network.layers().size())
        .mapToObj(i -> network.layer(i).spec())
        .toList();
  }

  /** The loss that the model was trained with, or null if the file does not say it. */
  static @Nullable Loss loss(Model model) {
    String word = model.metadata().get("loss");
    try {
      return word == null ? null : Loss.of(word);
    } catch (IllegalArgumentException e) {
      return null; // a note by another program; it binds no one
    }
  }
}
