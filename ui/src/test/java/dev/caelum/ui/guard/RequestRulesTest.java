package dev.caelum.ui.guard;

import static dev.caelum.ui.guard.RequestRules.Refusal.BAD_HOST;
import static dev.caelum.ui.guard.RequestRules.Refusal.BAD_ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestRulesTest {
  private final RequestRules rules = new RequestRules(new OwnNames(Set.of("Caelum.Example")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8090",
        "LOCALHOST.:8090",
        "127.0.0.1:8090",
        "127.8.9.1",
        "[::1]:8090",
        "[0:0:0:0:0:0:0:1]",
        "caelum.example:8090"
      })
  void namesOfThisMachinePass(String host) {
    assertThat(rules.judge(host, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8090",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.7:8090",
        "[2001:db8::1]:8090",
        "0.0.0.0:8090",
        "",
        ":8090",
        "localhost:8090:1",
        "user@localhost"
      })
  void otherNamesAreRefused(String host) {
    assertThat(rules.judge(host, null)).contains(BAD_HOST);
  }

  @Test
  void aMissingHostIsRefused() {
    assertThat(rules.judge(null, null)).contains(BAD_HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8090,http://localhost:8090",
    "localhost:8090,HTTP://LOCALHOST:8090",
    "caelum.example,https://caelum.example",
    "[::1]:8090,http://[::1]:8090"
  })
  void thePagesOwnOriginPasses(String host, String origin) {
    assertThat(rules.judge(host, origin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:8091",
        "http://127.0.0.1:8090",
        "http://localhost:8090.evil.example",
        "http://evil@localhost:8090",
        "null",
        "",
        "not a url"
      })
  void foreignOriginsAreRefused(String origin) {
    assertThat(rules.judge("localhost:8090", origin)).contains(BAD_ORIGIN);
  }
}
