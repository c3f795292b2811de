package dev.caelum.discovery;

import static dev.caelum.discovery.AnswerLimit.PAUSE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AnswerLimitTest {
  private final AnswerLimit limit = new AnswerLimit();

  @Test
  void aSourceIsAnsweredOnceASecond() {
    assertThat(allows("10.0.0.1", 0)).isTrue();
    assertThat(allows("10.0.0.1", PAUSE_NANOS - 1)).isFalse();
    assertThat(allows("10.0.0.2", PAUSE_NANOS - 1)).isTrue();
    assertThat(allows("10.0.0.1", PAUSE_NANOS)).isTrue();
  }

  @Test
  void theHostsOfAnIpv6NetworkShareOneAnswerButNotThoseOfTheLink() {
    assertThat(allows("2001:db8::1", 0)).isTrue();
    assertThat(allows("2001:db8::2", 0)).isFalse();
    assertThat(allows("2001:db8:0:1::2", 0)).isTrue();
    assertThat(allows("fe80::1", 0)).isTrue();
    assertThat(allows("fe80::2", 0)).isTrue();
  }

  @Test
  void ofMoreSourcesThanItRemembersItForgetsTheOldest() {
    for (int i = 0; i <= AnswerLimit.SOURCES; i++) {
      assertThat(allows("10.1." + i / 256 + "." + i % 256, 0)).isTrue();
    }
    assertThat(allows("10.1.0.1", 1)).isFalse();
    assertThat(allows("10.1.0.0", 1)).isTrue();
  }

  private boolean allows(String source, long at) {
    return limit.allows(InetAddress.ofLiteral(source), at);
  }
}
