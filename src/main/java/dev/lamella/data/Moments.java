package dev.lamella.data;

import java.util.Arrays;

/**
 * Mean and standard deviation of numbers, and whether they are one number up to rounding.
 *
 * @param mean between the least and the largest number
 * @param deviation of a population, as scikit-learn's StandardScaler has it; 0 for a constant
 * @param constant whether the numbers never change, or change by no more than rounding does
 */
record Moments(double mean, double deviation, boolean constant) {
  private static final double EPSILON = Math.ulp(1.0);
  private static final int SMALL = 400; // binary digits

  /**
   * The moments of finite numbers; not finite where the numbers are too large.
   *
   * <p>Two passes, which unlike the textbook's formula in one keep their digits (Chan, Golub and
   * LeVeque, "Algorithms for computing the sample variance", 1983), with what rounding loses added
   * at the end. A column is constant by scikit-learn's bound: its variance is no more than what
   * rounding makes of one number.
   */
  static Moments of(double[] numbers) {
    int n = numbers.length;
    if (n == 0) {
      return new Moments(0, 0, true);
    }
    double least = Arrays.stream(numbers).min().orElseThrow();
    double largest = Arrays.stream(numbers).max().orElseThrow();
    if (least == largest) {
      return new Moments(least, 0, true); // exactly, not rounded
    }
    int exponent = Math.getExponent(Math.max(-least, largest));
    if (exponent < -SMALL) { // squares would leave the range of a double
      double up = Math.scalb(1.0, SMALL);
      Moments moments = of(Arrays.stream(numbers).map(x -> x * up).toArray());
      return new Moments(moments.mean / up, moments.deviation / up, moments.constant);
    }
    double mean = Math.clamp(sum(numbers) / n, least, largest);
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      squares[i] = (numbers[i] - mean) * (numbers[i] - mean);
    }
    double variance = sum(squares) / n;
    double rounding = n * mean * EPSILON;
    boolean constant = variance <= n * EPSILON * variance + rounding * rounding;
    double deviation = Math.sqrt(variance);
    return new Moments(mean, constant ? 0 : deviation, constant);
  }

  /** A sum with what rounding loses on the way (Neumaier, 1974). */
  private static double sum(double[] terms) {
    double sum = 0;
    double lost = 0;
    for (double term : terms) {
      double next = sum + term;
      lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    return sum + lost;
  }

  /** Whether both can be computed with. */
  boolean finite() {
    return Double.isFinite(mean) && Double.isFinite(deviation);
  }
}
