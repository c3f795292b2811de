package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.beacon.Via;
import dev.caelum.discovery.EchoWatch.Echo;
import org.junit.jupiter.api.Test;

class EchoWatchTest {
  private final EchoWatch watch = new EchoWatch();

  @Test
  void nothingCameBackYet() {
    watch.sent(1, 0);

    assertThat(watch.echo("eth0")).isEqualTo(Echo.NONE);
  }

  @Test
  void theFirstCopyIsMeasuredAndEachKindIsNoted() {
    watch.sent(1, 1_000_000);
    watch.heard(1, "eth0", Via.MULTICAST, 1_500_000);
    watch.heard(1, "eth0", Via.BROADCAST, 9_000_000);

    assertThat(watch.echo("eth0")).isEqualTo(new Echo(0.5, true, true));
    assertThat(watch.echo("eth1")).isEqualTo(Echo.NONE);
  }

  @Test
  void whereTheKindCannotBeToldNeitherLooksMissing() {
    watch.sent(1, 0);
    watch.heard(1, "eth0", Via.UNKNOWN, 0);

    assertThat(watch.echo("eth0")).isEqualTo(new Echo(0.0, true, true));
  }

  @Test
  void unicastIsNoEchoOfAnAnnouncement() {
    watch.sent(1, 0);
    watch.heard(1, "eth0", Via.UNICAST, 0);

    assertThat(watch.echo("eth0")).isEqualTo(Echo.NONE);
  }

  @Test
  void anEchoCountsForTwoAnnouncementsAndIsMissingAfterwards() {
    watch.sent(1, 0);
    watch.heard(1, "eth0", Via.MULTICAST, 0);
    watch.sent(2, 0);
    assertThat(watch.echo("eth0").multicast()).isTrue();

    watch.sent(3, 0);
    assertThat(watch.echo("eth0").multicast()).isFalse();
  }

  @Test
  void answersUseUpNumbersButNoTurns() {
    watch.sent(1, 0);
    watch.heard(1, "eth0", Via.MULTICAST, 0);
    watch.sent(40, 0);

    assertThat(watch.echo("eth0").multicast()).isTrue();
    watch.heard(20, "eth0", Via.BROADCAST, 0);
    assertThat(watch.echo("eth0").broadcast()).isFalse();
  }

  @Test
  void numbersFromTheFutureAndTheFarPastProveNothing() {
    for (int number = 1; number <= 40; number++) {
      watch.sent(number, 0);
    }
    watch.heard(41, "eth0", Via.MULTICAST, 0);
    watch.heard(24, "eth0", Via.MULTICAST, 0);

    assertThat(watch.echo("eth0")).isEqualTo(Echo.NONE);
  }
}
