package dev.caelum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeAddressTest {
  @ParameterizedTest
  @CsvSource({
    "alpha,http://alpha:8080",
    "alpha:9090,http://alpha:9090",
    "http://192.168.1.10:8080,http://192.168.1.10:8080",
    "https://alpha/,https://alpha/",
    "[fe80::1]:8080,http://[fe80::1]:8080"
  })
  void whatPeopleTypeBecomesABaseAddress(String typed, URI address) {
    assertThat(NodeAddress.read(typed)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://alpha",
        "http://",
        "http:alpha",
        "http://alpha/api",
        "http://alpha?x=1",
        "http://alpha#x",
        "http://me@alpha",
        "alpha:99999",
        "al pha",
        "file:///etc/passwd"
      })
  void whatIsNoAddressOfANodeIsRefused(String typed) {
    assertThat(NodeAddress.read(typed)).isEmpty();
  }
}
