package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Self;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeaconCadenceTest {
  private int machines = 1;
  private boolean legacy;
  private final BeaconCadence cadence = new BeaconCadence(new Around());

  private final class Around implements BeaconDiscovery.Facts {
    @Override
    public Self self() {
      throw new AssertionError("how often depends on others alone");
    }

    @Override
    public long incarnation() {
      return 0;
    }

    @Override
    public int machines() {
      return machines;
    }

    @Override
    public boolean legacyNear() {
      return legacy;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 15", "50, 3, 15", "51, 3, 15.3", "200, 3, 60", "1000, 3, 300", "1000, 2, 200"})
  void aSegmentNeverCarriesMoreThanTenDatagramsASecond(int count, int copies, double seconds) {
    machines = count;
    cadence.left(copies);
    cadence.renew();

    double interval = cadence.interval().toMillis() / 1e3;
    assertThat(interval).isEqualTo(seconds);
    assertThat(count * copies / interval).isLessThanOrEqualTo(10);
  }

  @Test
  void anOldNodeIsNotForgottenAndForgetsNobody() {
    machines = 1_000;
    legacy = true;
    cadence.left(3);
    cadence.renew();

    assertThat(cadence.interval()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void whatWasToldHoldsUntilTheNextRegularBeacon() {
    cadence.renew();
    machines = 1_000;
    cadence.left(3);

    assertThat(cadence.interval()).isEqualTo(Duration.ofSeconds(15));
    cadence.renew();
    assertThat(cadence.interval()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whoKnowsManyMachinesAsksNoMore() {
    machines = 60;
    assertThat(cadence.asks(2_000)).isTrue();
    machines = 61;
    assertThat(cadence.asks(2_000)).isFalse();
    assertThat(cadence.asks(500)).isFalse();
    assertThat(cadence.asks(100)).isTrue();
    assertThat(cadence.asks(0)).isTrue();
  }
}
