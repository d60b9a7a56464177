package dev.lamella.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The numbers of {@link AdamRule}'s steps; its loop is in the contract of updates. */
class AdamRuleTest {

  @Property
  void powersAreRoundedOnce(
      @ForAll @DoubleRange(min = 0.5, max = 1, maxIncluded = false) double x,
      @ForAll @IntRange(max = 900) int n) {
    double exact = new BigDecimal(x).pow(n, new MathContext(80)).doubleValue();
    assertEquals(exact, AdamRule.power(x, n));
  }
}
