package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * The contract of {@link Gemm}: the same bits as the reference whatever way a product takes, and
 * the reference right to rounding. Every array ends with its last element; around c's rows nothing
 * changes.
 */
@Tag("kernels")
class GemmTest {

  private static final double EPSILON = Math.ulp(1f) / 2;

  private final Gemm scalar = Kernels.scalar().gemm();
  private final Gemm active = Kernels.active().gemm();

  @Property(tries = 400)
  void hasTheBitsOfTheReference(
      @ForAll @IntRange(max = 90) int m,
      @ForAll @IntRange(max = 90) int n,
      @ForAll @IntRange(max = 90) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll @IntRange(max = 3) int slack,
      @ForAll boolean hostile,
      @ForAll long seed) {
    Product p = new Product(m, n, k, transA, transB, slack, slack, hostile ? 60 : 0, seed);
    check(p, add);
  }

  @Property(tries = 60)
  void hostileValuesStayInTheirRowAndColumn(
      @ForAll @IntRange(min = 1, max = 70) int m,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(min = 1, max = 8) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll @IntRange(max = 2) int slack,
      @ForAll long seed) {
    check(new Product(m, n, k, transA, transB, slack, slack, 4, seed), add);
  }

  @Example
  void everyEdgeHasTheBitsOfTheReference() {
    for (int m : new int[] {1, 2, 4, 5, 6, 8, 9, 11, 13, 16, 17}) {
      for (int n = 1; n <= 66; n++) {
        int slack = n % 3;
        for (int way = 0; way < 4; way++) {
          Product p = new Product(m, n, 5, way % 2 == 1, way / 2 == 1, slack, slack, 0, n);
          check(p, n % 2 == 0);
        }
      }
    }
  }

  @Property(tries = 60)
  void stripsAndCutsChangeNoBit(
      @ForAll @IntRange(min = 12, max = 70) int m,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @IntRange(min = 1, max = 1100) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll long seed) {
    check(new Product(m, n, k, transA, transB, 1, 0, 0, seed), add);
  }

  /** The inputs at which something is cut, and those beside them. */
  @Example
  void everyCutHasTheBitsOfTheReference() {
    for (int k : new int[] {399, 400, 401, 513, 801, 1024, 1025, 1537}) {
      for (int way = 0; way < 4; way++) {
        boolean transA = way % 2 == 1;
        boolean transB = way / 2 == 1;
        check(new Product(13, 17, k, transA, transB, 0, 1, 0, k), k % 2 == 1);
        if (k % 400 < 2 || k == 1025) {
          check(new Product(65, 45, k, transA, transB, 0, 0, 0, k), k % 2 == 0);
        }
      }
    }
  }

  /** A second factor that is packed block by block, and rows on both sides of "few". */
  @Example
  void everyBlockHasTheBitsOfTheReference() {
    for (int m : new int[] {1, 16, 17}) {
      for (int way = 0; way < 4; way++) {
        boolean add = (m + way) % 2 == 0;
        check(new Product(m, 300, 440, way % 2 == 1, way / 2 == 1, 0, 0, 0, m), add);
        check(new Product(m, 140, 1030, way % 2 == 1, way / 2 == 1, 2, 2, 0, m), add);
      }
    }
  }

  /** So many rows that the last columns of c are computed piece by piece. */
  @Example
  void everyPieceHasTheBitsOfTheReference() {
    for (int m : new int[] {119, 120, 121, 250}) {
      for (int way = 0; way < 4; way++) {
        check(new Product(m, 45, 9, way % 2 == 1, way / 2 == 1, 0, 1, 0, m), way % 2 == 0);
        check(new Product(m, 13, 9, way % 2 == 1, way / 2 == 1, 0, 0, 0, m), way % 2 == 1);
      }
    }
  }

  @Property(tries = 40)
  void rowsAPowerOfTwoApartHaveTheBitsOfTheReference(
      @ForAll @IntRange(min = 1, max = 80) int m,
      @ForAll @IntRange(min = 1, max = 80) int n,
      @ForAll @IntRange(min = 1, max = 80) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll boolean wider,
      @ForAll long seed) {
    int stride = wider ? 512 : 256;
    int slack = stride - (transA ? m : k);
    check(new Product(m, n, k, transA, transB, slack, 0, 0, seed), add);
  }

  /**
   * Higham, Accuracy and Stability of Numerical Algorithms (2002), 3.1: a sum of n products errs by
   * at most γₙ Σ|ab|.
   */
  @Property(tries = 60)
  void isRightToRounding(
      @ForAll @IntRange(min = 1, max = 70) int m,
      @ForAll @IntRange(min = 1, max = 50) int n,
      @ForAll @IntRange(max = 300) int k,
      @ForAll boolean transA,
      @ForAll boolean transB,
      @ForAll boolean add,
      @ForAll long seed) {
    Product p = new Product(m, n, k, transA, transB, 1, 1, 0, seed);
    float[] c = p.c.clone();
    p.by(active, add, c);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = p.at(i, j);
        double sum = add ? p.c[at] : 0;
        double norm = Math.abs(sum);
        for (int q = 0; q < k; q++) {
          double term = (double) p.a(i, q) * p.b(q, j);
          sum += term;
          norm += Math.abs(term);
        }
        double gamma = (k + 1) * EPSILON / (1 - (k + 1) * EPSILON);
        assertTrue(
            Math.abs(c[at] - sum) <= gamma * norm + Float.MIN_VALUE,
            () -> "an element is off by more than its rounding");
      }
    }
  }

  private void check(Product p, boolean add) {
    float[] expected = p.c.clone();
    float[] actual = p.c.clone();
    p.by(scalar, add, expected);
    p.by(active, add, actual);
    assertArrayEquals(expected, actual, p::toString);
    p.checkBesides(actual);
  }

  /** A product with its factors; c has three floats more than its rows need. */
  private static final class Product {

    final int m;
    final int n;
    final int k;
    final Rows a;
    final Rows b;
    final float[] c;
    final int slack;
    final int stride;

    /**
     * Draws the values.
     *
     * @param aSlack the floats before a and between its rows
     * @param slack the same for b and c
     * @param oneIn one value in so many is hostile; 0 for none
     */
    Product(
        int m,
        int n,
        int k,
        boolean transA,
        boolean transB,
        int aSlack,
        int slack,
        int oneIn,
        long seed) {
      this.m = m;
      this.n = n;
      this.k = k;
      this.slack = slack;
      this.stride = n + slack;
      this.a = rows(transA ? k : m, transA ? m : k, aSlack, oneIn, seed).transposed(transA);
      this.b = rows(transB ? n : k, transB ? k : n, slack, oneIn, seed + 1).transposed(transB);
      this.c = values(slack + m * stride + (slack > 0 ? 3 : 0), oneIn, seed + 2);
    }

    private static Rows rows(int rows, int columns, int slack, int oneIn, long seed) {
      int stride = columns + slack;
      int length = slack % 16 + Math.max(0, rows - 1) * stride + (rows > 0 ? columns : 0);
      return Rows.of(values(length, oneIn, seed), slack % 16, stride);
    }

    private static float[] values(int count, int oneIn, long seed) {
      return oneIn > 0 ? Floats.hostile(seed, count, oneIn) : Floats.random(seed, count);
    }

    void by(Gemm gemm, boolean add, float[] into) {
      gemm.multiply(m, n, k, a, b, add, Rows.of(into, slack, stride));
    }

    float a(int i, int q) {
      return a.array()[a.isTransposed() ? a.at(q) + i : a.at(i) + q];
    }

    float b(int q, int j) {
      return b.array()[b.isTransposed() ? b.at(j) + q : b.at(q) + j];
    }

    int at(int i, int j) {
      return slack + i * stride + j;
    }

    /** What is not c is as it was. */
    void checkBesides(float[] actual) {
      float[] besides = actual.clone();
      for (int i = 0; i < m; i++) {
        System.arraycopy(c, at(i, 0), besides, at(i, 0), n);
      }
      assertArrayEquals(c, besides, () -> "beside the rows of c, " + this);
    }

    @Override
    public String toString() {
      return "(%d, %d) x (%d, %d), a transposed: %b, stride %d, b transposed: %b, slack %d"
          .formatted(m, k, k, n, a.isTransposed(), a.stride(), b.isTransposed(), slack);
    }
  }
}
