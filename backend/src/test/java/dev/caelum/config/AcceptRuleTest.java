package dev.caelum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptRuleTest {
  @ParameterizedTest
  @CsvSource({
    "echo@10.0.0.7, echo, 10.0.0.7, true",
    "echo@10.0.0.7, echo, 10.0.0.8, false",
    "echo@10.0.0.7, hash, 10.0.0.7, false",
    "*@10.0.0.7, hash, 10.0.0.7, true",
    "echo@10.0.0.7/24, echo, 10.0.0.255, true",
    "echo@10.0.0.7/24, echo, 10.0.1.0, false",
    "echo@10.0.0.0/31, echo, 10.0.0.1, true",
    "echo@10.0.0.0/31, echo, 10.0.0.2, false",
    "echo@0.0.0.0/0, echo, 192.0.2.1, true",
    "echo@0.0.0.0/0, echo, fe80::1, false",
    "echo@fe80::/10, echo, fe80::1, true",
    "echo@fe80::/10, echo, fec0::1, false",
  })
  void itAllowsItsTypeFromItsAddresses(String rule, String type, String source, boolean allowed) {
    assertThat(AcceptRule.parse(rule).allows(type, InetAddress.ofLiteral(source)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "echo@10.0.0.7/24, echo@10.0.0.0/24",
    "echo@10.0.0.7/32, echo@10.0.0.7",
    "*@FE80::1/64, *@fe80:0:0:0:0:0:0:0/64"
  })
  void itIsWrittenInOneWay(String written, String told) {
    assertThat(AcceptRule.parse(written)).hasToString(told).isEqualTo(AcceptRule.parse(told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "echo",
        "@10.0.0.1",
        "echo@",
        "echo@host",
        "Echo@10.0.0.1",
        "echo@10.0.0.1/33",
        "echo@10.0.0.1/-1",
        "echo@10.0.0.1/",
        "echo@10.0.0.1/1/1",
        "echo@fe80::1/129",
        "**@10.0.0.1"
      })
  void whatIsNoRuleIsRefused(String text) {
    assertThatThrownBy(() -> AcceptRule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TYPE@ADDRESS[/PREFIX]");
  }
}
