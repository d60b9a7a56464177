package dev.lamella.jmh.peers;

import dev.lamella.jmh.Peer;
import dev.lamella.jmh.Product;
import dev.lamella.jmh.Work;
import dev.ludovic.netlib.blas.JavaBLAS;

/** VectorBLAS of netlib: pure Java on the Vector API, one thread, arrays on the heap. */
public final class NetlibPeer implements Peer {

  private final JavaBLAS blas = JavaBLAS.getInstance();

  /** Finds the library's fastest pure-Java kernels; it has no threads to set. */
  public NetlibPeer(int threads) {}

  @Override
  public String about() {
    return blas.getClass().getName();
  }

  @Override
  public Work sgemm(Product shape, float[] a, float[] b) {
    float[] c = new float[shape.m() * shape.n()];
    // Column-major: C transposed is B transposed by A transposed.
    String left = shape.transB() ? "T" : "N";
    String right = shape.transA() ? "T" : "N";
    return new Work() {
      @Override
      public void run() {
        blas.sgemm(
            left,
            right,
            shape.n(),
            shape.m(),
            shape.k(),
            1,
            b,
            shape.ldb(),
            a,
            shape.lda(),
            0,
            c,
            shape.n());
      }

      @Override
      public float[] result() {
        return c.clone();
      }
    };
  }

  @Override
  public Work sgemv(Product shape, float[] a, float[] x) {
    float[] y = new float[shape.m()];
    return new Work() {
      @Override
      public void run() {
        blas.sgemv("T", shape.k(), shape.m(), 1, a, shape.k(), x, 1, 0, y, 1);
      }

      @Override
      public float[] result() {
        return y.clone();
      }
    };
  }
}
