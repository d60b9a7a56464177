package dev.lamella.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packing with the Vector API: rows move a vector at a time, the last one of a row under a mask.
 */
final class PackVector extends Pack {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private final PackScalar scalar = new PackScalar();

  @Override
  public void rows(float[] source, int offset, int stride, int fromRow, int toRow, Panels into) {
    MemorySegment memory = Memory.checkNative(into.memory());
    for (int panel = 0; panel < into.count(); panel++) {
      int width = into.width(panel);
      for (int column = 0; column < width; column += L) {
        int first = panel * Panels.WIDTH + column;
        int left = into.units() - first;
        long to = (into.start(panel) + (long) fromRow * width + column) * Float.BYTES;
        int from = offset + fromRow * stride + first;
        if (left >= L) {
          strip(source, from, stride, toRow - fromRow, memory, to, (long) width * Float.BYTES);
        } else {
          maskedStrip(
              source, from, stride, toRow - fromRow, left, memory, to, (long) width * Float.BYTES);
        }
      }
    }
  }

  private static void strip(
      float[] source, int from, int stride, int rows, MemorySegment memory, long to, long step) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, source, from + r * stride)
          .intoMemorySegment(memory, to + r * step, NATIVE);
    }
  }

  /**
   * A strip with fewer columns than a vector has lanes. The last rows, where a vector would reach
   * past the array, go float by float.
   */
  private static void maskedStrip(
      float[] source,
      int from,
      int stride,
      int rows,
      int left,
      MemorySegment memory,
      long to,
      long step) {
    int columns = Math.max(0, left);
    VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
    int r = 0;
    for (; r < rows && from + r * stride + L <= source.length; r++) {
      FloatVector.fromArray(SPECIES, source, from + r * stride, mask)
          .intoMemorySegment(memory, to + r * step, NATIVE);
    }
    for (; r < rows; r++) {
      for (int u = 0; u < L; u++) {
        Memory.set(
            memory,
            (to + r * step) / Float.BYTES + u,
            u < columns ? source[from + r * stride + u] : 0f);
      }
    }
  }

  @Override
  public void columns(float[] source, int offset, int stride, Panels into) {
    scalar.columns(source, offset, stride, into);
  }

  @Override
  public void transpose(Panels from, Panels into, int fromPanel, int toPanel) {
    scalar.transpose(from, into, fromPanel, toPanel);
  }
}
