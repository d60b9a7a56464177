package dev.lamella.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The types of {@code .npy} files that are read, by the letter and the size that NumPy gives them.
 *
 * <p>What Java has no type for stands in the next larger one; only unsigned numbers of 64 bits have
 * none and stand as the long of the same bits.
 */
enum NpyType {
  F2("f2"),
  F4("f4"),
  F8("f8"),
  I1("i1"),
  I2("i2"),
  I4("i4"),
  I8("i8"),
  U1("u1"),
  U2("u2"),
  U4("u4"),
  U8("u8"),
  B1("b1");

  private final String name;
  private final int bytes;

  NpyType(String name) {
    this.name = name;
    this.bytes = name.charAt(1) - '0';
  }

  /** The name of this type in little-endian files, which is what is written. */
  String description() {
    return (bytes == 1 ? "|" : "<") + name;
  }

  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return name.charAt(0) != 'f';
  }

  /** The type of that name, in either order of bytes; null if it is none of these. */
  static @Nullable NpyType of(String name) {
    if (name.length() != 3 || "<>|".indexOf(name.charAt(0)) < 0) {
      return null;
    }
    for (NpyType type : values()) {
      if (name.endsWith(type.name) && (name.charAt(0) != '|' || type.bytes == 1)) {
        return type;
      }
    }
    return null;
  }

  /** The order of bytes that a name tells. */
  static ByteOrder order(String name) {
    return name.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** An array for so many elements. */
  Object array(int length) {
    return switch (this) {
      case F2, F4 -> new float[length];
      case F8 -> new double[length];
      case I8, U4, U8 -> new long[length];
      case I1, I2, I4, U2 -> new int[length];
      case U1, B1 -> new byte[length];
    };
  }

  /** An array that {@link #array} made, longer or shorter. */
  static Object resized(Object array, int length) {
    return switch (array) {
      case float[] floats -> Arrays.copyOf(floats, length);
      case double[] doubles -> Arrays.copyOf(doubles, length);
      case long[] longs -> Arrays.copyOf(longs, length);
      case int[] ints -> Arrays.copyOf(ints, length);
      case byte[] same -> Arrays.copyOf(same, length);
      default -> throw new IllegalStateException();
    };
  }

  /** Reads elements from the buffer into an array that {@link #array} made. */
  void decode(ByteBuffer from, Object into, int offset, int count) {
    switch (this) {
      case F4 -> from.asFloatBuffer().get((float[]) into, offset, count);
      case F8 -> from.asDoubleBuffer().get((double[]) into, offset, count);
      case I8, U8 -> from.asLongBuffer().get((long[]) into, offset, count);
      case I4 -> from.asIntBuffer().get((int[]) into, offset, count);
      case U1 -> from.get((byte[]) into, offset, count);
      case F2, I1, I2, U2, U4, B1 -> {
        for (int i = offset; i < offset + count; i++) {
          decodeOne(from, into, i);
        }
      }
    }
  }

  private void decodeOne(ByteBuffer from, Object into, int at) {
    switch (this) {
      case F2 -> ((float[]) into)[at] = Float.float16ToFloat(from.getShort());
      case I1 -> ((int[]) into)[at] = from.get();
      case I2 -> ((int[]) into)[at] = from.getShort();
      case U2 -> ((int[]) into)[at] = from.getShort() & 0xffff;
      case U4 -> ((long[]) into)[at] = from.getInt() & 0xffff_ffffL;
      case B1 -> ((byte[]) into)[at] = (byte) (from.get() == 0 ? 0 : 1);
      default -> throw new IllegalStateException(name);
    }
  }

  /** Writes elements of an array to the buffer and moves its position behind them. */
  void encode(Object from, int offset, int count, ByteBuffer into) {
    switch (this) {
      case F4 -> into.asFloatBuffer().put((float[]) from, offset, count);
      case F8 -> into.asDoubleBuffer().put((double[]) from, offset, count);
      case I4 -> into.asIntBuffer().put((int[]) from, offset, count);
      default -> throw new IllegalStateException(name); // Only these are written.
    }
    into.position(into.position() + count * bytes);
  }
}
