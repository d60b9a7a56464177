package dev.lamella.kernel;

import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs while it multiplies: products are static calls, and must not allocate.
 *
 * <p>Decision: it belongs to the thread, not to a predictor or a group of workers. A part of a job
 * runs in whichever thread takes it, and a product of a user has no owner at all; handing scratch
 * through every call would make it everyone's business. It grows when a product first needs it.
 */
final class Scratch {

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /** The product at work. */
  final ProductVector product = new ProductVector();

  private float[] floats = {};
  private @Nullable MemorySegment block;

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** Returns at least {@code count} floats with unknown contents. */
  float[] floats(int count) {
    if (floats.length < count) {
      floats = new float[count];
    }
    return floats;
  }

  /** Returns a block of packed panels. */
  MemorySegment block() {
    MemorySegment ready = block;
    if (ready == null) {
      ready = Memory.floats(ProductVector.BLOCK);
      block = ready;
    }
    return ready;
  }
}
