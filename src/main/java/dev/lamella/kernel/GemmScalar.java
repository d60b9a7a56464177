package dev.lamella.kernel;

/** The reference: for each element of a, a row of b is added to a row of c. */
final class GemmScalar extends Gemm {

  @Override
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      boolean add,
      float[] c,
      int co,
      int cs) {
    int bk = transB ? 1 : bs;
    int bn = transB ? bs : 1;
    for (int i = 0; i < m; i++) {
      int ci = co + i * cs;
      for (int j = 0; j < n && !add; j++) {
        c[ci + j] = 0f;
      }
      for (int p = 0; p < k; p++) {
        float x = a[transA ? ao + p * as + i : ao + i * as + p];
        int bp = bo + p * bk;
        for (int j = 0; j < n; j++) {
          c[ci + j] = Math.fma(x, b[bp + j * bn], c[ci + j]);
        }
      }
    }
  }
}
