package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourceCapsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final SourceCaps caps = new SourceCaps(LinkLimits.DEFAULT, now::get);

  @Test
  void afterTheBurstOneHandshakeEverySixSeconds() {
    InetAddress source = InetAddress.ofLiteral("192.0.2.7");
    assertThat(handshakes(source, 50)).isEqualTo(30);

    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(handshakes(source, 5)).isZero();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_001));
    assertThat(handshakes(source, 5)).isOne();
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(handshakes(source, 50)).isEqualTo(30);
  }

  @Test
  void sourcesDoNotShareTheirBudget() {
    assertThat(handshakes(InetAddress.ofLiteral("192.0.2.7"), 30)).isEqualTo(30);
    assertThat(handshakes(InetAddress.ofLiteral("192.0.2.8"), 30)).isEqualTo(30);
  }

  @Test
  void theAddressesOfOneIpv6NetworkDo() {
    assertThat(handshakes(InetAddress.ofLiteral("2001:db8::1"), 30)).isEqualTo(30);
    assertThat(handshakes(InetAddress.ofLiteral("2001:db8::2:1"), 5)).isZero();
    assertThat(handshakes(InetAddress.ofLiteral("2001:db8:0:1::1"), 5)).isEqualTo(5);
  }

  @Test
  void whatIsHeldIsBoundedBySourceAndInAll() {
    InetAddress one = InetAddress.ofLiteral("192.0.2.1");
    InetAddress two = InetAddress.ofLiteral("192.0.2.2");
    SourceCaps.Held held = new SourceCaps.Held(3);

    assertThat(held.take(one, 2)).isTrue();
    assertThat(held.take(one, 2)).isTrue();
    assertThat(held.take(one, 2)).isFalse();
    assertThat(held.take(two, 2)).isTrue();
    assertThat(held.take(two, 2)).isFalse();
    assertThat(held.total()).isEqualTo(3);
    held.release(one);
    assertThat(held.take(two, 2)).isTrue();
  }

  private int handshakes(InetAddress source, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      if (caps.takeHandshake(source)) {
        taken++;
      }
    }
    return taken;
  }
}
