package dev.lamella.kernel;

import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packing with the Vector API: rows move a vector at a time, the last one of a row with its surplus
 * cleared.
 */
final class PackVector extends Pack {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /**
   * All bits for L lanes, then none: L lanes from {@code L - n} keep n lanes. A mask would be
   * slower.
   */
  private static final int[] KEEP = new int[2 * L];

  static {
    Arrays.fill(KEEP, 0, L, -1);
  }

  private static final float[] NOTHING = {};

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
          edgeStrip(
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
   * A strip with fewer columns than a vector has lanes: whole vectors are read, and the lanes past
   * the last column cleared. The last rows, where a vector would reach past the array, go float by
   * float.
   */
  private static void edgeStrip(
      float[] source,
      int from,
      int stride,
      int rows,
      int left,
      MemorySegment memory,
      long to,
      long step) {
    int columns = Math.max(0, left);
    int room = source.length - L - from; // a vector fits at row r if r * stride <= room
    int whole = room < 0 ? 0 : Math.min(rows, stride == 0 ? rows : room / stride + 1);
    clearedStrip(source, from, stride, whole, columns, memory, to, step);
    for (int r = whole; r < rows; r++) {
      for (int u = 0; u < L; u++) {
        float value = u < columns ? source[from + r * stride + u] : 0f;
        Memory.set(memory, (to + r * step) / Float.BYTES + u, value);
      }
    }
  }

  private static void clearedStrip(
      float[] source,
      int from,
      int stride,
      int rows,
      int columns,
      MemorySegment memory,
      long to,
      long step) {
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, source, from + r * stride)
          .reinterpretAsInts()
          .and(IntVector.fromArray(BITS, KEEP, L - columns))
          .reinterpretAsFloats()
          .intoMemorySegment(memory, to + r * step, NATIVE);
    }
  }

  @Override
  public void columns(float[] source, int offset, int stride, Panels into) {
    int whole = L >= Transpose.ROWS ? into.inputs() - into.inputs() % L : 0;
    MemorySegment memory = Memory.checkNative(into.memory());
    Transpose block = Tiles.transpose(true);
    for (int panel = 0; panel < into.count(); panel++) {
      int width = into.width(panel);
      int units = Math.min(width, into.units() - panel * Panels.WIDTH);
      int blocks = units - units % Transpose.ROWS;
      int from = offset + panel * Panels.WIDTH * stride;
      long step = (long) width * Float.BYTES;
      for (int k = 0; k < whole; k += L) {
        for (int u = 0; u < blocks; u += Transpose.ROWS) {
          long to = (into.start(panel) + (long) k * width + u) * Float.BYTES;
          int at = from + u * stride + k;
          block.block(source, memory, at, stride, memory, to, step);
        }
      }
      scalar.columns(source, offset, stride, into, panel, blocks, 0, whole);
      scalar.columns(source, offset, stride, into, panel, 0, whole, into.inputs());
    }
  }

  @Override
  public void transpose(Panels from, Panels into, int fromPanel, int toPanel) {
    MemorySegment source = Memory.checkNative(from.memory());
    MemorySegment memory = Memory.checkNative(into.memory());
    Transpose block = Tiles.transpose(false);
    for (int panel = fromPanel; panel < toPanel; panel++) {
      // A block has as many columns as lanes, units of the source: any panel holds them.
      int whole = L >= Transpose.ROWS ? from.units() - from.units() % L : 0;
      int width = into.width(panel);
      int inputs = Math.min(width, into.units() - panel * Panels.WIDTH);
      int blocks = inputs - inputs % Transpose.ROWS;
      for (int row = 0; row < whole; row += L) {
        long rows = from.width(row / Panels.WIDTH);
        for (int u = 0; u < blocks; u += Transpose.ROWS) {
          long at = from.index(panel * Panels.WIDTH + u, row);
          long to = (into.start(panel) + (long) row * width + u) * Float.BYTES;
          block.block(NOTHING, source, at, rows, memory, to, (long) width * Float.BYTES);
        }
      }
      scalar.transpose(from, into, panel, blocks, 0, whole);
      scalar.transpose(from, into, panel, 0, whole, into.inputs());
    }
  }
}
