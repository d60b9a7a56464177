package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void whatATerminalObeysIsEscaped() {
    assertEquals("\"a\\nb\\r\\tc\"", Text.quote("a\nb\r\tc"));
    assertEquals("\"\\u001b[31m\"", Text.quote("\u001b[31m"));
    assertEquals("\"\\u009b\\u007f\"", Text.quote("\u009b\u007f"));
    assertEquals("\"\\u202egnp\\u2066\\u200f\"", Text.quote("\u202egnp\u2066\u200f"));
    assertEquals("\"\\u2028\\u0085\"", Text.quote("\u2028\u0085"));
    assertEquals("\"x\\ud83d\"", Text.quote("x\ud83d"));
    assertEquals("\"Müller 😀 日本\"", Text.quote("Müller 😀 日本"));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals('"' + "a".repeat(40) + "...\"", Text.quote("a".repeat(41)));
    assertEquals("a".repeat(39) + "...", Text.shown("a".repeat(39) + "😀", 40));
    assertEquals("ab...", Text.shown("abc", 2));
    assertEquals("abc", Text.shown("abc", 3));
  }

  @Property
  void nothingShownHidesOrBreaksALine(@ForAll String text) {
    String shown = Text.shown(text, 40);
    assertEquals(1, shown.isEmpty() ? 1 : shown.lines().count());
    assertTrue(shown.codePoints().noneMatch(Character::isISOControl), shown);
    assertTrue(shown.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000), shown);
  }
}
