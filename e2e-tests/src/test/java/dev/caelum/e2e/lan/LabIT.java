package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lab itself is what the other tests take it for. */
@InLab
class LabIT {
  @Test
  void fiveHosts_areUpSoonAndReachEachOther(Lab lab) throws Exception {
    long start = System.nanoTime();
    List<Host> hosts = lab.hosts(5);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(hosts.getFirst().sh("hostname")).isEqualTo("n1");
    assertThat(hosts.getFirst().sh("ls /sys/class/net")).contains("eth0").doesNotContain("lan");
    Child listener = hosts.get(1).start("sleeper", List.of("sleep", "600"));
    assertThat(listener.alive()).isTrue();
    listener.kill9();
    assertThat(listener.exit(Duration.ofSeconds(5))).hasValue(137);
  }

  @Test
  void filters_countWhatTheyMatch(Lab lab) throws Exception {
    Host host = lab.host();
    host.filter("input", "icmp type echo-request counter drop comment \"echo\"");
    assertThat(host.address()).isEqualTo("10.32.3.11");
    assertThat(java.net.InetAddress.getByName(host.address()).isReachable(200)).isFalse();
    assertThat(host.counted("echo")).isPositive();
  }
}
