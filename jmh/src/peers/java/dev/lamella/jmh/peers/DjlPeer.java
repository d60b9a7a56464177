package dev.lamella.jmh.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.lamella.jmh.Examples;
import dev.lamella.jmh.Mlp;
import dev.lamella.jmh.Peer;
import dev.lamella.jmh.Training;
import dev.lamella.jmh.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** PyTorch (libtorch) through DJL. */
public final class DjlPeer implements Peer {

  private final Engine engine;

  /** Starts the engine; DJL reads its settings from system properties, once. */
  public DjlPeer(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.offline", "true");
    engine = Engine.getEngine("PyTorch");
  }

  @Override
  public String about() {
    return "DJL " + Engine.getDjlVersion() + ", libtorch " + engine.getVersion();
  }

  @Override
  public Work predict(Mlp net, float[] parameters, float[] rows, int count) {
    Model model = model(net, parameters);
    Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
    float[][] output = new float[1][];
    return new Work() {
      @Override
      public void run() {
        try (NDManager scope = model.getNDManager().newSubManager()) {
          NDArray x = scope.create(rows, new Shape(count, net.inputs()));
          try (NDList y = predictor.predict(new NDList(x))) {
            output[0] = y.singletonOrThrow().toFloatArray();
          }
        } catch (TranslateException e) {
          throw new IllegalStateException("DJL failed.", e);
        }
      }

      @Override
      public float[] result() {
        return output[0].clone();
      }

      @Override
      public void close() {
        predictor.close();
        model.close();
      }
    };
  }

  @Override
  public Work train(Training training, float[] parameters, Examples data) {
    return new DjlTraining(model(training.net(), parameters), training, data);
  }

  @Override
  public Work epochs(Training training, int epochs, Examples data, Examples test) {
    float[] accuracy = new float[1];
    return new Work() {
      @Override
      public void run() {
        Mlp net = training.net();
        try (DjlTraining run = new DjlTraining(model(net, net.parameters(1)), training, data)) {
          for (int epoch = 0; epoch < epochs; epoch++) {
            run.epoch(epoch);
          }
          accuracy[0] = (float) test.accuracy(run.outputs(test));
        }
      }

      @Override
      public float[] result() {
        return accuracy.clone();
      }
    };
  }

  @Override
  public Work elementwise(String function, float[] x) {
    NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    NDArray input = manager.create(x);
    UnaryOperator<NDArray> apply =
        switch (function) {
          case "relu" -> Activation::relu;
          case "sigmoid" -> Activation::sigmoid;
          case "tanh" -> Activation::tanh;
          case "gelu" -> Activation::gelu;
          case "silu" -> array -> Activation.swish(array, 1);
          case "elu" -> array -> Activation.elu(array, 1);
          case "softplus" -> Activation::softPlus;
          default -> throw new IllegalArgumentException("DJL has no " + function + ".");
        };
    return new Work() {
      @Override
      public void run() {
        apply.apply(input).close();
      }

      @Override
      public float[] result() {
        return apply.apply(input).toFloatArray();
      }

      @Override
      public void close() {
        manager.close();
      }
    };
  }

  private static Model model(Mlp net, float[] parameters) {
    SequentialBlock block = new SequentialBlock();
    int[] sizes = net.sizes();
    for (int layer = 0; layer < net.layers(); layer++) {
      block.add(Linear.builder().setUnits(sizes[layer + 1]).build());
      if (layer + 1 < net.layers()) {
        block.add(Activation::relu);
      }
    }
    Model model = Model.newInstance("mlp", Device.cpu(), "PyTorch");
    model.setBlock(block);
    block.initialize(
        model.getNDManager(), ai.djl.ndarray.types.DataType.FLOAT32, new Shape(1, net.inputs()));
    int at = 0;
    for (NDArray array : arrays(model)) {
      float[] part = new float[(int) array.size()];
      System.arraycopy(parameters, at, part, 0, part.length);
      array.set(part);
      at += part.length;
    }
    return model;
  }

  /** All parameters of a model in order: each layer's weights, then its biases. */
  static List<NDArray> arrays(Model model) {
    List<NDArray> arrays = new ArrayList<>();
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      arrays.add(parameter.getArray());
    }
    return arrays;
  }
}
