package dev.lamella.kernel;

/** The reference: plain loops in the order that {@link MatVec} promises. */
final class MatVecScalar extends MatVec {

  @Override
  public void rows(int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo) {
    float[] lanes = new float[LANES];
    for (int i = 0; i < m; i++) {
      java.util.Arrays.fill(lanes, 0f);
      for (int j = 0; j < n; j++) {
        lanes[j % LANES] = Math.fma(a[ao + i * as + j], x[xo + j], lanes[j % LANES]);
      }
      y[yo + i] = fold(lanes);
    }
  }

  /** Folds sixteen lanes into their sum, in place. */
  static float fold(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }

  @Override
  public void columns(
      int whole, int m, int n, float[] a, int ao, int as, float[] x, int xo, float[] y, int yo) {
    if (whole <= LANES) {
      for (int j = 0; j < n; j++) {
        float sum = everyFourth(0, m, a, ao + j, as, x, xo);
        for (int chain = 1; chain < 4; chain++) {
          sum += everyFourth(chain, m, a, ao + j, as, x, xo);
        }
        y[yo + j] = sum;
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      y[yo + j] = 0f;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[yo + j] = Math.fma(x[xo + i], a[ao + i * as + j], y[yo + j]);
      }
    }
  }

  private static float everyFourth(int first, int m, float[] a, int ao, int as, float[] x, int xo) {
    float sum = 0f;
    for (int i = first; i < m; i += 4) {
      sum = Math.fma(x[xo + i], a[ao + i * as], sum);
    }
    return sum;
  }
}
