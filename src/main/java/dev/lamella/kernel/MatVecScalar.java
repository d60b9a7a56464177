package dev.lamella.kernel;

/** The reference: plain loops in the order that {@link MatVec} promises. */
final class MatVecScalar extends MatVec {

  @Override
  public void rows(int m, int n, Rows a, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < m; i++) {
      y[yo + i] = Sums.dot(a.array, a.at(i), x, xo, n);
    }
  }

  @Override
  public void columns(int whole, int m, int n, Rows a, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j++) {
      if (whole > LANES) {
        y[yo + j] = chain(0, 1, m, j, a, x, xo);
      } else {
        float c0 = chain(0, 4, m, j, a, x, xo);
        float c1 = chain(1, 4, m, j, a, x, xo);
        float c2 = chain(2, 4, m, j, a, x, xo);
        float c3 = chain(3, 4, m, j, a, x, xo);
        y[yo + j] = ((c0 + c1) + c2) + c3;
      }
    }
  }

  /** The terms first, first + step, ... of column j. */
  private static float chain(int first, int step, int m, int j, Rows a, float[] x, int xo) {
    float sum = 0f;
    for (int i = first; i < m; i += step) {
      sum = Math.fma(x[xo + i], a.array[a.at(i) + j], sum);
    }
    return sum;
  }
}
