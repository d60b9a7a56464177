package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {
  private static void assertComesBack(String text) {
    Column column = new Column(false, CellRules.of(Cells.MISSING, true));
    column.add(text);
    assertEquals(text, column.text(0));
    assertEquals(
        Double.doubleToRawLongBits(Cells.number(text)),
        Double.doubleToRawLongBits(column.number(0)),
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "-0.00",
        "1",
        "-1",
        "12.50",
        "0.001",
        "70368744177663",
        "70368744177664",
        "9999999999999999",
        "0.30000000000000004",
        "00012",
        "+3",
        ".5",
        "5.",
        "1e5",
        "-1.5E-10",
        "1e400",
        "0.000000000000001",
        "-12345678901.23",
        "1.7976931348623157e308"
      })
  void everyNumberComesBackAsItWas(String text) {
    assertComesBack(text);
  }

  @Property(tries = 2000)
  void decimalsComeBackAsTheyWere(
      @ForAll @LongRange(min = -1L << 47, max = 1L << 47) long digits,
      @ForAll @IntRange(max = 16) int decimals) {
    assertComesBack(java.math.BigDecimal.valueOf(digits, decimals).toPlainString());
  }

  @Test
  void aVeryLongCellIsJudgedInLinearTime() {
    String digits = "1".repeat(4_000_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (String cell :
              new String[] {digits + "x", digits + "e", "-" + digits + "." + digits + "-"}) {
            assertFalse(Cells.looksLikeNumber(cell));
            assertEquals(Double.NaN, Cells.number(cell));
          }
        });
  }
}
