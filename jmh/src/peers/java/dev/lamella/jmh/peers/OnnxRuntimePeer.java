package dev.lamella.jmh.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lamella.jmh.Mlp;
import dev.lamella.jmh.Peer;
import dev.lamella.jmh.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime at its best: the input stands in a direct buffer that the session reads in place,
 * and the output is pinned, so that a call moves no numbers and makes no tensors.
 */
public final class OnnxRuntimePeer implements Peer {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final int threads;

  /** Notes how many threads a session may use. */
  public OnnxRuntimePeer(int threads) {
    this.threads = threads;
  }

  @Override
  public String about() {
    return "ONNX Runtime " + environment.getVersion() + ", pinned buffers";
  }

  @Override
  public Work predict(Mlp net, float[] parameters, float[] rows, int count) {
    try {
      return new Session(net, parameters, rows, count);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model.", e);
    }
  }

  private final class Session implements Work {
    private final OrtSession session;
    private final FloatBuffer output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    Session(Mlp net, float[] parameters, float[] rows, int count) throws OrtException {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(OnnxBytes.of(net, parameters, count), options);
      FloatBuffer input = direct(rows.length).put(rows).flip();
      output = direct(count * net.outputs());
      long[] inputShape = {count, net.inputs()};
      long[] outputShape = {count, net.outputs()};
      inputs = Map.of("x", OnnxTensor.createTensor(environment, input, inputShape));
      outputs = Map.of("y", OnnxTensor.createTensor(environment, output, outputShape));
    }

    @Override
    public void run() {
      try {
        session.run(inputs, outputs).close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime failed.", e);
      }
    }

    @Override
    public float[] result() {
      float[] copy = new float[output.capacity()];
      output.get(0, copy);
      return copy;
    }

    private static FloatBuffer direct(int floats) {
      return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime does not close.", e);
      }
    }
  }
}
