package dev.caelum.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> lines = new ArrayList<>();
  private final RefusalLog log = new RefusalLog(lines::add);

  private void refuse(Refusal reason, int lastNumber, long at) {
    log.refused(reason, InetAddress.ofLiteral("10.32.3." + lastNumber), at);
  }

  @Test
  void theFirstIsToldAtOnceAndTheRestOncePerMinuteWithItsSources() {
    refuse(Refusal.RATE, 9, 0);
    for (int i = 0; i < 2_999; i++) {
      refuse(Refusal.RATE, 9 + i % 4, i * SECOND / 50);
    }
    assertThat(lines)
        .containsExactly(
            "refused a datagram: rate, from 10.32.3.9; more of it is summed up once a minute");

    refuse(Refusal.RATE, 9, 60 * SECOND);

    assertThat(lines.getLast())
        .isEqualTo("refused 3,000 datagrams in the last minute: rate, from 10.32.3.9 and 3 others");
    assertThat(lines).hasSize(2);
  }

  @Test
  void reasonsAreToldApart() {
    refuse(Refusal.RATE, 9, 0);
    refuse(Refusal.OVERSIZE, 9, 1);

    assertThat(lines).hasSize(2);
  }

  @Test
  void aSecondOneAfterAQuietHourSaysSinceWhen() {
    refuse(Refusal.EMPTY, 9, 0);
    refuse(Refusal.EMPTY, 9, 3_600 * SECOND);

    assertThat(lines.getLast())
        .isEqualTo("refused 1 datagram in the last 60 minutes: empty, from 10.32.3.9");
  }

  @Test
  void countlessSourcesAreNotAllRemembered() {
    refuse(Refusal.RATE, 1, 0);
    for (int i = 1; i <= 250; i++) {
      refuse(Refusal.RATE, i, i);
    }
    refuse(Refusal.RATE, 1, 61 * SECOND);

    assertThat(lines.getLast()).endsWith("from 10.32.3.1 and 7 or more others");
  }
}
