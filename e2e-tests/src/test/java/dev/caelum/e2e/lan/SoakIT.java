package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.bench.Flood;
import dev.caelum.e2e.bench.Idle;
import dev.caelum.e2e.bench.Streams;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What needs wall time and a machine of its own. */
@Tag("soak")
@InLab
class SoakIT {
  @Test
  @DisplayName("23: 50,000 garbage datagrams a second for 60 s: no peer lost, a quarter of a core")
  void floodOfAMinute_losesNoPeerAndUsesAQuarterOfACore(Lab lab) throws Exception {
    Flood flood = Flood.run(lab, 60);
    assertThat(flood.peersLost()).isZero();
    assertThat(flood.perSecond()).isGreaterThan(45_000);
    assertThat(flood.cpuPercent()).isLessThanOrEqualTo(25);
    assertThat(flood.rssAfter() - flood.rssBefore()).isLessThan(16);
    assertThat(flood.logLines()).isLessThan(30);
  }

  @Test
  @DisplayName("500 readers, a tenth stalled, 100 events a second: p99 within 250 ms")
  void fiveHundredReaders_getEveryEventInTime(Lab lab) throws Exception {
    Streams.Result result = Streams.many(lab, 60);
    assertThat(result.delays().at(0.99)).isLessThanOrEqualTo(250);
    assertThat(result.delivered()).isEqualTo(result.expected());
    assertThat(result.gaps()).isZero();
    assertThat(result.rssAfter()).isLessThan(256);
  }

  @Test
  @DisplayName("Eleven nodes for 5 minutes: at most 110 MiB each")
  void elevenNodesForFiveMinutes_stayWithinTheirMemory(Lab lab) throws Exception {
    assertThat(Idle.run(lab, 300).rss().at(1)).isLessThanOrEqualTo(110);
  }
}
