package dev.lamella.model;

import java.util.List;
import java.util.Objects;

/** A tensor to write: a name, a shape, and its floats. */
public final class Tensor {
  private final String name;
  private final List<Long> shape;
  private final float[] values;

  /**
   * A tensor.
   *
   * @param name such as {@code 0.weight}
   * @param shape lengths of the dimensions, the slowest first
   * @param values the elements, the last dimension side by side; kept
   * @throws IllegalArgumentException if there are not as many values as the shape says
   */
  public Tensor(String name, List<Long> shape, float[] values) {
    long elements = 1;
    for (long length : shape) {
      elements = Math.multiplyExact(elements, length);
    }
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "tensor %s of shape %s needs %d values, not %d"
              .formatted(name, shape, elements, values.length));
    }
    this.name = name;
    this.shape = List.copyOf(Objects.requireNonNull(shape, "shape"));
    this.values = values;
  }

  /** {@return what the tensor is called} */
  public String name() {
    return name;
  }

  /** {@return the lengths of the dimensions, the slowest first} */
  public List<Long> shape() {
    return shape;
  }

  float[] values() {
    return values;
  }
}
