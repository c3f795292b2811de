package dev.caelum.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTextTest {
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyCodeSaysWhatHappenedAndWhatToDoInWholeSentences(FailureCode code) {
    for (String name : new String[] {"gamma", null}) {
      for (String host : new String[] {"192.168.1.12", "fe80::12"}) {
        var words =
            FailureText.of(
                code, new FailureText.Subject(name, host, 8_080, true, "errno 111", 3_000));
        assertThat(words.text()).matches("[A-Z0-9\\[g].*\\.").doesNotContain("null");
        assertThat(words.hint()).matches("[A-Z].*[.]").doesNotContain("null");
      }
    }
  }

  @Test
  void theWordsNameMachineAddressPortAndEvidence() {
    assertThat(of(FailureCode.REFUSED, "gamma", true).text())
        .isEqualTo("gamma (192.168.1.12) is up but nothing listens on TCP 8080.");
    assertThat(of(FailureCode.TIMEOUT, "gamma", true).text())
        .isEqualTo("No reply from 192.168.1.12:8080 in 3 s.");
    assertThat(of(FailureCode.TIMEOUT, "gamma", true).hint()).contains("firewall", "TCP 8080");
    assertThat(of(FailureCode.TIMEOUT, null, false).hint()).contains("address is wrong");
    assertThat(of(FailureCode.NOT_CAELUM, "gamma", true).text())
        .isEqualTo("192.168.1.12:8080 answered, but not as a Caelum node (HTTP 404 from nginx).");
  }

  @Test
  void hostileNamesAndEvidenceAreCleaned() {
    var failure =
        new Failure(
            FailureCode.NOT_CAELUM,
            new Endpoint("192.168.1.12", 80),
            "HTTP 200\r\n\u001b[2J" + "x".repeat(5_000),
            1,
            1,
            0,
            null);
    var words = FailureText.of(failure, "\u202Eevil\n", true);
    assertThat(words.text()).hasSizeLessThan(400);
    assertThat(words.text().chars()).noneMatch(Character::isISOControl);
    assertThat(FailureText.of(FailureCode.LOST, subject("\u202Eevil\n", true)).text())
        .startsWith("The connection to evil  (192.168.1.12) broke");
  }

  private static FailureText of(FailureCode code, @Nullable String name, boolean heard) {
    return FailureText.of(code, subject(name, heard));
  }

  private static FailureText.Subject subject(@Nullable String name, boolean heard) {
    return new FailureText.Subject(
        name, "192.168.1.12", 8_080, heard, "HTTP 404 from nginx", 3_000);
  }
}
