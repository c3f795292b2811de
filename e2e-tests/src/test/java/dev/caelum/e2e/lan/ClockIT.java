package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Machines whose clocks are wrong. */
@InLab
class ClockIT {
  @Test
  @DisplayName("11: machines whose clocks are an hour or ten years off are alive like others")
  void clocksOfPeersAreWrong_theyAreAliveAllTheSame(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    List<Host> hosts = lab.hosts(3);
    List<String> offsets = List.of("3600", "-3600", "-315360000");
    for (int i = 0; i < hosts.size(); i++) {
      OldNodeProcess.start(hosts.get(i), "clock=" + offsets.get(i));
    }
    cluster.await(
        "all three alive",
        Cluster.MEET,
        cluster.nodes(),
        rows ->
            hosts.stream()
                .allMatch(
                    host -> rows.stream().anyMatch(row -> row.at(host.address()) && row.alive())));
    // Old nodes beacon every 15 s; one more round must change nothing.
    Eventually.passed(System.nanoTime(), Duration.ofSeconds(17));
    for (Host host : hosts) {
      assertThat(cluster.feed(cluster.node(0)).statesOf(host.address()))
          .doesNotContain("suspect", "dead", "left");
    }
  }
}
