package dev.lamella.jmh.peers;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lamella.jmh.Mlp;
import dev.lamella.jmh.Peer;
import dev.lamella.jmh.Product;
import dev.lamella.jmh.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A BLAS with its operands off the heap, aligned to cache lines and never copied. */
abstract class CblasPeer implements Peer {

  @Override
  public Work sgemm(Product shape, float[] a, float[] b) {
    MemorySegment left = aligned(a);
    MemorySegment right = aligned(b);
    MemorySegment c = aligned(new float[shape.m() * shape.n()]);
    return new Work() {
      @Override
      public void run() {
        Cblas.sgemm(
            shape.transA(),
            shape.transB(),
            shape.m(),
            shape.n(),
            shape.k(),
            left,
            shape.lda(),
            right,
            shape.ldb(),
            0,
            c,
            shape.n());
      }

      @Override
      public float[] result() {
        return c.toArray(JAVA_FLOAT);
      }
    };
  }

  @Override
  public Work sgemv(Product shape, float[] a, float[] x) {
    MemorySegment matrix = aligned(a);
    MemorySegment vector = aligned(x);
    MemorySegment y = aligned(new float[shape.m()]);
    return new Work() {
      @Override
      public void run() {
        Cblas.sgemv(shape.m(), shape.k(), matrix, vector, 0, y);
      }

      @Override
      public float[] result() {
        return y.toArray(JAVA_FLOAT);
      }
    };
  }

  @Override
  public Work predict(Mlp net, float[] parameters, float[] rows, int count) {
    return new HandMadeNet(net, parameters, rows, count);
  }

  /** Copies an array to where a BLAS likes it; freed when nothing refers to it. */
  static MemorySegment aligned(float[] values) {
    MemorySegment memory = Arena.ofAuto().allocate(4L * values.length, 64);
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, values.length);
    return memory;
  }
}
