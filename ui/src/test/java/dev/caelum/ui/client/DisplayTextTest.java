package dev.caelum.ui.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DisplayTextTest {
  @Test
  void controlsAndBidiOverridesVanish() {
    assertThat(DisplayText.clean("a\u001b[31mb\u202Ec\u2066d\ne\u0000f\u200Bg"))
        .isEqualTo("a[31mbcdefg");
  }

  @Test
  void scriptsOfTheWorldStay() {
    assertThat(DisplayText.clean("מחשב 機械 😀")).isEqualTo("מחשב 機械 😀");
  }

  @Test
  void decomposedLettersAreComposed() {
    assertThat(DisplayText.clean("e\u0301")).isEqualTo("é");
  }

  @Test
  void longTextEndsInAnEllipsisWithoutBreakingACharacter() {
    String clean = DisplayText.clean("😀".repeat(5000));
    assertThat(clean.codePointCount(0, clean.length())).isEqualTo(DisplayText.MAX_LENGTH + 1);
    assertThat(clean).endsWith("😀…");
  }

  @Test
  void halfACharacterVanishes() {
    assertThat(DisplayText.clean("a\ud83db")).isEqualTo("ab");
  }
}
