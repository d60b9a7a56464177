package dev.lamella.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The type of a tensor's elements, by the names of the safetensors format.
 *
 * <p>All of the format's whole-byte types may stand in a file; those that are floating point and
 * have a Java counterpart can be read as floats.
 */
public enum DType {
  /** Truth values, one byte each. */
  BOOL(1),
  /** Unsigned bytes. */
  U8(1),
  /** Signed bytes. */
  I8(1),
  /** 8-bit floats with 5 bits of exponent. */
  F8_E5M2(1),
  /** 8-bit floats with 4 bits of exponent. */
  F8_E4M3(1),
  /** 8-bit powers of two. */
  F8_E8M0(1),
  /** 16-bit integers. */
  I16(2),
  /** Unsigned 16-bit integers. */
  U16(2),
  /** IEEE 754 half precision. */
  F16(2),
  /** The upper half of a single-precision float. */
  BF16(2),
  /** 32-bit integers. */
  I32(4),
  /** Unsigned 32-bit integers. */
  U32(4),
  /** IEEE 754 single precision: what this library writes. */
  F32(4),
  /** IEEE 754 double precision. */
  F64(8),
  /** 64-bit integers. */
  I64(8),
  /** Unsigned 64-bit integers. */
  U64(8),
  /** Complex numbers of two single-precision floats. */
  C64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of one element in bytes} */
  public int bytes() {
    return bytes;
  }

  /** {@return whether {@link Safetensors#floats} reads this type} */
  public boolean isReadable() {
    return this == F32 || this == F64 || this == F16 || this == BF16;
  }

  /** The type of that name, or null. */
  static @Nullable DType of(String name) {
    for (DType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** The next element of a little-endian buffer as a float; a double is rounded. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F32 -> buffer.getFloat();
      case F64 -> (float) buffer.getDouble();
      case F16 -> Float.float16ToFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      default -> throw new IllegalStateException(name());
    };
  }
}
