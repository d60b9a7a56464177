package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Property(tries = 200)
  void aMeanLiesBetweenLeastAndLargest(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e100, max = 1e100) Double> list) {
    double[] numbers = list.stream().mapToDouble(Double::doubleValue).toArray();
    Moments moments = Moments.of(numbers);
    assertTrue(moments.mean() >= Arrays.stream(numbers).min().orElseThrow());
    assertTrue(moments.mean() <= Arrays.stream(numbers).max().orElseThrow());
    assertTrue(moments.constant() ? moments.deviation() == 0 : moments.deviation() > 0);
  }

  @Property(tries = 100)
  void oneNumberUpToItsLastBitsIsConstant(
      @ForAll @DoubleRange(min = 0.01, max = 1e9) double number,
      @ForAll @IntRange(min = 2, max = 3000) int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, number);
    assertEquals(new Moments(number, 0, true), Moments.of(numbers), "without rounding");
    for (int i = 0; i < count; i += 3) {
      numbers[i] = Math.nextUp(number);
    }
    assertTrue(Moments.of(numbers).constant(), "changes by rounding only");
    numbers[0] = number * 1.001;
    assertFalse(Moments.of(numbers).constant(), "changes");
  }

  @Test
  void anyScaleIsTheSameScale() {
    for (int exponent = -900; exponent <= 450; exponent += 150) {
      double unit = Math.scalb(1.0, exponent);
      Moments moments = Moments.of(new double[] {unit, 2 * unit, 3 * unit, 6 * unit});
      assertEquals(3 * unit, moments.mean(), 1e-15 * unit, "2^" + exponent);
      assertEquals(Math.sqrt(3.5) * unit, moments.deviation(), 1e-14 * unit, "2^" + exponent);
      assertFalse(moments.constant());
    }
  }

  @Test
  void digitsSurviveALargeMean() {
    double[] numbers = new double[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 1e9 + i % 2;
    }
    assertEquals(new Moments(1e9 + 0.5, 0.5, false), Moments.of(numbers));
    assertFalse(Moments.of(new double[] {1e300, -1e300}).finite());
  }
}
