package dev.lamella.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Matrix by vector: from the second cache to the memory, whose speed is the limit. */
public class SgemvBenchmark extends PeerBenchmark {

  /** Rows and columns of the matrix. */
  @Param({
    "10x128",
    "128x784",
    "512x512",
    "1024x1024",
    "4096x1024",
    "4096x4096",
    "8192x8192",
    "300x777"
  })
  public String work = "";

  /** One product. */
  @Benchmark
  public void sgemv() {
    task.run();
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    Product shape = Product.parse(work);
    return new Cost(Cost.Unit.MICROSECONDS, 1, shape.flops(), shape.bytes());
  }

  @Override
  Work prepare(Peer library) {
    Product shape = Product.parse(work);
    return library.sgemv(shape, matrix(shape), vector(shape));
  }

  @Override
  boolean verifies() {
    return true;
  }

  @Override
  void verify(String what, float[] result) {
    Product shape = Product.parse(work);
    SgemmBenchmark.verify(shape, matrix(shape), vector(shape), what, result);
  }

  private static float[] matrix(Product shape) {
    return Numbers.random(1, shape.m() * shape.k());
  }

  private static float[] vector(Product shape) {
    return Numbers.random(2, shape.k());
  }
}
