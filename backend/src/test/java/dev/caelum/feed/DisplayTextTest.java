package dev.caelum.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {
  @Test
  void plainNamesStayAsTheyAre() {
    for (String name : new String[] {"beta", "Büro-PC", "機械", "beta 😀", "<script>", ""}) {
      assertThat(DisplayText.name(name)).isEqualTo(name);
    }
  }

  @Test
  void nothingThatMovesTheCursorOrTheReaderIsLeft() {
    assertThat(DisplayText.name("a\r\nb\tc")).isEqualTo("a  b c");
    assertThat(DisplayText.name("\u001b[31mred\u0007\u009b")).isEqualTo("[31mred");
    assertThat(DisplayText.name("\u202Eabc\u2066\u200b\ufeff\u00ad")).isEqualTo("abc");
    assertThat(DisplayText.name("x\u2028y\u2029z")).isEqualTo("x y z");
    assertThat(DisplayText.name("\ud800x\ue000")).isEqualTo("x");
  }

  @Test
  void oneLetterHasOneForm() {
    assertThat(DisplayText.name("u\u0308")).isEqualTo("\u00fc");
  }

  @Test
  void longTextIsCutBetweenLettersWithAnEllipsis() {
    assertThat(DisplayText.clean("a".repeat(64), 64)).hasSize(64).endsWith("a");
    assertThat(DisplayText.clean("a".repeat(65), 64)).hasSize(64).endsWith("a…");
    assertThat(DisplayText.clean("😀".repeat(10), 4)).isEqualTo("😀😀😀…");
    assertThat(DisplayText.clean("a".repeat(1_000_000), 64)).hasSize(64).endsWith("a…");
    assertThat(DisplayText.clean("\u0000".repeat(1_000_000) + "a", 64)).isEqualTo("…");
  }
}
