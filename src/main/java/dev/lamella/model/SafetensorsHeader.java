package dev.lamella.model;

import dev.lamella.model.Json.JsonException;
import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON at the start of a safetensors file: metadata and, for each tensor, its type, shape and
 * place.
 *
 * <p>The checks are those of the format's reference implementation: the tensors cover the bytes
 * after the header without hole or overlap, and shape times element size is exactly what a tensor
 * covers, computed without overflow.
 *
 * @param metadata what stands under {@code __metadata__}, in the order of the file
 * @param tensors in the order of their bytes
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorInfo> tensors) {
  private static final String METADATA = "__metadata__";

  SafetensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** Reads and checks a header, but for how many bytes follow it. */
  static SafetensorsHeader parse(String text) throws JsonException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<TensorInfo> tensors = new ArrayList<>();
    Json.read(
        text,
        json -> {
          json.object(
              "the header",
              name -> {
                if (name.equals(METADATA)) {
                  json.object(
                      METADATA,
                      key -> metadata.put(key, json.string(METADATA + "." + Quoted.name(key))));
                } else {
                  tensors.add(tensor(json, name));
                }
              });
          return tensors;
        });
    // Empty tensors share their offset with what follows them, so the end decides.
    tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    requireNoHoles(tensors);
    return new SafetensorsHeader(metadata, tensors);
  }

  /** The JSON of a header in which float tensors follow each other in the order given. */
  static String write(Map<String, String> metadata, List<Tensor> tensors) {
    return Json.write(json -> {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeName(METADATA).writeStartObject();
        metadata.forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (Tensor tensor : tensors) {
        long end = begin + (long) Float.BYTES * tensor.values().length;
        json.writeName(tensor.name()).writeStartObject();
        json.writeStringProperty("dtype", DType.F32.name());
        array(json, "shape", tensor.shape());
        array(json, "data_offsets", List.of(begin, end));
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    });
  }

  private static void array(JsonGenerator json, String name, List<Long> values) {
    json.writeName(name).writeStartArray();
    values.forEach(json::writeNumber);
    json.writeEndArray();
  }

  /** The members of a tensor's entry; each must come once, which the parser sees to. */
  private static final class Entry {
    private @Nullable DType dtype;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;
  }

  private static TensorInfo tensor(Json json, String name) throws JsonException {
    String what = "tensor " + Quoted.name(name);
    Entry entry = new Entry();
    json.object(
        what,
        member -> {
          switch (member) {
            case "dtype" -> entry.dtype = dtype(json, what);
            case "shape" ->
                entry.shape = json.array(what + ".shape", j -> j.count(what + ".shape"));
            case "data_offsets" ->
                entry.offsets =
                    json.array(what + ".data_offsets", j -> j.count(what + ".data_offsets"));
            default -> throw json.unknown(what, member);
          }
        });
    if (entry.dtype == null || entry.shape == null || entry.offsets == null) {
      throw json.wrong(what + " lacks one of dtype, shape and data_offsets");
    }
    if (entry.offsets.size() != 2) {
      throw json.wrong("%s has %d data_offsets instead of 2".formatted(what, entry.offsets.size()));
    }
    long begin = entry.offsets.get(0);
    long end = entry.offsets.get(1);
    requireSize(what, entry.dtype, entry.shape, begin, end);
    return new TensorInfo(name, entry.dtype, entry.shape, begin, end);
  }

  private static DType dtype(Json json, String what) throws JsonException {
    String name = json.string(what + ".dtype");
    DType dtype = DType.of(name);
    if (dtype == null) {
      throw json.wrong("%s has the unknown dtype %s".formatted(what, Quoted.of(name)));
    }
    return dtype;
  }

  private static void requireSize(String what, DType dtype, List<Long> shape, long begin, long end)
      throws JsonException {
    if (begin > end) {
      throw new JsonException("%s begins at %d, after its end at %d".formatted(what, begin, end));
    }
    long bytes = dtype.bytes();
    try {
      for (long length : shape) {
        bytes = Math.multiplyExact(bytes, length);
      }
    } catch (ArithmeticException e) {
      throw new JsonException("%s has the impossible shape %s".formatted(what, shape));
    }
    if (bytes != end - begin) {
      throw new JsonException(
          "%s of type %s and shape %s needs %d bytes, but its data_offsets [%d, %d] hold %d"
              .formatted(what, dtype, shape, bytes, begin, end, end - begin));
    }
  }

  /** Each byte up to the last tensor's end belongs to exactly one tensor. */
  private static void requireNoHoles(List<TensorInfo> tensors) throws JsonException {
    long end = 0;
    for (TensorInfo tensor : tensors) {
      if (tensor.begin() != end) {
        throw new JsonException(
            "tensor %s begins at byte %d, but the tensor before it ends at %d"
                .formatted(Quoted.name(tensor.name()), tensor.begin(), end));
      }
      end = tensor.end();
    }
  }

  /** How many bytes the tensors need. */
  long dataLength() {
    return tensors.isEmpty() ? 0 : tensors.getLast().end();
  }

  void requireLength(long dataLength) throws JsonException {
    if (dataLength() != dataLength) {
      throw new JsonException(
          "the tensors need %d bytes, but %d follow the header"
              .formatted(dataLength(), dataLength));
    }
  }
}
