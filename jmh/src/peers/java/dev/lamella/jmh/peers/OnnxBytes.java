package dev.lamella.jmh.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lamella.jmh.Mlp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A network as an ONNX model: Gemm and Relu in a chain. Writes only the messages and field numbers
 * of onnx.proto (version 1.17) that this needs.
 */
final class OnnxBytes {

  private static final int FLOAT = 1; // TensorProto.DataType.FLOAT
  private static final int INT = 2; // AttributeProto.AttributeType.INT
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OnnxBytes() {}

  /** Returns the model; its input is named x, its output y. */
  static byte[] of(Mlp net, float[] parameters, int rows) {
    OnnxBytes graph = new OnnxBytes();
    String value = "x";
    int[] sizes = net.sizes();
    for (int layer = 0; layer < net.layers(); layer++) {
      boolean last = layer + 1 == net.layers();
      String sum = last ? "y" : "sum" + layer;
      graph.message(1, node("Gemm", sum, value, "w" + layer, "b" + layer));
      value = sum;
      if (!last) {
        value = "relu" + layer;
        graph.message(1, node("Relu", value, sum));
      }
    }
    graph.text(2, "mlp");
    for (int layer = 0; layer < net.layers(); layer++) {
      int inputs = sizes[layer];
      int units = sizes[layer + 1];
      int from = net.offset(layer);
      graph.message(5, tensor("w" + layer, parameters, from, units, inputs));
      graph.message(5, tensor("b" + layer, parameters, from + units * inputs, units));
    }
    graph.message(11, valueInfo("x", rows, net.inputs()));
    graph.message(12, valueInfo("y", rows, net.outputs()));
    return new OnnxBytes()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new OnnxBytes().text(1, "").number(2, OPSET))
        .out
        .toByteArray();
  }

  private static OnnxBytes node(String type, String output, String... inputs) {
    OnnxBytes node = new OnnxBytes();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, type);
    if (type.equals("Gemm")) {
      node.message(5, new OnnxBytes().text(1, "transB").number(3, 1).number(20, INT));
    }
    return node;
  }

  private static OnnxBytes tensor(String name, float[] values, int from, int... shape) {
    OnnxBytes tensor = new OnnxBytes();
    int count = 1;
    for (int size : shape) {
      tensor.number(1, size);
      count *= size;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, from, count);
    return tensor.number(2, FLOAT).text(8, name).bytes(9, bytes.array());
  }

  private static OnnxBytes valueInfo(String name, int... shape) {
    OnnxBytes dimensions = new OnnxBytes();
    for (int size : shape) {
      dimensions.message(1, new OnnxBytes().number(1, size));
    }
    OnnxBytes tensor = new OnnxBytes().number(1, FLOAT).message(2, dimensions);
    return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor));
  }

  private OnnxBytes number(int field, long value) {
    varint(field << 3);
    varint(value);
    return this;
  }

  private OnnxBytes text(int field, String text) {
    return bytes(field, text.getBytes(UTF_8));
  }

  private OnnxBytes message(int field, OnnxBytes message) {
    return bytes(field, message.out.toByteArray());
  }

  private OnnxBytes bytes(int field, byte[] bytes) {
    varint((field << 3) | 2);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private void varint(long value) {
    for (; value > 127; value >>>= 7) {
      out.write((int) ((value & 127) | 128));
    }
    out.write((int) value);
  }
}
