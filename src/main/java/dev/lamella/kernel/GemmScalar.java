package dev.lamella.kernel;

/** The reference: for each element of a, a row of b is added to a row of c. */
final class GemmScalar extends Gemm {

  @Override
  public void multiply(int m, int n, int k, Rows a, Rows b, boolean add, Rows c) {
    int bk = b.transposed ? 1 : b.stride;
    int bn = b.transposed ? b.stride : 1;
    for (int i = 0; i < m; i++) {
      int ci = c.at(i);
      for (int j = 0; j < n && !add; j++) {
        c.array[ci + j] = 0f;
      }
      for (int p = 0; p < k; p++) {
        float x = a.array[a.transposed ? a.at(p) + i : a.at(i) + p];
        int bp = b.offset + p * bk;
        for (int j = 0; j < n; j++) {
          c.array[ci + j] = Math.fma(x, b.array[bp + j * bn], c.array[ci + j]);
        }
      }
    }
  }
}
