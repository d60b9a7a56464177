package dev.lamella.model;

import java.util.List;
import java.util.Objects;

/**
 * An entry of a safetensors header: what a tensor is called, its type and shape, and where it is.
 *
 * @param name such as {@code 0.weight}
 * @param dtype type of the elements
 * @param shape lengths of the dimensions, the slowest first; empty for a single number
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
  /** Makes the shape immutable. */
  public TensorInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dtype, "dtype");
    shape = List.copyOf(Objects.requireNonNull(shape, "shape"));
  }

  /** {@return the number of elements} */
  public long elements() {
    return (end - begin) / dtype.bytes();
  }

  /** The place of an element, as [2, 7] for the eighth of the third row. */
  static String place(List<Long> shape, long index) {
    Long[] place = new Long[shape.size()];
    for (int d = shape.size() - 1; d >= 0; d--) {
      place[d] = index % shape.get(d);
      index /= shape.get(d);
    }
    return List.of(place).toString();
  }
}
