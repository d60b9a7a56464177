package dev.lamella.data;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The types of {@code .npy} files that are read, by the names that NumPy gives them. */
enum NpyType {
  F4("<f4", 4),
  F8("<f8", 8),
  I8("<i8", 8),
  I4("<i4", 4),
  U1("|u1", 1),
  B1("|b1", 1);

  private final String name;
  private final int bytes;

  NpyType(String name, int bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  String description() {
    return name;
  }

  int bytes() {
    return bytes;
  }

  static @Nullable NpyType of(String name) {
    for (NpyType type : values()) {
      if (type.name.equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** An array for so many elements. */
  Object array(int length) {
    return switch (this) {
      case F4 -> new float[length];
      case F8 -> new double[length];
      case I8 -> new long[length];
      case I4 -> new int[length];
      case U1, B1 -> new byte[length];
    };
  }

  /** Reads elements from the buffer into an array that {@link #array} made. */
  void decode(ByteBuffer from, Object into, int offset, int count) {
    switch (this) {
      case F4 -> from.asFloatBuffer().get((float[]) into, offset, count);
      case F8 -> from.asDoubleBuffer().get((double[]) into, offset, count);
      case I8 -> from.asLongBuffer().get((long[]) into, offset, count);
      case I4 -> from.asIntBuffer().get((int[]) into, offset, count);
      case U1, B1 -> from.get((byte[]) into, offset, count);
    }
  }

  /** Writes elements of an array to the buffer and moves its position behind them. */
  void encode(Object from, int offset, int count, ByteBuffer into) {
    switch (this) {
      case F4 -> into.asFloatBuffer().put((float[]) from, offset, count);
      case F8 -> into.asDoubleBuffer().put((double[]) from, offset, count);
      case I8 -> into.asLongBuffer().put((long[]) from, offset, count);
      case I4 -> into.asIntBuffer().put((int[]) from, offset, count);
      case U1, B1 -> into.slice().put((byte[]) from, offset, count);
    }
    into.position(into.position() + count * bytes);
  }
}
