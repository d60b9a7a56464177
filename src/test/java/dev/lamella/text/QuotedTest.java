package dev.lamella.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0,
        0x7,
        0x8,
        0xb,
        0x1b,
        0x7f, // C0 and delete
        0x85,
        0x9b,
        0x9d, // C1: next line, and the one-byte forms of ESC [ and ESC ]
        0x2028,
        0x2029, // separators of lines and paragraphs
        0x61c,
        0x200e,
        0x200f,
        0x202a,
        0x202e,
        0x2066,
        0x2069, // bidirectional
        0x200b,
        0x2060,
        0xfeff,
        0xad,
        0xfff9,
        0xe0041, // invisible
        0xd800,
        0xdfff,
        0xfdd0,
        0x10ffff // no characters
      })
  void whatATerminalObeysOrNobodySeesIsEscaped(int character) {
    String text = "a" + new String(Character.toChars(character)) + "b";
    StringBuilder escaped = new StringBuilder("a");
    for (char unit : Character.toChars(character)) {
      escaped.append("\\u%04x".formatted((int) unit));
    }
    assertEquals(escaped + "b", Quoted.name(text));
    assertEquals("\"" + escaped + "b\"", Quoted.of(text));
    assertEquals(escaped + "b", Quoted.sentence(text));
  }

  @Test
  void whatPeopleWriteStays() {
    for (String text :
        new String[] {"age", "größe", "年齢", "цена", "السعر", "👩‍🔬", "می‌روم", "a b"}) {
      assertEquals(text, Quoted.name(text));
      assertEquals('"' + text + '"', Quoted.of(text));
    }
  }

  @Test
  void quotesAndBackslashesCannotPretend() {
    assertEquals("\"a\\\"b\"", Quoted.of("a\"b"));
    assertEquals("a\\nb", Quoted.name("a\nb"));
    assertEquals("a\\\\nb", Quoted.name("a\\nb"), "other than a line break");
    assertEquals("a\\r\\tb", Quoted.name("a\r\tb"));
    assertEquals("C:\\data\\x.csv is\\nlong", Quoted.sentence("C:\\data\\x.csv is\nlong"));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals("x".repeat(60), Quoted.name("x".repeat(60)));
    assertEquals("x".repeat(60) + "...", Quoted.name("x".repeat(61)));
    assertEquals("😀".repeat(60) + "...", Quoted.name("😀".repeat(61)));
    assertEquals("abc...", Quoted.text("abcdef", 3));
    assertTrue(Quoted.sentence("x".repeat(1_000_000)).length() < 2_100);
  }

  @Property
  void anyTextBecomesOneLine(@ForAll String text) {
    String shown = Quoted.of(text);
    assertTrue(shown.startsWith("\"") && shown.endsWith("\""), shown);
    assertEquals(1, shown.lines().count());
    assertFalse(shown.chars().anyMatch(Character::isISOControl), shown);
    assertTrue(shown.length() <= 60 * 12 + 5, shown);
  }
}
