package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lamella.data.DataException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
  @Test
  void aSentenceIsOneLine() {
    assertEquals("a b  c", Shown.sentence("  a \r\n\t b  c\n"));
    assertEquals("a b c d", Shown.sentence("a\u2028b\u0085 c\u000b\fd"));
    assertEquals("", Shown.sentence(" \n "));
  }

  @Test
  void whatATerminalObeysIsWrittenOut() {
    assertEquals(
        "\\u001b[2J \\u009b1m \\u0000 \\u007f \\u0008",
        Shown.sentence("\u001b[2J \u009b1m \u0000 \u007f \b"));
    assertEquals(
        "\\u202etxt.exe \\u2066 \\u200f \\ufeff",
        Shown.sentence("\u202etxt.exe \u2066 \u200f \ufeff"));
    assertEquals("\\ud83d", Shown.sentence("\ud83d"));
    assertEquals("größe 木 🚀", Shown.sentence("größe 木 🚀"));
  }

  /** Backtracking took 10 seconds for 80,000 spaces, four times as many for twice as many. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\n", " a", "\u001b"})
  void anyTextTakesLinearTime(String part) {
    String text = "a" + part.repeat(2_000_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> Sentence.of(new DataException(text)).length());
  }
}
