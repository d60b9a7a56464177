package dev.lamella.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuotedCellTest {
  @Test
  void whatATerminalObeysIsEscaped() {
    assertEquals("\"a\\nb\\r\\tc\"", Quoted.cell("a\nb\r\tc"));
    assertEquals("\"\\u001b[31m\"", Quoted.cell("\u001b[31m"));
    assertEquals("\"\\u009b\\u007f\"", Quoted.cell("\u009b\u007f"));
    assertEquals("\"\\u202egnp\\u2066\\u200f\"", Quoted.cell("\u202egnp\u2066\u200f"));
    assertEquals("\"\\u2028\\u0085\"", Quoted.cell("\u2028\u0085"));
    assertEquals("\"x\\ud83d\"", Quoted.cell("x\ud83d"));
    assertEquals("\"Müller 😀 日本\"", Quoted.cell("Müller 😀 日本"));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals('"' + "a".repeat(40) + "...\"", Quoted.cell("a".repeat(41)));
    assertEquals("a".repeat(39) + "...", Quoted.shown("a".repeat(39) + "😀", 40));
    assertEquals("ab...", Quoted.shown("abc", 2));
    assertEquals("abc", Quoted.shown("abc", 3));
  }

  @Property
  void nothingShownHidesOrBreaksALine(@ForAll String text) {
    String shown = Quoted.shown(text, 40);
    assertEquals(1, shown.isEmpty() ? 1 : shown.lines().count());
    assertTrue(shown.codePoints().noneMatch(Character::isISOControl), shown);
    assertTrue(shown.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000), shown);
  }
}
