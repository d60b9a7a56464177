package dev.lamella.jmh;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Matrix by matrix: the shapes of training, of textbooks, and the awkward ones. */
public class SgemmBenchmark extends PeerBenchmark {

  /** Which sides are transposed, and m, n, k. */
  @Param({
    "NN 64x128x784",
    "NN 128x128x784",
    "NN 256x512x512",
    "NN 512x512x512",
    "NN 1024x1024x1024",
    "NN 2048x2048x2048",
    "NN 1x10x128",
    "NN 7x13x31",
    "NN 33x100x257",
    "NN 100x10x300",
    "TN 784x128x128",
    "NT 784x128x128",
    "TN 512x512x256",
    "NT 512x512x256",
    "NN 8x8x8",
    "NN 16x16x16",
    "NN 32x32x32",
    "NN 64x64x64"
  })
  public String work = "";

  /** One product. */
  @Benchmark
  public void sgemm() {
    task.run();
  }

  @Override
  String work() {
    return work;
  }

  @Override
  Cost cost() {
    Product shape = Product.parse(work);
    return new Cost(Cost.Unit.GFLOPS, shape.flops(), shape.flops(), shape.bytes());
  }

  @Override
  Work prepare(Peer library) {
    Product shape = Product.parse(work);
    return library.sgemm(shape, left(shape), right(shape));
  }

  @Override
  boolean verifies() {
    return true;
  }

  @Override
  void verify(String what, float[] result) {
    Product shape = Product.parse(work);
    verify(shape, left(shape), right(shape), what, result);
  }

  /** Compares a sample of a product with sums in double. */
  static void verify(Product shape, float[] a, float[] b, String what, float[] result) {
    SplittableRandom random = new SplittableRandom(3);
    int samples = 200;
    float[] expected = new float[samples];
    float[] actual = new float[samples];
    for (int i = 0; i < samples; i++) {
      int row = random.nextInt(shape.m());
      int column = random.nextInt(shape.n());
      expected[i] = (float) shape.element(a, b, row, column);
      actual[i] = result[row * shape.n() + column];
    }
    Numbers.requireSame(what, "the same in double", expected, actual);
  }

  private static float[] left(Product shape) {
    return Numbers.random(1, shape.m() * shape.k());
  }

  private static float[] right(Product shape) {
    return Numbers.random(2, shape.k() * shape.n());
  }
}
