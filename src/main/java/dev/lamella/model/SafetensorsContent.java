package dev.lamella.model;

import dev.lamella.base.AtomicFile;
import dev.lamella.text.Quoted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The bytes of a safetensors file to be written; all that could be wrong is checked before. */
final class SafetensorsContent {
  private static final int CHUNK = 1 << 16;

  private SafetensorsContent() {}

  static AtomicFile.Content of(String name, Map<String, String> metadata, List<Tensor> tensors) {
    List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
    Set<String> names = new HashSet<>();
    for (Tensor tensor : sorted) {
      if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
        throw new ModelException(
            "%s cannot be written: the name %s is taken"
                .formatted(name, Quoted.name(tensor.name())));
      }
      requireFinite(name, tensor);
    }
    String json = SafetensorsHeader.write(new TreeMap<>(metadata), sorted);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    int padding = -header.length & 7; // so that the tensors start on a multiple of 8
    if (header.length + padding > Safetensors.MAX_HEADER) {
      throw new ModelException(
          "%s cannot be written: its header would have %d bytes, more than the %d that the format allows"
              .formatted(name, header.length, Safetensors.MAX_HEADER));
    }
    return out -> {
      writeLittleEndian(out, header.length + padding);
      out.write(header);
      out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
      for (Tensor tensor : sorted) {
        writeFloats(out, tensor.values());
      }
    };
  }

  private static void requireFinite(String name, Tensor tensor) {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ModelException(
            "%s is not written: tensor %s is %s at %s, so the model is of no use; an older file stays as it was"
                .formatted(
                    name,
                    Quoted.name(tensor.name()),
                    values[i],
                    TensorInfo.place(tensor.shape(), i)));
      }
    }
  }

  private static void writeLittleEndian(OutputStream out, long value) throws IOException {
    out.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
      buffer.putFloat(value);
    }
    out.write(buffer.array(), 0, buffer.position());
  }
}
