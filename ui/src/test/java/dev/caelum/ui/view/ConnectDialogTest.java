package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectDialogTest {
  @ParameterizedTest
  @CsvSource({
    "gamma,gamma,8080",
    "' gamma:8082 ',gamma,8082",
    "192.168.1.12,192.168.1.12,8080",
    "192.168.1.12:65535,192.168.1.12,65535",
    "fe80::1,fe80::1,8080",
    "[fe80::1]:8082,fe80::1,8082"
  })
  void namesAndAddressesAreRead(String text, String host, int port) {
    assertThat(ConnectDialog.parse(text)).contains(new ConnectDialog.Target(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "gamma:", "gamma:0", "gamma:70000", "http://gamma", "a b", "[::1", ":80"})
  void anythingElseIsRefused(String text) {
    assertThat(ConnectDialog.parse(text)).isEmpty();
  }

  @Test
  void aPortThatIsNoNumberIsRefused() {
    assertThat(ConnectDialog.parse("gamma:http")).isEmpty();
  }
}
