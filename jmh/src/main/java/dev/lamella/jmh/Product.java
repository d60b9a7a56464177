package dev.lamella.jmh;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a matrix product, (m, k) by (k, n).
 *
 * @param transA whether the left matrix is stored transposed
 * @param transB whether the right matrix is stored transposed
 * @param m rows of the result
 * @param n columns of the result
 * @param k terms of each sum
 */
public record Product(boolean transA, boolean transB, int m, int n, int k) {

  private static final Pattern MATRIX = Pattern.compile("([NT])([NT]) (\\d+)x(\\d+)x(\\d+)");
  private static final Pattern VECTOR = Pattern.compile("(\\d+)x(\\d+)");

  /**
   * Reads a shape.
   *
   * @param text such as {@code TN 784x128x128} (which sides are transposed; m, n, k), or {@code
   *     128x784} for a matrix (m, k) by a vector
   * @return the shape
   * @throws IllegalArgumentException if the text is neither
   */
  public static Product parse(String text) {
    Matcher matrix = MATRIX.matcher(text);
    if (matrix.matches()) {
      return new Product(
          matrix.group(1).equals("T"),
          matrix.group(2).equals("T"),
          Integer.parseInt(matrix.group(3)),
          Integer.parseInt(matrix.group(4)),
          Integer.parseInt(matrix.group(5)));
    }
    Matcher vector = VECTOR.matcher(text);
    if (vector.matches()) {
      int m = Integer.parseInt(vector.group(1));
      return new Product(false, false, m, 1, Integer.parseInt(vector.group(2)));
    }
    throw new IllegalArgumentException(
        "'%s' is no product: write NN 64x128x784, or 128x784 for a vector.".formatted(text));
  }

  /** Distance between the rows of the left matrix as stored. */
  public int lda() {
    return transA ? m : k;
  }

  /** Distance between the rows of the right matrix as stored. */
  public int ldb() {
    return transB ? k : n;
  }

  /** Floating-point operations: a multiplication and an addition for each term. */
  public double flops() {
    return 2.0 * m * n * k;
  }

  /** Bytes of all three matrices. */
  public double bytes() {
    return 4.0 * ((double) m * k + (double) k * n + (double) m * n);
  }

  /** One element of the result, in double. */
  double element(float[] a, float[] b, int row, int column) {
    double sum = 0;
    for (int p = 0; p < k; p++) {
      float left = a[transA ? p * m + row : row * k + p];
      float right = b[transB ? column * k + p : p * n + column];
      sum += (double) left * right;
    }
    return sum;
  }
}
