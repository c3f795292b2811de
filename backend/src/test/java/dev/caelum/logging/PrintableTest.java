package dev.caelum.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @ValueSource(strings = {"delta", "Größe 日本 עברית", "🎯 👩‍💻", "a b · …", "<script>", ""})
  void readableTextStaysAsItIs(String text) {
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Test
  void lineBreaksTerminalCodesBidiMarksAndHalfPairsAreShownEscaped() {
    assertThat(Printable.of("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
    assertThat(Printable.of("\u001b[31mred\u009b")).isEqualTo("\\u001b[31mred\\u009b");
    assertThat(Printable.of("abc\u202egnp\u2066\u200b\ufeff"))
        .isEqualTo("abc\\u202egnp\\u2066\\u200b\\ufeff");
    assertThat(Printable.of("\u2028\u2029")).isEqualTo("\\u2028\\u2029");
    assertThat(Printable.of("x\ud83c")).isEqualTo("x\\ud83c");
    assertThat(Printable.of("\udb40\udc41")).isEqualTo("\\U000e0041");
  }

  @Test
  void unknownIsADash() {
    assertThat(Printable.of(null)).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({"abcdef,6,abcdef", "abcdefg,6,abcde…", "🎯🎯🎯,4,🎯…"})
  void longTextIsCutWithoutTearingACharacter(String text, int most, String shown) {
    assertThat(Printable.of(text, most)).isEqualTo(shown);
  }

  @Test
  void escapesNeverExceedTheLimit() {
    assertThat(Printable.of("\u0000".repeat(1_000_000), 64)).hasSize(64).endsWith("…");
  }
}
